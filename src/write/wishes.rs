//! The table `wishes`: one row a line of the team's wish list, and who fulfils it.

use chrono::NaiveDate;

use super::dataset::{date, int, text};
use crate::table::{Column, Data, Lists, Table, Value, value, words};

/// A line of the wish list with what has become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishRow<'a> {
    /// 1-based line in the wish list.
    pub line: u32,
    /// Person, position or company.
    pub kind: &'static str,
    /// The person who is wished for.
    pub name: &'a str,
    /// The employer.
    pub company: &'a str,
    /// The position.
    pub position: &'a str,
    /// New or intensify.
    pub want: &'static str,
    /// Who takes care of it.
    pub owner: &'a str,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// What the team can offer.
    pub benefit: &'a str,
    /// How far it has come, as the team says.
    pub status: &'static str,
    /// Ids of the contacts that fulfil it.
    pub contacts: Vec<String>,
    /// Names of these contacts.
    pub names: Vec<String>,
    /// Ids of the members who know one of them now.
    pub holders: Vec<&'a str>,
    /// When one of them was reached first.
    pub first_reached: Option<NaiveDate>,
    /// The latest touch with one of them.
    pub last_touch: Option<NaiveDate>,
    /// The strongest tie with one of them.
    pub strength_band: &'static str,
    /// A remark of the team.
    pub note: &'a str,
}

static KINDS: [Value; 3] = [
    value("person", "person", "Person"),
    value("position", "position", "Position"),
    value("company", "company", "Firma"),
];

static WANTS: [Value; 2] =
    [value("new", "to be reached", "zu gewinnen"), value("intensify", "to be deepened", "zu vertiefen")];

static STATUSES: [Value; 5] = [
    value("identified", "identified", "identifiziert"),
    value("approached", "approached", "angesprochen"),
    value("appointment", "appointment set", "Termin vereinbart"),
    value("met", "met", "getroffen"),
    value("thanked", "thanked", "bedankt"),
];

/// The table `wishes`, in the order of the list.
pub fn wishes(rows: &[WishRow<'_>]) -> Table {
    let of = || rows.iter();
    let (mut contacts, mut names, mut holders) = (Lists::new(), Lists::new(), Lists::new());
    for row in rows {
        contacts.push(row.contacts.iter());
        names.push(row.names.iter());
        holders.push(row.holders.iter());
    }
    let list = |name, title, about, lists| Column::new(name, title, about, Data::List(lists));
    Table {
        name: "wishes",
        title: words("Wish list", "Wunschliste"),
        about: "one line of the wish list, and the contacts that fulfil it",
        key: &["line"],
        columns: vec![
            int(
                "line",
                words("Line", "Zeile"),
                "1-based line in the wish list",
                of().map(|row| row.line.into()),
            ),
            text("kind", words("Wish for", "Wunsch nach"), "what is wished for", of().map(|row| row.kind))
                .of(&KINDS),
            text("name", words("Name", "Name"), "the person who is wished for", of().map(|row| row.name)),
            text("company", words("Company", "Firma"), "the employer", of().map(|row| row.company)),
            text("position", words("Position", "Position"), "the position", of().map(|row| row.position)),
            text(
                "want",
                words("Aim", "Absicht"),
                "to be reached, or to be known better",
                of().map(|row| row.want),
            )
            .of(&WANTS),
            text("owner", words("Owner", "Zuständig"), "who takes care of it", of().map(|row| row.owner)),
            date("due", words("Due", "Bis"), "until when", of().map(|row| row.due)),
            text(
                "benefit",
                words("Benefit", "Nutzen"),
                "what the team can offer",
                of().map(|row| row.benefit),
            ),
            text(
                "status",
                words("Status", "Stand"),
                "how far it has come, as the team says",
                of().map(|row| row.status),
            )
            .of(&STATUSES),
            int(
                "found",
                words("Contacts", "Kontakte"),
                "how many contacts fulfil it",
                of().map(|row| row.contacts.len() as i64),
            ),
            list(
                "contacts",
                words("Contact ids", "Kontakt-Ids"),
                "ids of these contacts, in their order",
                contacts,
            ),
            list("names", words("Who", "Wer"), "names of these contacts, in the same order", names),
            list(
                "holders",
                words("Known to", "Bekannt bei"),
                "ids of the members who know one of them now",
                holders,
            ),
            date(
                "first_reached",
                words("First reached", "Zuerst erreicht"),
                "day of the first connection with one of them, or of the first export that shows it",
                of().map(|row| row.first_reached),
            ),
            date(
                "last_touch",
                words("Last touch", "Letzter Kontakt"),
                "latest touch with one of them",
                of().map(|row| row.last_touch),
            ),
            text(
                "strength_band",
                words("Tie", "Beziehung"),
                "the strongest tie with one of them in a word",
                of().map(|row| row.strength_band),
            )
            .of(crate::scales::bands()),
            text("note", words("Note", "Bemerkung"), "a remark of the team", of().map(|row| row.note)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_line_is_the_contract() {
        let table = wishes(&[WishRow { line: 3, contacts: vec!["c1".into()], ..WishRow::default() }]);
        let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(
            header.join(", "),
            "line, kind, name, company, position, want, owner, due, benefit, status, found, contacts, names, holders, \
             first_reached, last_touch, strength_band, note"
        );
        assert!(table.columns.iter().all(|column| column.data.len() == 1));
    }
}
