//! The table `news`: what changed about people since the last run, one row a person.

use super::contacts::SCOPES;
use super::dataset::text;
use super::html::NewsRow;
use crate::table::{Column, Data, Lists, Table, words};

/// The table `news`; `members` are the ids that holders and colleague point into.
pub fn news(rows: &[NewsRow], members: &[&str]) -> Table {
    let of = || rows.iter();
    let member = |place: usize| members.get(place).copied().unwrap_or_default();
    let side = |pair: &Option<[String; 2]>, side: usize| {
        pair.as_ref().map_or_else(String::new, |pair| pair[side].clone())
    };
    let mut holders = Lists::new();
    for row in rows {
        holders.push(row.holders.iter().map(|place| member(*place)));
    }
    let flag =
        |name, title, about, values: Vec<Option<bool>>| Column::new(name, title, about, Data::Bool(values));
    Table {
        name: "news",
        title: words("News", "Neues"),
        about: "one person about whom something changed since the last run, and who should write",
        key: &["contact_id"],
        columns: vec![
            text("contact_id", words("Id", "Id"), "stable id", of().map(|row| &row.contact_id)),
            text("name", words("Name", "Name"), "whole name", of().map(|row| &row.name)),
            text("company", words("Company", "Firma"), "employer now", of().map(|row| &row.company)),
            text(
                "tier",
                words("Category", "Kategorie"),
                "category now; of somebody who is gone the last one",
                of().map(|row| row.tier),
            ),
            flag(
                "target",
                words("Target", "Ziel"),
                "whether the goals or the wish list ask for the person; empty where nobody knows it any more",
                of().map(|row| row.target).collect(),
            ),
            text(
                "scope",
                words("Scope", "Bereich"),
                "known for business or only in private life; empty where nobody knows it any more",
                of().map(|row| {
                    row.private.map_or("", |private| if private { "private" } else { "business" })
                }),
            )
            .of(&SCOPES),
            text(
                "old_company",
                words("Company before", "Firma zuvor"),
                "employer before, where it changed",
                of().map(|row| side(&row.employer, 0)),
            ),
            text(
                "new_company",
                words("New company", "Neue Firma"),
                "employer now, where it changed",
                of().map(|row| side(&row.employer, 1)),
            ),
            text(
                "old_position",
                words("Position before", "Position zuvor"),
                "job title before, where it changed",
                of().map(|row| side(&row.position, 0)),
            ),
            text(
                "new_position",
                words("New position", "Neue Position"),
                "job title now, where it changed",
                of().map(|row| side(&row.position, 1)),
            ),
            text(
                "old_tier",
                words("Category before", "Kategorie zuvor"),
                "category before, where it moved",
                of().map(|row| side(&row.category, 0)),
            ),
            text(
                "new_tier",
                words("New category", "Neue Kategorie"),
                "category now, where it moved",
                of().map(|row| side(&row.category, 1)),
            ),
            flag(
                "left",
                words("Left", "Weg"),
                "whether nobody of the team has the person in a network any more",
                of().map(|row| Some(row.left)).collect(),
            ),
            Column::new(
                "holders",
                words("Known to", "Bekannt bei"),
                "ids of the members who know the person now",
                Data::List(holders),
            ),
            text(
                "colleague",
                words("Should write", "Sollte schreiben"),
                "id of the member with the strongest tie, else of who has known the person longest",
                of().map(|row| row.colleague.map_or("", member)),
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_line_is_the_contract() {
        let row = NewsRow {
            contact_id: "c1".into(),
            employer: Some(["Alt AG".into(), "Neu GmbH".into()]),
            holders: vec![1, 0],
            colleague: Some(1),
            left: true,
            private: Some(false),
            ..NewsRow::default()
        };
        let table = news(&[row], &["anna", "ben"]);
        let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(
            header.join(", "),
            "contact_id, name, company, tier, target, scope, old_company, new_company, old_position, new_position, \
             old_tier, new_tier, left, holders, colleague"
        );
        let text = |name: &str| match &table.column(name).unwrap().data {
            Data::Text(texts) => texts.get(0).to_owned(),
            Data::List(lists) => lists.get(0).collect::<Vec<_>>().join(","),
            other => panic!("{other:?}"),
        };
        assert_eq!((text("old_company"), text("new_company")), ("Alt AG".into(), "Neu GmbH".into()));
        assert_eq!((text("holders"), text("colleague")), ("ben,anna".into(), "ben".into()));
        assert_eq!((text("old_tier"), text("scope")), (String::new(), "business".into()));
    }
}
