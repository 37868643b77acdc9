//! The strength of ties: what raises it, what leaves it unknown, what the team may set.

use super::*;

#[test]
fn meetings_raise_the_strength_and_plain_exports_leave_it_unknown() {
    let team = Team::new("");
    team.people("", &CROWD);
    team.put(
        "ben/2026-06-30/Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Gina,Alt,https://www.linkedin.com/in/gina-alt,,Kranich AG,Chefin,05 Jan 2010\n",
    );
    team.now();
    for row in team.table("contacts") {
        let told = (row["strength"].as_str(), row["strength_band"].as_str());
        assert_eq!(told, ("", "unknown"), "{row:?}");
    }
    for row in team.table("holdings") {
        assert_eq!((row["strength"].as_str(), row["strength_band"].as_str()), ("", "unknown"), "{row:?}");
    }
    team.met("anna", &["20.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen"]);
    team.now();
    let once = team.number("Ada Beispiel", "strength");
    assert_eq!(team.cell("Ada Beispiel", "strength_band"), "steady");
    assert_eq!(team.cell("Bo Anders", "strength_band"), "unknown");
    let rows: Vec<String> =
        (1..=20).map(|day| format!("{day:02}.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen")).collect();
    team.met("anna", &rows.iter().map(String::as_str).collect::<Vec<_>>());
    team.now();
    assert!(team.number("Ada Beispiel", "strength") > once);
    assert_eq!(team.cell("Ada Beispiel", "touches"), "20");
}

#[test]
fn the_strength_of_a_contact_is_that_of_its_strongest_member() {
    let team = Team::new("");
    team.people("", &CROWD).put("ben/2026-06-30/list.csv", &sheet("", &CROWD));
    team.put("cem/2026-06-30/list.csv", &sheet("", &CROWD));
    team.met("anna", &["20.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen"]);
    team.met(
        "ben",
        &[
            "28.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen",
            "29.06.2026;Ada Beispiel;Südwind Software GmbH;Treffen",
        ],
    );
    team.now();
    let ada = team.contact("Ada Beispiel");
    let held: BTreeMap<String, Row> = team
        .table("holdings")
        .into_iter()
        .filter(|row| row["contact_id"] == ada["contact_id"])
        .map(|row| (row["member"].clone(), row))
        .collect();
    let strength = |member: &str| held[member]["strength"].parse::<f64>().unwrap();
    assert!(strength("ben") > strength("anna"));
    assert_eq!(held["cem"]["strength_band"], "unknown");
    assert_eq!(ada["strength"], held["ben"]["strength"]);
    assert_eq!(ada["strength_band"], held["ben"]["strength_band"]);
    assert_eq!(ada["strength_coverage"], held["ben"]["strength_coverage"]);
}

#[test]
fn the_weights_half_lives_and_bands_of_strength_are_the_teams_own() {
    let strength = |more: &str| {
        let team = Team::new(more);
        team.people("", &CROWD).met("anna", &["01.01.2026;Ada Beispiel;Südwind Software GmbH;Treffen"]);
        team.now();
        (team.number("Ada Beispiel", "strength"), team.cell("Ada Beispiel", "strength_band"))
    };
    // 180 days ago: half of the value, by the default half-life of meetings.
    let only =
        "weights = { recency = 1.0, frequency = 0.0, reciprocity = 0.0, multiplexity = 0.0, tenure = 0.0 }";
    let (half, band) = strength(&format!("[strength]\n{only}\n"));
    assert!((half - 0.5).abs() < 0.001, "{half}");
    assert_eq!(band, "steady");
    let (less, band) = strength(&format!("[strength]\n{only}\nhalf_lives = {{ met = 60 }}\n"));
    assert!((less - 0.125).abs() < 0.001, "{less}");
    assert_eq!(band, "weak");
    let (same, band) = strength(&format!("[strength]\n{only}\nbands = {{ steady = 0.1, strong = 0.4 }}\n"));
    assert_eq!((same, band.as_str()), (half, "strong"));
    let often =
        "weights = { recency = 0.0, frequency = 1.0, reciprocity = 0.0, multiplexity = 0.0, tenure = 0.0 }";
    assert!(strength(&format!("[strength]\n{often}\nfull_touches = 1\n")).0 > 0.99);
    assert!(strength(&format!("[strength]\n{often}\n")).0 < 0.3);
}
