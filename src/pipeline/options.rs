//! Every section and option of the pipeline file: name, default, range, explanation and where it goes.
//!
//! This is the one place to add an option; `pipelines/example.toml` is written from these tables by a
//! test, which also checks that the defaults named here are those of the code.

use super::aims::{GOALS, LABELS, STRENGTH, TIER};
use super::views::REPORTS;
use super::walk::{Opt, Section};
use super::{
    Dialect, Inbox, Language, Matching, Member, Output, Privacy, Race, Source, Team, TestCase, known, values,
};

pub(super) const LANGUAGES: [(&str, Option<Language>); 2] =
    [("de", Some(Language::German)), ("en", Some(Language::English))];

pub(super) const TEAM: Section<Team> = Section {
    name: "team",
    repeats: false,
    about: "Who the team is.",
    options: &[
        Opt {
            key: "name",
            value: "\"\"",
            about: "Its name, as reports show it.",
            required: false,
            read: |team, at| at.text(&mut team.name),
        },
        Opt {
            key: "country",
            value: "\"auto\"",
            about: "Where a phone number without country code is dialled: a code of two capitals such as \"DE\", \
                    \"AT\", \"CH\". With \"auto\" it is inferred from the data and shown.",
            required: false,
            read: |team, at| values::country(at, &mut team.country),
        },
        Opt {
            key: "timezone",
            value: "\"auto\"",
            about: "In which days and weeks are counted, such as \"Europe/Berlin\". With \"auto\" it is inferred.",
            required: false,
            read: |team, at| values::timezone(at, &mut team.timezone),
        },
        Opt {
            key: "language",
            value: "\"auto\"",
            about: "Language of results: \"de\" or \"en\". With \"auto\" it is inferred.",
            required: false,
            read: |team, at| {
                if !at.says("auto") {
                    at.choice(&LANGUAGES, &mut team.language);
                }
            },
        },
    ],
};

pub(super) const INBOX: Section<Inbox> = Section {
    name: "inbox",
    repeats: false,
    about: "Where the exports lie: one folder a member, anything inside, in any sub-folders.",
    options: &[Opt {
        key: "path",
        value: "\"inbox\"",
        about: "The folder. This and every other path is relative to the pipeline file.",
        required: false,
        read: |inbox, at| at.path(true, &mut inbox.path),
    }],
};

pub(super) const MEMBER: Section<Member> = Section {
    name: "member",
    repeats: true,
    about: "A person of the team; repeat the block for each. Without any, every folder of the inbox is a member.",
    options: &[
        Opt {
            key: "id",
            value: "\"anna\"",
            about: "Short name in tables and file names: a-z, 0-9, _ and -, at most 60. \"team\" is kept for files \
                    that lie at the root of the inbox. Must be given.",
            required: true,
            read: |member, at| values::member_id(at, &mut member.id),
        },
        Opt {
            key: "name",
            value: "\"Anna Beispiel\"",
            about: "Name as it is shown; also what the member's own entry is recognised by. Default: the id.",
            required: false,
            read: |member, at| at.text(&mut member.name),
        },
        Opt {
            key: "inbox",
            value: "\"anna\"",
            about: "Folder in the inbox. Default: the id.",
            required: false,
            read: |member, at| values::folder(at, &mut member.inbox),
        },
        Opt {
            key: "emails",
            value: "[\"anna@beispiel.example\"]",
            about: "Own addresses: entries that carry one are the member, not a contact.",
            required: false,
            read: |member, at| values::emails(at, &mut member.emails),
        },
        Opt {
            key: "linkedin",
            value: "\"https://www.linkedin.com/in/anna-beispiel\"",
            about: "Own profile, recognised in the same way.",
            required: false,
            read: |member, at| at.text(&mut member.linkedin),
        },
        Opt {
            key: "company",
            value: "\"Beispiel GmbH\"",
            about: "Own employer: a contact of the member's name who works there is the member. Default: as the \
                    LinkedIn export says.",
            required: false,
            read: |member, at| at.text(&mut member.company),
        },
        Opt {
            key: "industry",
            value: "\"it\"",
            about: "Own industry, one of those under [goals]: what lies outside it makes a network diverse.",
            required: false,
            read: |member, at| values::one_of(at, "an industry", &known::INDUSTRIES, &mut member.industry),
        },
        Opt {
            key: "city",
            value: "\"Köln\"",
            about: "Own city: who lives elsewhere makes a network diverse.",
            required: false,
            read: |member, at| at.text(&mut member.city),
        },
        Opt {
            key: "function",
            value: "\"sales\"",
            about: "Own function, one of those under [goals]: whoever works in another makes a network diverse.",
            required: false,
            read: |member, at| values::one_of(at, "a function", &known::FUNCTIONS, &mut member.function),
        },
        Opt {
            key: "seniority",
            value: "\"senior\"",
            about: "Own level, one of those under [goals]: shows how many of the contacts stand higher.",
            required: false,
            read: |member, at| values::one_of(at, "a level", &known::SENIORITY, &mut member.seniority),
        },
        Opt {
            key: "stage",
            value: "2",
            about: "How the member sees itself, as the report stages tells it beside the evidence: 1 by-product, 2 topic, \
                    3 technique, 4 work style, 5 attitude.",
            required: false,
            read: |member, at| values::some_integer(at, 1..=5, &mut member.stage),
        },
        Opt {
            key: "yearly_review",
            value: "2026-01-15",
            about: "The day on which the member had last gone through all contacts: stage 5 asks for one within 365 days.",
            required: false,
            read: |member, at| at.date(&mut member.yearly_review),
        },
    ],
};

