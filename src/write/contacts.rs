//! The table `contacts`: one row a person.

use super::dataset::{CHANNELS, date, int, share, text};
use crate::contact::{Contact, Label, Letter, TierSource, animal};
use crate::scales;
use crate::table::{Column, Data, Lists, Table, Value, Words, value, words};

/// What stands behind a contact.
static KINDS: [Value; 3] = [
    value("person", "person", "Person"),
    value("member", "member of the team", "Mitglied des Teams"),
    value("role", "shared address", "Sammeladresse"),
];

/// Where a contact is known from.
pub(super) static SCOPES: [Value; 2] =
    [value("business", "business", "beruflich"), value("private", "private", "privat")];

fn list<'a>(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = &'a Vec<String>>,
) -> Column {
    Column::new(name, title, about, Data::List(values.collect::<Lists>()))
}

/// The value of a label, or empty text.
fn value_of(label: Option<&Label>) -> &'static str {
    label.map_or("", |label| label.value)
}

/// The reason of a label, or empty text.
fn reason_of(label: Option<&Label>) -> &str {
    label.map_or("", |label| &*label.reason)
}

/// How sure a label is.
fn confidence_of(label: Option<&Label>) -> Option<f32> {
    label.map(|label| label.confidence)
}

/// The table `contacts`: one row a contact. `members` are the ids that `holders` point into.
pub fn contacts(rows: &[Contact], members: &[String]) -> Table {
    let mut columns = identity(rows);
    columns.extend(work(rows));
    columns.extend(tier(rows));
    columns.extend(place(rows));
    columns.extend(network(rows, members));
    columns.extend(why(rows));
    Table {
        name: "contacts",
        title: words("Contacts", "Kontakte"),
        about: "one real person, merged from all records of all members",
        key: &["contact_id"],
        columns,
    }
}

/// The table `archived`: contacts of category D that are kept out of `contacts`, with the same columns.
pub fn archived(rows: &[Contact], members: &[String]) -> Table {
    Table {
        name: "archived",
        title: words("Archived", "Archiviert"),
        about: "one contact of category D for longer than the pipeline file keeps it among contacts",
        ..contacts(rows, members)
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
        text(
            "seniority",
            words("Seniority", "Hierarchieebene"),
            "level of the position; empty when the title does not say",
            of().map(|c| value_of(c.labels.seniority.as_ref())),
        )
        .of(scales::levels()),
        text(
            "function",
            words("Function", "Funktion"),
            "what the position is about; empty when the title does not say",
            of().map(|c| value_of(c.labels.function.as_ref())),
        )
        .of(scales::functions()),
        text(
            "industry",
            words("Industry", "Branche"),
            "industry of the employer; empty when nothing tells",
            of().map(|c| value_of(c.labels.industry.as_ref())),
        )
        .of(scales::sectors()),
        share(
            "industry_confidence",
            words("Industry sure by", "Branche sicher zu"),
            "how sure the industry is, 0 to 1",
            of().map(|c| confidence_of(c.labels.industry.as_ref())),
        ),
        text(
            "industry_reason",
            words("Industry because", "Branche, weil"),
            "why this industry, in words",
            of().map(|c| reason_of(c.labels.industry.as_ref())),
        ),
    ]
}

