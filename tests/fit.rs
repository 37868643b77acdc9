//! The fit of weights: the same bytes each time, and known shares are found again.

#[path = "../examples/fit/main.rs"]
#[allow(dead_code, reason = "without its own command")]
mod fit;

#[test]
fn the_same_people_give_the_same_table() {
    let once = fit::fit(300).expect("a table");
    assert_eq!(once, fit::fit(300).expect("a table"));
    assert_eq!(
        once.lines().filter(|line| !line.starts_with('#')).count(),
        hamstern::link::Level::ALL.len() + 1
    );
}

#[test]
fn known_shares_are_found_again() {
    fit::find_known_shares();
}