pub(super) const SOURCE: Section<Source> = Section {
    name: "source",
    repeats: true,
    about: "What to know about some files; repeat the block. The first block whose pattern matches a file holds \
            for it. Files that are recognised need none.",
    options: &[
        Opt {
            key: "files",
            value: "\"guests-*.csv\"",
            about: "Which files. A pattern without / matches base names at any depth, else the path in the inbox, \
                    as in \"anna/**/*.xlsx\". Must be given.",
            required: true,
            read: |source, at| values::pattern(at, &mut source.files),
        },
        Opt {
            key: "distinct",
            value: "true",
            about: "Whether two rows of one file are two people. Default: true for network exports, else false.",
            required: false,
            read: |source, at| at.flag(&mut source.distinct),
        },
        Opt {
            key: "complete",
            value: "false",
            about: "Whether a file holds everybody, so that who is missing in a later one is no longer known. \
                    Default: true for LinkedIn connections, else false.",
            required: false,
            read: |source, at| at.flag(&mut source.complete),
        },
        Opt {
            key: "trust",
            value: "5",
            about: "Whose value wins when two sources disagree, 1 to 10. Default: as the format deserves; 5 for \
                    tables mapped here.",
            required: false,
            read: |source, at| values::some_integer(at, 1..=10, &mut source.trust),
        },
        Opt {
            key: "channel",
            value: "\"event\"",
            about: "Through what the member knows them: linkedin, xing, phone, mail, sheet or event. Default: as \
                    the format says; sheet for tables mapped here.",
            required: false,
            read: |source, at| values::channel(at, &mut source.channel),
        },
        Opt {
            key: "columns",
            value: "",
            about: "",
            required: false,
            read: |source, at| values::columns(at, &mut source.columns),
        },
    ],
};

pub(super) const MATCH: Section<Matching> = Section {
    name: "match",
    repeats: false,
    about: "When two records are one person.",
    options: &[
        Opt {
            key: "merge",
            value: "0.9",
            about: "From which probability on two records are merged, 0.5 to 1. Higher merges less.",
            required: false,
            read: |matching, at| at.number(0.5..=1.0, &mut matching.merge),
        },
        Opt {
            key: "review",
            value: "0.5",
            about: "From which probability on a pair is worth a question, 0 up to merge.",
            required: false,
            read: |matching, at| at.number(0.0..=1.0, &mut matching.review),
        },
        Opt {
            key: "max_block",
            value: "100",
            about: "How many records with one key (such as a family name in a city) are compared with one another, \
                    2 to 100000. More share a key: it is split further.",
            required: false,
            read: |matching, at| at.integer(2..=100_000, &mut matching.max_block),
        },
        Opt {
            key: "decisions",
            value: "\"decisions.csv\"",
            about: "Answers of the team, kept for good: a, b, decision (same or different), on, by, note. \
                    `hamstern review` and the drop-down in work.xlsx write them; so can you.",
            required: false,
            read: |matching, at| at.path(true, &mut matching.decisions),
        },
        Opt {
            key: "review_most",
            value: "100",
            about: "How many open pairs are asked at most, the most valuable first, 0 to 10000; the others are counted.",
            required: false,
            read: |matching, at| at.integer(0..=10_000, &mut matching.review_most),
        },
    ],
};

pub(super) const RACE: Section<Race> = Section {
    name: "race",
    repeats: false,
    about: "The time in which the growth of the members is compared.",
    options: &[
        Opt {
            key: "start",
            value: "\"auto\"",
            about: "First day, such as 2026-01-05. With \"auto\" the race is the last full weeks.",
            required: false,
            read: |race, at| {
                if !at.says("auto") {
                    at.date(&mut race.start);
                }
            },
        },
        Opt {
            key: "weeks",
            value: "9",
            about: "How many weeks, 1 to 53.",
            required: false,
            read: |race, at| at.integer(1..=53, &mut race.weeks),
        },
    ],
};

