//! Tiny inboxes: with a handful of rows nothing can be counted, and still nobody is joined wrongly.

use super::people::Set;
use crate::link::{Decision, Options, Row, explain, link};
use crate::record::{
    Cells, CellsView,
    Field::{self, Birthday, City, Company, Email, FamilyName, GivenName, Kind, Phone, Street, Suffix},
};

type Person<'a> = &'a [(Field, &'a str)];

/// The cells of entries.
fn packed(entries: &[Person<'_>]) -> Vec<String> {
    let pack = |entry: &Person<'_>| {
        let mut cells = Cells::new();
        entry.iter().for_each(|(field, text)| cells.push(*field, text));
        cells.as_packed().to_owned()
    };
    entries.iter().map(pack).collect()
}

/// Rows of the first member; `of` tells the export of each and whether it is of distinct people.
fn rows(packed: &[String], of: impl Fn(usize) -> (u32, bool)) -> Vec<Row<'_>> {
    let mut all = Vec::new();
    for (at, packed) in packed.iter().enumerate() {
        let (export, distinct) = of(at);
        all.push(Row {
            cells: CellsView::from_packed(packed),
            record_id: at as u64 + 1,
            member: 0,
            export,
            distinct,
            again: &[],
            day: 20_480,
        });
    }
    all
}

/// Links entries of the first member's address books, one book for all (`false`) or one each (`true`), beside
/// the first `others` rows of other people.
fn groups(entries: &[Person<'_>], apart: bool, others: usize) -> (Vec<u32>, String) {
    let (crowd, packed) = (Set::new(40, 77), packed(entries));
    let mut rows = rows(&packed, |at| (if apart { 90 + at as u32 } else { 90 }, false));
    rows.extend(crowd.rows().into_iter().take(others));
    let pairs: Vec<(u32, u32)> = (1..entries.len() as u32).map(|other| (0, other)).collect();
    let why = format!("{:#?}", explain(&rows, &Options::default(), &pairs));
    (link(&rows, &Options::default()).groups[..entries.len()].to_vec(), why)
}

fn check(entries: &[Person<'_>], expected: &[u32]) {
    for others in [0, 5, 45] {
        for apart in [false, true] {
            let (groups, why) = groups(entries, apart, others);
            assert_eq!(groups, expected, "{entries:?} beside {others}, in books apart {apart}: {why}");
        }
    }
}

#[test]
fn two_peter_mullers_with_different_mobiles_stay_two() {
    let name = [(GivenName, "Peter"), (FamilyName, "Müller")];
    let one = [&name[..], &[(Phone, "+4915112345678")]].concat();
    let other = [&name[..], &[(Phone, "+4917611122233")]].concat();
    check(&[&one, &other], &[0, 1]);
    let at_work = |person: &[(Field, &'static str)]| [person, &[(Company, "Hexon Analytik")]].concat();
    check(&[&at_work(&one), &at_work(&other)], &[0, 1]);
}

#[test]
fn father_and_son_stay_two() {
    let home = [(Phone, "+492219988776"), (Street, "Hauptstr. 1"), (City, "Köln")];
    let of = |given: &'static str, more: (Field, &'static str)| {
        [&[(GivenName, given), (FamilyName, "Wiesengrund"), more][..], &home].concat()
    };
    check(&[&of("Karl", (Suffix, "sen.")), &of("Karl", (Suffix, "jun."))], &[0, 1]);
    check(&[&of("Karl", (Birthday, "1941-02-03")), &of("Karl", (Birthday, "1972-11-30"))], &[0, 1]);
    check(&[&of("Karl", (Company, "Gralo")), &of("Jonas", (Company, "Gralo"))], &[0, 1]);
}

#[test]
fn namesakes_at_one_company_stay_two() {
    let of = |email: &'static str, phone: &'static str| {
        [(GivenName, "Andrea"), (FamilyName, "Schmidt"), (Company, "Hexon"), (Email, email), (Phone, phone)]
    };
    check(
        &[
            &of("andrea.schmidt@hexon.example", "+4915112345678"),
            &of("andrea.schmidt2@hexon.example", "+4917611122233"),
        ],
        &[0, 1],
    );
}

#[test]
fn a_couple_a_switchboard_and_a_shared_mailbox_join_nobody() {
    let line = (Phone, "+4930999111");
    check(
        &[
            &[(GivenName, "Petra"), (FamilyName, "Wiesengrund"), line],
            &[(GivenName, "Thomas"), (FamilyName, "Wiesengrund"), line],
        ],
        &[0, 1],
    );
    let desk = [(Phone, "+4930999000"), (Company, "Hexon"), (Email, "info@hexon.example")];
    let at_desk = |given: &'static str, family: &'static str| {
        [&[(GivenName, given), (FamilyName, family)][..], &desk].concat()
    };
    check(
        &[
            &at_desk("Petra", "Wiesengrund"),
            &at_desk("Karl", "Ostermoor"),
            &at_desk("Ute", "Brandacker"),
            &[(Email, "info@hexon.example"), (Kind, "role")],
        ],
        &[0, 1, 2, 3],
    );
}

#[test]
fn one_person_with_one_address_is_one_in_two_exports() {
    let of = |more: (Field, &'static str)| {
        [(GivenName, "Peter"), (FamilyName, "Müller"), (Email, "p.mueller77@gmx.de"), more]
    };
    check(&[&of((Company, "Hexon")), &of((Phone, "+4915112345678"))], &[0, 0]);
    check(
        &[
            &[(GivenName, "Jürgen"), (FamilyName, "Großkopf"), (Phone, "+4915112345678")],
            &[(GivenName, "Juergen"), (FamilyName, "Grosskopf"), (Phone, "+4915112345678")],
        ],
        &[0, 0],
    );
}

#[test]
fn colleagues_of_one_given_name_at_one_switchboard_stay_two() {
    let of = |family: &'static str, mobile: &'static str| {
        [
            (GivenName, "Thomas"),
            (FamilyName, family),
            (Company, "Wilonis Metall"),
            (Phone, "+4991155525650"),
            (Phone, mobile),
        ]
    };
    check(&[&of("Krausberger", "+4915107836982"), &of("Lohstetter", "+4915107023022")], &[0, 1]);
}

#[test]
fn a_given_name_that_an_address_shows_weighs_as_one_that_is_written() {
    let full = [(GivenName, "Piotr"), (FamilyName, "Talvenstett")];
    let shown = |given: &'static str, email: &'static str| {
        [(GivenName, given), (FamilyName, "Talvenstett"), (Email, email)]
    };
    for (given, email) in
        [("P.", "piotr.talvenstett@web.example"), ("Pitor", "talvenstett.piotr@web.example")]
    {
        let (_, why) = groups(&[&full, &shown(given, email)], true, 200);
        assert!(why.contains("GivenShown"), "{given}: {why}");
    }
    for (given, email) in [("P.", "p.talvenstett@web.example"), ("Pawel", "pawel.talvenstett@web.example")] {
        let (_, why) = groups(&[&full, &shown(given, email)], true, 200);
        assert!(!why.contains("GivenShown"), "{given}: {why}");
    }
}

#[test]
fn where_a_firm_sits_its_city_and_its_info_address_join_nobody() {
    // Forty people of two firms, each of one city.
    let cells = |at: usize| {
        let given = ["Ada", "Bodo", "Cleo", "Dirk", "Ella", "Falk", "Gesa", "Hugo", "Ines", "Jost"][at % 10];
        let family = ["Amsel", "Bussard", "Drossel", "Elster"][at / 10];
        let (firm, city) = [("Zirbelin Metall", "Cottbus"), ("Varnholt Optik", "Aalen")][at % 2];
        [(GivenName, given), (FamilyName, family), (Company, firm), (City, city)]
    };
    let firms: Vec<_> = (0..40).map(cells).collect();
    let of = |family: &'static str, more: (Field, &'static str)| {
        [(GivenName, "Volkhard"), (FamilyName, family), (Company, "Zirbelin Metall"), (City, "Cottbus"), more]
    };
    let info = (Email, "info@zirbelin-metall.example");
    for more in [[(Phone, "+4935512345"), (Phone, "+4935567890")], [info, info]] {
        let two = [of("Gimpel", more[0]), of("Zeisig", more[1])];
        let entries: Vec<Person<'_>> =
            two.iter().map(|cells| &cells[..]).chain(firms.iter().map(|cells| &cells[..])).collect();
        let (groups, why) = groups(&entries, true, 0);
        assert_ne!(groups[0], groups[1], "{why}");
    }
}

#[test]
fn a_list_of_distinct_people_shows_nobody_twice() {
    // An export of a network from before it told profiles, and a phone book that joins both of its rows.
    let row = |company: &'static str, email: &'static str| {
        [(GivenName, "Notburga"), (FamilyName, "Talvenstett"), (Company, company), (Email, email)]
    };
    let (one, other) = (row("Malvedo", "n.t@web.example"), row("Tarnika", "n.t@web.example"));
    let packed = packed(&[&one, &other, &one, &other]);
    let rows = rows(&packed, |at| (at as u32 / 2, at < 2));
    let groups = link(&rows, &Options::default()).groups;
    assert_ne!(groups[0], groups[1], "the list shows two people");
    assert!(groups[2] == groups[0] || groups[2] == groups[1], "the book's rows are somebody of them");
    // In two lists they may be one.
    let apart: Vec<Row<'_>> =
        rows[..2].iter().enumerate().map(|(at, row)| Row { export: at as u32, ..*row }).collect();
    assert_eq!(link(&apart, &Options::default()).groups, [0, 0]);
    // What a person says counts more.
    let decisions = vec![Decision { a: 1, b: 2, same: true }];
    let told = link(&rows[..2], &Options { decisions, ..Options::default() });
    assert_eq!(told.groups, [0, 0]);
}

#[test]
fn an_address_made_of_both_given_names_says_nothing_new() {
    let of = |company: &'static str, email: &'static str| {
        [(GivenName, "Katrin-Gabriele"), (FamilyName, "Buchholz"), (Company, company), (Email, email)]
    };
    let packed = [
        of("Malvedo", "katringabriele.buchholz@malvedo.example"),
        of("Tarnika", "katringabriele.buchholz@tarnika.example"),
    ];
    let (_, why) = groups(&[&packed[0], &packed[1]], true, 45);
    assert!(why.contains("EmailRestated"), "{why}");
}

#[test]
fn colleagues_of_one_given_name_stay_two_whatever_their_domain_or_company_is_called() {
    let at = |given: &'static str, family: &'static str, company: &'static str, mail: &'static str| {
        vec![(GivenName, given), (FamilyName, family), (Company, company), (Email, mail)]
    };
    // Each has a domain of her own name.
    for given in ["Ina", "Udo", "Heidrun"] {
        let amsel = at(given, "Amsel", "Südwind Software GmbH", "amsel@amsel.example");
        let bussard = at(given, "Bussard", "Südwind Software GmbH", "bussard@bussard.example");
        check(&[&amsel, &bussard], &[0, 1]);
    }
    // The owner has the company's name, and somebody else works there.
    let owner = at("Ina", "Amsel", "Amsel Software GmbH", "ina.amsel@amsel-software.example");
    let other = at("Ina", "Bussard", "Amsel Software GmbH", "ina.bussard@amsel-software.example");
    check(&[&owner, &other], &[0, 1]);
    let bare = vec![(GivenName, "Ina"), (FamilyName, "Amsel"), (Phone, "+4915112345678")];
    check(&[&bare, &other], &[0, 1]);
}

#[test]
fn two_common_names_that_are_nearly_the_same_are_two_people() {
    let person = |given: &'static str, family: &'static str, mail: &'static str| {
        let mut cells = vec![(GivenName, given), (FamilyName, family), (Company, "Nordstahl GmbH")];
        if !mail.is_empty() {
            cells.push((Email, mail));
        }
        cells
    };
    for (given, one, other) in [
        ("Inge", "Krause", "Kruse"),
        ("Ulf", "Hansen", "Jansen"),
        ("Bernd", "Kahl", "Kahle"),
        ("Peter", "Peters", "Petersen"),
        ("Petra", "Baum", "Braun"),
    ] {
        check(&[&person(given, one, ""), &person(given, other, "")], &[0, 1]);
    }
    // Rare names that their addresses restate are no slips either.
    check(
        &[
            &person("Karl", "Talvener", "karl.talvener@nordstahl.example"),
            &person("Karl", "Talvenor", "karl.talvenor@nordstahl.example"),
        ],
        &[0, 1],
    );
    // An employer that bears one of the names, and its one number, prove nothing.
    let at_hansen = |family: &'static str| {
        [(GivenName, "Ulf"), (FamilyName, family), (Company, "Hansen GmbH"), (Phone, "+49405551234")]
    };
    check(&[&at_hansen("Hansen"), &at_hansen("Jansen")], &[0, 1]);
    // Nor does the number of the house, where one of the two has no given name.
    let lone = [(FamilyName, "Krause"), (Company, "Nordstahl GmbH"), (Phone, "+49405551234")];
    let whole = [&[(GivenName, "Inge")], &[(FamilyName, "Kruse")], &lone[1..]].concat();
    check(&[&lone, &whole], &[0, 1]);
    // An address that restates the other name shows which of the two is a slip.
    for (one, of_one, other, of_other) in [
        ("Talvene", "k.talvener@nordstahl.example", "Talvener", "talvener@web.example"),
        ("Kruse", "k.krause@nordstahl.example", "Krause", "krause.karl@web.example"),
    ] {
        let (groups, why) =
            groups(&[&person("Karl", one, of_one), &person("Karl", other, of_other)], true, 45);
        assert_eq!(groups, [0, 0], "{why}");
    }
    // What is heard and written down may well be one name, and what nobody is called is a slip.
    for (given, one, other) in [("Olaf", "Hoffmann", "Hofmann"), ("Ina", "Schmidt", "Schmitd")] {
        let (groups, why) = groups(&[&person(given, one, ""), &person(given, other, "")], true, 45);
        assert_eq!(groups, [0, 0], "{why}");
    }
}
