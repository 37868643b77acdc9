//! The table `contacts`: one row a person.

use super::dataset::{CHANNELS, date, int, no_share, text};
use crate::contact::Contact;
use crate::table::{Column, Data, Lists, Table, Value, Words, value, words};

/// What stands behind a contact.
static KINDS: [Value; 3] = [
    value("person", "person", "Person"),
    value("member", "member of the team", "Mitglied des Teams"),
    value("role", "shared address", "Sammeladresse"),
];

/// Where a contact is known from.
static SCOPES: [Value; 2] =
    [value("business", "business", "beruflich"), value("private", "private", "privat")];

/// Where a category comes from.
static TIER_SOURCES: [Value; 3] = [
    value("manual", "set by hand", "von Hand"),
    value("rule", "rule", "Regel"),
    value("score", "score", "Punkte"),
];

fn list<'a>(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = &'a Vec<String>>,
) -> Column {
    Column::new(name, title, about, Data::List(values.collect::<Lists>()))
}

/// A column of texts that nothing fills yet.
fn no_text(name: &'static str, title: Words, about: &'static str, rows: usize) -> Column {
    text(name, title, about, std::iter::repeat_n("", rows))
}

/// The table `contacts`: one row a contact. `members` are the ids that `holders` point into.
pub fn contacts(rows: &[Contact], members: &[String]) -> Table {
    let mut columns = identity(rows);
    columns.extend(work(rows));
    columns.extend(tier(rows));
    columns.extend(place(rows));
    columns.extend(network(rows, members));
    Table {
        name: "contacts",
        title: words("Contacts", "Kontakte"),
        about: "one real person, merged from all records of all members",
        key: &["contact_id"],
        columns,
    }
}

fn identity(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter();
    vec![
        text("contact_id", words("Id", "Id"), "stable id, kept from run to run", of().map(|c| &c.contact_id)),
        text(
            "kind",
            words("Kind", "Art"),
            "what stands behind it; only persons count in networks",
            of().map(|c| c.kind.name()),
        )
        .of(&KINDS),
        text(
            "scope",
            words("Scope", "Bereich"),
            "known for business or only in private life",
            of().map(|c| c.scope.name()),
        )
        .of(&SCOPES),
        text("name", words("Name", "Name"), "whole name without titles", of().map(|c| &c.name)),
        text("prefix", words("Title", "Titel"), "titles before the name", of().map(|c| &c.prefix)),
        text("given_name", words("Given name", "Vorname"), "given names", of().map(|c| &c.given_name)),
        text(
            "family_name",
            words("Family name", "Nachname"),
            "family name with its particles",
            of().map(|c| &c.family_name),
        ),
        text(
            "suffix",
            words("Suffix", "Namenszusatz"),
            "credentials after the name",
            of().map(|c| &c.suffix),
        ),
        list("emails", words("E-mail", "E-Mail"), "e-mail addresses, best first", of().map(|c| &c.emails)),
        list(
            "phones",
            words("Phone", "Telefon"),
            "telephone numbers in E.164, best first; unreadable ones follow as given",
            of().map(|c| &c.phones),
        ),
    ]
}

fn work(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter();
    let count = rows.len();
    vec![
        text(
            "company",
            words("Company", "Firma"),
            "employer as the newest source spells it",
            of().map(|c| &c.company),
        ),
        text(
            "position",
            words("Position", "Position"),
            "job title at that employer",
            of().map(|c| &c.position),
        ),
        no_text(
            "seniority",
            words("Seniority", "Hierarchieebene"),
            "level of the position; not filled yet",
            count,
        ),
        no_text(
            "function",
            words("Function", "Funktion"),
            "what the position is about; not filled yet",
            count,
        ),
        no_text("industry", words("Industry", "Branche"), "industry of the employer; not filled yet", count),
        no_share(
            "industry_confidence",
            words("Industry sure by", "Branche sicher zu"),
            "how sure the industry is, 0 to 1; not filled yet",
            count,
        ),
        no_text(
            "industry_reason",
            words("Industry because", "Branche, weil"),
            "why this industry; not filled yet",
            count,
        ),
    ]
}

fn tier(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter();
    let count = rows.len();
    let source = |c: &Contact| if c.tier.is_empty() { "" } else { "manual" };
    vec![
        text(
            "tier",
            words("Category", "Kategorie"),
            "category A to D; empty when not sorted yet",
            of().map(|c| &c.tier),
        ),
        Column::new(
            "tier_score",
            words("Score", "Punkte"),
            "score behind the category, 0 to 1; not filled yet",
            Data::Float(vec![None; count]),
        ),
        text(
            "tier_source",
            words("Category by", "Kategorie durch"),
            "where the category comes from",
            of().map(source),
        )
        .of(&TIER_SOURCES),
        no_text(
            "tier_reason",
            words("Category because", "Kategorie, weil"),
            "why this category; not filled yet",
            count,
        ),
        Column::new(
            "tier_since",
            words("Category since", "Kategorie seit"),
            "day on which the category was given; not filled yet",
            Data::Date(vec![None; count]),
        ),
        no_text(
            "tier_prev",
            words("Category before", "Kategorie zuvor"),
            "category before; not filled yet",
            count,
        ),
        no_text("animal", words("Animal", "Tier"), "category in animals; not filled yet", count),
    ]
}