pub(super) const PRIVACY: Section<Privacy> = Section {
    name: "privacy",
    repeats: false,
    about: "What is left out and for how long things are kept.",
    options: &[
        Opt {
            key: "drop",
            value: "[]",
            about: "Columns of contacts that are written nowhere, the vCards included, of: prefix, suffix, emails, phones, city, region, \
                    country, street, postcode, birthday, linkedin_url, xing_url, urls, external_ids, tags.",
            required: false,
            read: |privacy, at| at.words("such columns", &known::DROPPABLE, &mut privacy.drop),
        },
        Opt {
            key: "retention_months",
            value: "0",
            about: "Months without any sign after which a contact is left out, up to 600; 0: never. Not used yet.",
            required: false,
            read: |privacy, at| at.integer(0..=600, &mut privacy.retention_months),
        },
        Opt {
            key: "suppression",
            value: "\"suppress.jsonl\"",
            about: "People who are kept out of every import, as keyed hashes. Not used yet.",
            required: false,
            read: |privacy, at| at.path(true, &mut privacy.suppression),
        },
    ],
};

pub(super) const OUTPUT: Section<Output> = Section {
    name: "output",
    repeats: false,
    about: "Where results go and in which form.",
    options: &[
        Opt {
            key: "dir",
            value: "\"out\"",
            about: "The folder; not in the inbox.",
            required: false,
            read: |output, at| at.path(true, &mut output.dir),
        },
        Opt {
            key: "dialect",
            value: "\"spreadsheet\"",
            about: "Form of CSV files: \"spreadsheet\" opens well in Excel and LibreOffice (formulas are disarmed, ; \
                    where the country uses it), \"plain\" is for programs (UTF-8, comma, nothing changed).",
            required: false,
            read: |output, at| {
                at.choice(
                    &[("spreadsheet", Dialect::Spreadsheet), ("plain", Dialect::Plain)],
                    &mut output.dialect,
                );
            },
        },
        Opt {
            key: "keep",
            value: "10",
            about: "How many generations are kept, 1 to 1000.",
            required: false,
            read: |output, at| at.integer(1..=1000, &mut output.keep),
        },
    ],
};

pub(super) const TEST: Section<TestCase> = Section {
    name: "test",
    repeats: true,
    about: "A small case that must hold, checked by `hamstern check`; repeat the block for each.",
    options: &[
        Opt {
            key: "name",
            value: "\"a new employer is still the same person\"",
            about: "What it shows. Must be given.",
            required: true,
            read: |test, at| at.text(&mut test.name),
        },
        Opt {
            key: "rows",
            value: "[\n    { name = \"Dr. Jörg Müller\", email = \"joerg.mueller@example.org\", company = \"Alpha AG\" },\n    \
                    { given_name = \"Joerg\", family_name = \"Mueller\", email = \"joerg.mueller@example.org\", \
                    company = \"Beta GmbH\" },\n    { name = \"Jörg Müller\", phone = \"0171 1234567\", \
                    city = \"Kiel\" },\n]",
            about: "Rows as a source would give them, each from a source of its own; the keys are the fields of \
                    [source.columns]. Must be given.",
            required: true,
            read: |test, at| values::rows(at, &mut test.rows),
        },
        Opt {
            key: "same",
            value: "[[1, 2]]",
            about: "Groups of rows, counted from 1: each group is one person.",
            required: false,
            read: |test, at| values::groups(at, &mut test.same),
        },
        Opt {
            key: "different",
            value: "[[1, 3]]",
            about: "Groups of rows: in each group all are different people.",
            required: false,
            read: |test, at| values::groups(at, &mut test.different),
        },
    ],
};

/// A section without what it is read into: for hints, the example file and its test.
pub(super) struct Described {
    /// The header, `[team]` or `[[member]]`.
    pub(super) header: String,
    /// What it is for.
    #[cfg_attr(not(test), expect(dead_code, reason = "the example file is written by a test"))]
    pub(super) about: &'static str,
    /// Key, value as TOML, explanation.
    pub(super) options: Vec<(&'static str, &'static str, &'static str)>,
}

fn describe<T>(section: &Section<T>) -> Described {
    Described {
        header: section.header(),
        about: section.about,
        options: section.options.iter().map(|option| (option.key, option.value, option.about)).collect(),
    }
}

/// All sections in the order in which a person reads them.
pub(super) fn described() -> Vec<Described> {
    vec![
        describe(&TEAM),
        describe(&INBOX),
        describe(&MEMBER),
        describe(&SOURCE),
        describe(&MATCH),
        describe(&LABELS),
        describe(&STRENGTH),
        describe(&GOALS),
        describe(&TIER),
        describe(&RACE),
        describe(&REPORTS),
        describe(&PRIVACY),
        describe(&OUTPUT),
        describe(&TEST),
    ]
}

/// The header of the only section that has an option of that name.
pub(super) fn section_of(key: &str) -> Option<String> {
    let mut with =
        described().into_iter().filter(|section| section.options.iter().any(|(name, ..)| *name == key));
    match (with.next(), with.next()) {
        (Some(section), None) => Some(section.header),
        _ => None,
    }
}
