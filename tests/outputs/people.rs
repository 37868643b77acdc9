//! From a number to the people behind it, by the filters of docs/reports.md.

use super::*;

#[test]
fn the_people_behind_a_number_are_found_as_the_documentation_says() {
    let people: Vec<Row> = table("contacts")
        .into_iter()
        .chain(table("archived"))
        .filter(|row| row["kind"] == "person" && !row["holders"].is_empty())
        .collect();
    let held = |row: &Row| row["holders"].split(" | ").map(str::to_owned).collect::<Vec<_>>();
    let count = |of: &dyn Fn(&Row) -> bool| people.iter().filter(|row| of(row)).count();
    let anna = |row: &Row| held(row).contains(&"anna".to_owned());
    let value = |report: &str, wanted: &[(&str, &str)]| -> String {
        let rows = table(&format!("reports/{report}"));
        let row = rows.iter().find(|row| wanted.iter().all(|(column, value)| row[*column] == *value));
        row.unwrap_or_else(|| panic!("{report} {wanted:?}"))["value"].clone()
    };
    let figure =
        |report: &str, wanted: &[(&str, &str)]| -> usize { value(report, wanted).parse().expect("a number") };
    let of_team = [("member", "team"), ("channel", "all"), ("measure", "union")];
    assert_eq!(figure("network_size", &of_team), people.len());
    let pair = [("member_a", "anna"), ("member_b", "ben"), ("measure", "intersection")];
    let both = |row: &Row| anna(row) && held(row).contains(&"ben".to_owned());
    assert_eq!(figure("overlap", &pair), count(&both));
    let alone = |row: &Row| held(row) == ["anna"];
    assert_eq!(figure("overlap", &[("member_a", "anna"), ("measure", "exclusive")]), count(&alone));
    let two = |row: &Row| held(row) == ["anna", "ben"];
    assert_eq!(figure("overlap", &[("member_a", "anna+ben"), ("measure", "distinct")]), count(&two));
    let deep = |row: &Row| row["holder_count"] == "2";
    assert_eq!(figure("overlap", &[("member_a", "team"), ("measure", "depth_2")]), count(&deep));
    let good = |row: &Row| anna(row) && ["A", "B"].contains(&row["tier"].as_str());
    let ratio = value("network_size", &[("member", "anna"), ("channel", "all"), ("measure", "class_ratio")]);
    let ratio = ratio.replace(',', ".").parse::<f64>().expect("a number");
    assert!((ratio - count(&good) as f64 / count(&anna) as f64).abs() < 1e-6);
    let sectors = table("reports/mix").into_iter().filter(|row| {
        row["member"] == "anna" && row["dimension"] == "sector" && row["value"] != "sector_unknown"
    });
    for row in sectors {
        let told: usize = row["people"].parse().expect("a number");
        let sector = row["value"].strip_prefix("sector_").expect("a sector");
        assert_eq!(told, count(&|one| anna(one) && one["industry"] == sector), "{row:?}");
    }
    for row in table("reports/groups") {
        let tagged = |one: &Row| {
            one["scope"] == "business"
                && one["tags"].split(" | ").any(|tag| tag.eq_ignore_ascii_case(&row["group"]))
        };
        assert_eq!(row["people"].parse::<usize>().expect("a number"), count(&tagged), "{row:?}");
    }
}
