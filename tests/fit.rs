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

#[test]
fn shares_of_rows_made_with_them_are_found_again() {
    fit::find_shares_of_made_rows();
}

/// After a change of what is compared: `cargo run --release --example fit`.
#[test]
fn the_shipped_table_is_what_the_fit_makes() {
    let shipped = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/link_weights.tsv"))
        .expect("a table");
    for (shipped, fitted) in shipped.lines().zip(fit::fit(8000).expect("a table").lines()) {
        assert_eq!(shipped, fitted);
    }
}