fn tier(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter().map(|contact| (contact, &contact.labels.tier));
    let letter = |letter: Option<Letter>| letter.map_or("", Letter::name);
    vec![
        text(
            "tier",
            words("Category", "Kategorie"),
            "category A to D; empty when not sorted yet",
            of().map(|(_, tier)| letter(tier.letter)),
        ),
        share(
            "tier_score",
            words("Score", "Punkte"),
            "score of the contact, 0 to 1, also of those whom a person or a rule has sorted",
            of().map(|(_, tier)| tier.score),
        ),
        text(
            "tier_source",
            words("Category by", "Kategorie durch"),
            "where the category comes from",
            of().map(|(_, tier)| tier.source.map_or("", TierSource::name)),
        )
        .of(&scales::TIER_SOURCES),
        text(
            "tier_reason",
            words("Category because", "Kategorie, weil"),
            "why this category or none, in words",
            of().map(|(_, tier)| &*tier.reason),
        ),
        date(
            "tier_since",
            words("Category since", "Kategorie seit"),
            "day on which the category was given",
            of().map(|(_, tier)| tier.since),
        ),
        text(
            "tier_prev",
            words("Category before", "Kategorie zuvor"),
            "category before",
            of().map(|(_, tier)| letter(tier.before)),
        ),
        text(
            "animal",
            words("Animal", "Tier"),
            "the category as an animal: unicorn A, flamingo B and C, penguin not sorted yet, none for D",
            of().map(|(contact, tier)| animal(contact.kind, tier.letter)),
        )
        .of(&scales::ANIMALS),
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
        share(
            "strength",
            words("Strength", "Festigkeit"),
            "strength of the strongest tie, 0 to 1; empty when no touch is known",
            of().map(|c| c.labels.strength),
        ),
        share(
            "strength_coverage",
            words("Strength known by", "Festigkeit bekannt zu"),
            "share of the strength's parts that are known, by their weights",
            of().map(|c| c.labels.strength_coverage),
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

/// What came after the first version of the table: new columns stand at the end.
fn why(rows: &[Contact]) -> Vec<Column> {
    let of = || rows.iter().map(|contact| &contact.labels);
    let mut goals = Lists::new();
    let mut wishes = Lists::new();
    for labels in of() {
        goals.push(labels.goals.iter().map(|goal| &**goal));
        wishes.push(labels.wishes.iter().map(u32::to_string));
    }
    vec![
        text(
            "strength_band",
            words("Tie", "Beziehung"),
            "the strongest tie in a word; unknown when no touch is known, which is not weak",
            of().map(|labels| labels.strength_band),
        )
        .of(scales::bands()),
        share(
            "seniority_confidence",
            words("Seniority sure by", "Ebene sicher zu"),
            "how sure the level is, 0 to 1",
            of().map(|labels| confidence_of(labels.seniority.as_ref())),
        ),
        text(
            "seniority_reason",
            words("Seniority because", "Ebene, weil"),
            "why this level, in words",
            of().map(|labels| reason_of(labels.seniority.as_ref())),
        ),
        share(
            "function_confidence",
            words("Function sure by", "Funktion sicher zu"),
            "how sure the function is, 0 to 1",
            of().map(|labels| confidence_of(labels.function.as_ref())),
        ),
        text(
            "function_reason",
            words("Function because", "Funktion, weil"),
            "why this function, in words",
            of().map(|labels| reason_of(labels.function.as_ref())),
        ),
        text(
            "place_reason",
            words("Place because", "Ort, weil"),
            "where city, region and country come from; empty where they stand as they were given",
            of().map(|labels| &*labels.place_reason),
        ),
        share(
            "tier_coverage",
            words("Score known by", "Punkte bekannt zu"),
            "share of the score's weights that is known",
            of().map(|labels| labels.tier.score.map(|_| labels.tier.coverage)),
        ),
        Column::new(
            "goals",
            words("Goals met", "Erfüllte Ziele"),
            "what of the team's goals the contact meets",
            Data::List(goals),
        ),
        Column::new(
            "wishes",
            words("Wishes met", "Erfüllte Wünsche"),
            "lines of the wish list that the contact fulfils",
            Data::List(wishes),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Labels, Tier};
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
             strength, strength_coverage, tags, records, strength_band, seniority_confidence, seniority_reason, \
             function_confidence, function_reason, place_reason, tier_coverage, goals, wishes"
        );
    }

    #[test]
    fn a_contact_fills_its_columns() {
        let contact = Contact {
            contact_id: "c1".into(),
            phones: vec!["+4930123".into()],
            labels: Labels {
                tier: Tier {
                    letter: Some(Letter::B),
                    source: Some(TierSource::Manual),
                    score: Some(0.123_456),
                    ..Tier::default()
                },
                ..Labels::default()
            },
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
        assert_eq!((text("animal", 0), text("animal", 1)), ("flamingo".into(), "penguin".into()));
        assert_eq!(table.column("tier_score").unwrap().data, Data::Share(vec![Some(0.123), None]));
        assert_eq!(text("holders", 0), "ben", "a number without a member is left out");
        assert_eq!((text("phones", 0), text("channels", 0)), ("+4930123".into(), "xing".into()));
    }
}
