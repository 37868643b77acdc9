//! What members say of themselves: how like them their contacts are, and how they see their own stage.

use super::{World, day};
use crate::record::Channel;
use crate::report::settings::Band;
use crate::report::{Fact, Own};

#[test]
fn whoever_says_its_own_function_level_and_city_is_compared_in_all_of_them() {
    let mut world = World::new(&["anna", "ben"], 40);
    for at in 0..40u32 {
        world.hold(0, at, Channel::LinkedIn, "2026-02-01");
        world.hold(1, at, Channel::LinkedIn, "2026-02-01");
        let (level, city) = (Some(if at < 10 { 0 } else { 3 }), u32::from(at < 20));
        world.contacts[at as usize] = Fact { function: Some((at % 2) as u8), level, city, ..Fact::default() };
    }
    let of = |world: &World, key: &str| world.at("diversity", key, "value");
    for measure in ["function ei_index", "seniority ei_index", "seniority upward_ties", "all similarity"] {
        assert_eq!(of(&world, &format!("anna {measure}")), "", "anna says nothing: {measure}");
    }
    world.own = vec![Own { function: Some(0), level: Some(2), city: 1, ..Own::default() }];
    assert_eq!(of(&world, "anna function ei_index"), "0.000000", "20 in the same, 20 in another");
    assert_eq!(of(&world, "anna seniority ei_index"), "1.000000");
    assert_eq!(of(&world, "anna seniority upward_ties"), "0.250000", "10 executives");
    assert_eq!(
        of(&world, "team seniority upward_ties"),
        "0.250000",
        "the ties of ben, who says nothing, do not count"
    );
    assert_eq!(of(&world, "ben seniority upward_ties"), "");
    // Of the first 20 function and city are the same for ten, the city for ten; of the others the function for ten.
    let mean = (10.0 * 2.0 / 3.0 + 10.0 / 3.0 + 10.0 / 2.0) / 40.0;
    assert_eq!(of(&world, "anna all similarity"), format!("{mean:.6}"));
    assert_eq!(of(&world, "anna all band_distance"), "0.000000");
    world.band = Band { low: 0.5, high: 0.7 };
    assert_eq!(of(&world, "anna all band_distance"), format!("{:.6}", 0.5 - mean));
    assert_eq!(world.at("stages", "anna band", "met"), "no");
    world.band = Band { low: 0.0, high: 0.25 };
    assert_eq!(of(&world, "anna all band_distance"), format!("{:.6}", mean - 0.25));
}

#[test]
fn a_member_says_when_all_contacts_were_gone_through_and_how_it_sees_itself() {
    let mut world = World::new(&["anna", "ben"], 1);
    let of = |world: &World, column: &str| world.at("stages", "anna yearly_review", column);
    assert_eq!((of(&world, "value"), of(&world, "met")), (String::new(), "unknown".into()));
    assert_eq!(of(&world, "stage_self"), "");
    for (on, value, met) in [
        ("2026-03-16", "1.000000", "yes"),
        ("2025-03-17", "1.000000", "yes"),
        ("2025-03-16", "0.000000", "no"),
        ("2026-03-17", "", "unknown"),
    ] {
        world.own = vec![Own { stage: Some(4), reviewed: Some(day(on)), ..Own::default() }];
        assert_eq!((of(&world, "value").as_str(), of(&world, "met").as_str()), (value, met), "{on}");
    }
    assert_eq!(world.at("stages", "anna contacts", "stage_self"), "4");
    assert_eq!(world.at("stages", "ben contacts", "stage_self"), "", "ben says nothing");
}