fn place(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter();
    vec![
        text("city", words("City", "Ort"), "city", of().map(|c| &c.city)),
        text("region", words("Region", "Region"), "state, canton, region", of().map(|c| &c.region)),
        text(
            "country",
            words("Country", "Land"),
            "country, ISO 3166 alpha-2 where it is known",
            of().map(|c| &c.country),
        ),
        text("street", words("Street", "Straße"), "street and house number", of().map(|c| &c.street)),
        text("postcode", words("Postcode", "Postleitzahl"), "postcode", of().map(|c| &c.postcode)),
        text(
            "birthday",
            words("Birthday", "Geburtstag"),
            "YYYY-MM-DD, or --MM-DD without a year",
            of().map(|c| &c.birthday),
        ),
        text(
            "linkedin_url",
            words("LinkedIn", "LinkedIn"),
            "profile address on LinkedIn",
            of().map(|c| &c.linkedin_url),
        ),
        text("xing_url", words("Xing", "Xing"), "profile address on Xing", of().map(|c| &c.xing_url)),
        list("urls", words("Web", "Web"), "other web addresses", of().map(|c| &c.urls)),
        list(
            "external_ids",
            words("Other ids", "Fremde Ids"),
            "ids given by others",
            of().map(|c| &c.external_ids),
        ),
    ]
}

fn network(rows: &[Contact], members: &[String]) -> Vec<Column> {
    let of = || rows.iter();
    let count = rows.len();
    let mut holders = Lists::new();
    let mut channels = Lists::new();
    for contact in rows {
        holders.push(contact.holders.iter().filter_map(|&member| members.get(usize::from(member))));
        channels.push(contact.channels.iter().map(|channel| channel.name()));
    }
    vec![
        Column::new(
            "holders",
            words("Known to", "Bekannt bei"),
            "ids of the members who know the contact now",
            Data::List(holders),
        ),
        int(
            "holder_count",
            words("Members", "Mitglieder"),
            "how many members know the contact now",
            of().map(|c| c.holders.len() as i64),
        ),
        Column::new("channels", words("Channels", "Kanäle"), "through which channels", Data::List(channels))
            .of(&CHANNELS),
        date(
            "connected_first",
            words("Connected since", "Verbunden seit"),
            "earliest date of connection with any member",
            of().map(|c| c.connected_first),
        ),
        date(
            "last_touch",
            words("Last touch", "Letzter Kontakt"),
            "latest touch with any member",
            of().map(|c| c.last_touch),
        ),
        int(
            "touches",
            words("Touches", "Kontakte gezählt"),
            "touches with all members",
            of().map(|c| i64::from(c.touches)),
        ),
        no_share(
            "strength",
            words("Strength", "Festigkeit"),
            "strength of the strongest tie, 0 to 1; not filled yet",
            count,
        ),
        no_share(
            "strength_coverage",
            words("Strength known by", "Festigkeit bekannt zu"),
            "share of the strength's parts that are known; not filled yet",
            count,
        ),
        list("tags", words("Tags", "Stichwörter"), "tags of all sources, sorted", of().map(|c| &c.tags)),
        int(
            "records",
            words("Records", "Einträge"),
            "kept and duplicate rows it was merged from",
            of().map(|c| i64::from(c.records)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Channel;

    #[test]
    fn the_header_line_is_the_contract() {
        let header =
            |table: &Table| table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        assert_eq!(
            header(&contacts(&[], &[])),
            "contact_id, kind, scope, name, prefix, given_name, family_name, suffix, emails, phones, company, position, \
             seniority, function, industry, industry_confidence, industry_reason, tier, tier_score, tier_source, \
             tier_reason, tier_since, tier_prev, animal, city, region, country, street, postcode, birthday, linkedin_url, \
             xing_url, urls, external_ids, holders, holder_count, channels, connected_first, last_touch, touches, \
             strength, strength_coverage, tags, records"
        );
    }

    #[test]
    fn a_contact_fills_its_columns() {
        let contact = Contact {
            contact_id: "c1".into(),
            phones: vec!["+4930123".into()],
            tier: "B".into(),
            holders: vec![1, 9],
            channels: vec![Channel::Xing],
            ..Contact::default()
        };
        let table = contacts(&[contact, Contact::default()], &["anna".into(), "ben".into()]);
        assert!(table.columns.iter().all(|column| column.data.len() == 2));
        let text = |name: &str, row: usize| match &table.column(name).unwrap().data {
            Data::Text(texts) => texts.get(row).to_owned(),
            Data::List(lists) => lists.get(row).collect::<Vec<_>>().join(","),
            other => panic!("{other:?}"),
        };
        assert_eq!((text("tier", 0), text("tier_source", 0)), ("B".into(), "manual".into()));
        assert_eq!((text("tier", 1), text("tier_source", 1)), (String::new(), String::new()));
        assert_eq!(text("holders", 0), "ben", "a number without a member is left out");
        assert_eq!((text("phones", 0), text("channels", 0)), ("+4930123".into(), "xing".into()));
    }
}
