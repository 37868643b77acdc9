//! The laws of cleaning, and names from many countries.

use proptest::prelude::*;

use super::*;
use crate::text::fold;

fn context() -> Context<'static> {
    Context {
        country: "DE",
        timezone: chrono_tz::Europe::Berlin,
        date_order: DateOrder::DayFirst,
        year: 2026,
    }
}

fn other() -> Context<'static> {
    Context {
        country: "US",
        timezone: chrono_tz::Pacific::Auckland,
        date_order: DateOrder::MonthFirst,
        year: 1999,
    }
}

fn cells(list: &[(Field, &str)]) -> Cells {
    let mut cells = Cells::new();
    for (field, text) in list {
        cells.push(*field, text);
    }
    cells
}

fn cleaned(raw: &Cells, context: &Context<'_>) -> Cells {
    let (mut out, mut findings) = (Cells::new(), Vec::new());
    clean(raw.view(), context, &mut out, &mut findings);
    out
}

/// The cells of a cleaned record as `field=text`.
fn show(list: &[(Field, &str)]) -> String {
    let out = cleaned(&cells(list), &context());
    out.view().iter().map(|(field, text)| format!("{}={text}", field.name())).collect::<Vec<_>>().join(" · ")
}

/// A name in one cell, cleaned, as `prefix | given | family | suffix`, with remarks after `#`.
fn whole(name: &str) -> String {
    let out = cleaned(&cells(&[(Field::Name, name)]), &context());
    line(&out)
}

fn parts(given: &str, family: &str) -> String {
    line(&cleaned(&cells(&[(Field::GivenName, given), (Field::FamilyName, family)]), &context()))
}

fn line(out: &Cells) -> String {
    let view = out.view();
    let text = |field| view.text(field);
    let mut line = [Field::Prefix, Field::GivenName, Field::FamilyName, Field::Suffix].map(text).join("|");
    for (mark, field) in
        [('#', Field::Remark), ('~', Field::Nickname), ('@', Field::Email), ('&', Field::Company)]
    {
        for text in view.all(field) {
            line.push(mark);
            line.push_str(text);
        }
    }
    line
}

#[test]
fn names_in_one_cell_are_divided() {
    for (name, expected) in [
        ("Anna Müller", "|Anna|Müller|"),
        ("Müller, Anna", "|Anna|Müller|"),
        ("Dr. Anna Müller", "Dr.|Anna|Müller|"),
        ("Müller, Dr. Anna", "Dr.|Anna|Müller|"),
        ("Müller, Anna, Dr.", "Dr.|Anna|Müller|"),
        ("Prof. Dr. Hans-Jürgen von der Leyen", "Prof. Dr.|Hans-Jürgen|von der Leyen|"),
        ("Prof.Dr.Anna Müller", "Prof. Dr.|Anna|Müller|"),
        ("Dr. Dr. Anna Müller", "Dr. Dr.|Anna|Müller|"),
        ("von der Leyen-Test, Ursula", "|Ursula|von der Leyen-Test|"),
        ("Leyen, Ursula von der", "|Ursula|von der Leyen|"),
        ("Frau Dr. Weber", "Dr.||Weber|"),
        ("Herr Hans Meier", "|Hans|Meier|"),
        ("Familie Huber", "||Huber|"),
        ("Dipl.-Ing. (FH) Hans Meier", "Dipl.-Ing. (FH)|Hans|Meier|"),
        ("Hans Meier, Dipl.-Ing.", "Dipl.-Ing.|Hans|Meier|"),
        ("Mag. Dr. Eva Gruber", "Mag. Dr.|Eva|Gruber|"),
        ("DI Max Bauer", "DI|Max|Bauer|"),
        ("Jane Doe, Ph.D., MBA", "|Jane|Doe|PhD, MBA"),
        ("Jane Doe MBA", "|Jane|Doe|MBA"),
        ("Jane Doe, CPCU", "|Jane|Doe|CPCU"),
        ("John Smith Jr.", "|John|Smith|Jr."),
        ("ANNA MÜLLER-LÜDENSCHEIDT", "|Anna|Müller-Lüdenscheidt|"),
        ("anna von der heide", "|Anna|von der Heide|"),
        ("DUPONT Jean-Pierre", "|Jean-Pierre|Dupont|"),
        ("J. R. R. Tolkien", "|J. R. R.|Tolkien|"),
        ("Anna Müller (Messe)", "|Anna|Müller|#Messe"),
        ("Anna Müller (geb. Meier)", "|Anna|Müller|#geb. Meier"),
        ("🚀 Anna Müller ✅", "|Anna|Müller|#🚀✅"),
        ("Anna \"Anni\" Müller", "|Anna|Müller|~Anni"),
        ("Anna Müller | Coach & Speaker", "|Anna|Müller|#Coach & Speaker"),
        ("Müller - Lüdenscheidt, Anna", "|Anna|Müller-Lüdenscheidt|"),
        ("Anna (she/her) Müller", "|Anna|Müller|#she/her"),
        ("Anna", "|Anna||"),
        ("Christopher Null", "|Christopher|Null|"),
        ("NaN TRUE", "|NaN|True|"),
        ("-", "|||"),
        ("Mehmet Öztürk", "|Mehmet|Öztürk|"),
        ("İBRAHİM YILDIZ", "|İbrahim|Yıldız|"),
        ("Ayşe Nur Şahin", "|Ayşe Nur|Şahin|"),
        ("Łukasz Żółkiewski", "|Łukasz|Żółkiewski|"),
        ("Јован Јовановић", "|Јован|Јовановић|"),
        ("Дарья Иванова", "|Дарья|Иванова|"),
        ("María José García", "|María José|García|"),
        ("García López, María", "|María|García López|"),
        ("José Ortega y Gasset", "|José|Ortega y Gasset|"),
        ("Juan de la Cruz", "|Juan|de la Cruz|"),
        ("Jan van den Berg", "|Jan|van den Berg|"),
        ("Berg, Jan van den", "|Jan|van den Berg|"),
        ("Herman van 't Hof", "|Herman|van 't Hof|"),
        ("Nguyễn Văn An", "|Văn An|Nguyễn|"),
        ("Conan O'Brien", "|Conan|O'Brien|"),
        ("Karl-Theodor Freiherr von und zu Guttenberg", "|Karl-Theodor|Freiherr von und zu Guttenberg|"),
        ("Jack Ma", "|Jack|Ma|"),
        ("Steffi Graf", "|Steffi|Graf|"),
        ("Tom Hanks", "|Tom|Hanks|"),
        ("anna@example.com", "|||@anna@example.com"),
        ("Müller GmbH", "|||&Müller GmbH"),
        ("Anna Müller <anna@example.com>", "|Anna|Müller|#anna@example.com"),
    ] {
        assert_eq!(whole(name), expected, "{name}");
    }
}

#[test]
fn names_in_two_cells_are_put_right() {
    for (given, family, expected) in [
        ("Anna", "Müller", "|Anna|Müller|"),
        ("Dr. Anna", "Müller", "Dr.|Anna|Müller|"),
        ("Anna", "Dr. Müller", "Dr.|Anna|Müller|"),
        ("Anna", "Müller, MBA", "|Anna|Müller|MBA"),
        ("Anna", "Müller, LL.M. (NYU)", "|Anna|Müller|LL.M.#NYU"),
        ("Anna", "Doe, Ph.D.", "|Anna|Doe|PhD"),
        ("Anna", "Müller ✅", "|Anna|Müller|#✅"),
        ("Anna", "Müller, Certified Coach", "|Anna|Müller|#Certified Coach"),
        ("Anna", "MÜLLER", "|Anna|Müller|"),
        ("anna", "müller", "|Anna|Müller|"),
        ("Anna", "von der heide", "|Anna|von der Heide|"),
        ("Ursula von der", "Leyen", "|Ursula|von der Leyen|"),
        ("JP", "Meier", "|JP|Meier|"),
        ("J.", "Meier", "|J.|Meier|"),
        ("Anna Müller", "", "|Anna|Müller|"),
        ("", "Anna Müller", "|Anna|Müller|"),
        ("", "van der Berg", "||van der Berg|"),
        ("", "Müller, Anna", "|Anna|Müller|"),
        ("Sample,", "Bob", "|Bob|Sample|"),
        ("Anna Müller", "Müller", "|Anna|Müller|"),
        ("Anna", "Anna Müller", "|Anna|Müller|"),
        ("Anna Müller", "MBA", "|Anna|Müller|MBA"),
        ("Frau Anna", "Müller", "|Anna|Müller|"),
        ("Anna", ".", "|Anna||"),
        ("Anna", "M.", "|Anna|M.|"),
        ("Martin", "Martin", "|Martin|Martin|"),
        ("Acme", "Inc.", "|||&Acme Inc."),
        ("null", "Null", "|Null|Null|"),
    ] {
        assert_eq!(parts(given, family), expected, "{given} / {family}");
    }
}

#[test]
fn a_record_is_cleaned_in_its_fixed_order() {
    let raw = [
        (Field::SourceId, "https://www.linkedin.com/in/Anna-M%C3%BCller"),
        (Field::Url, "https://www.linkedin.com/in/Anna-M%C3%BCller"),
        (Field::Url, "HTTP://Example.com/"),
        (Field::Note, "hello\nworld"),
        (Field::Phone, "0171 1234567; 7535"),
        (Field::Email, "Anna <Anna@Example.com>; info@example.com"),
        (Field::FamilyName, "Müller"),
        (Field::GivenName, "Anna"),
        (Field::Prefix, "Frau Dr"),
        (Field::Company, " \"Blau GmbH\" "),
        (Field::Birthday, "1604-04-01"),
        (Field::ConnectedOn, "05 Jan 2026"),
        (Field::TouchAt, "1/2/2026"),
        (Field::TouchKind, "Hannover Messe"),
        (Field::Country, "Deutschland"),
        (Field::Postcode, "D-10115"),
        (Field::Tier, "b"),
    ];
    assert_eq!(
        show(&raw),
        "prefix=Dr. · given_name=Anna · family_name=Müller · email=anna@example.com · email=info@example.com · \
         phone=+491711234567 · phone_raw=7535 · company=Blau GmbH · postcode=10115 · country=DE · birthday=--04-01 · \
         linkedin=anna-müller · url=http://example.com · tier=B · touch_at=2026-02-01 · touch_kind=met · \
         connected_on=2026-01-05 · source_id=anna-müller · note=hello\nworld · note=Hannover Messe"
    );
}

#[test]
fn a_company_in_place_of_a_name_is_a_company_once() {
    assert_eq!(show(&[(Field::Name, "Jan AG"), (Field::Company, "\"")]), "company=Jan AG");
    assert_eq!(show(&[(Field::Name, "Blau AG"), (Field::Company, "Blau GmbH")]), "company=Blau GmbH");
    assert_eq!(
        show(&[(Field::Name, "Jan AG"), (Field::Company, "Blau")]),
        "family_name=Jan AG · company=Blau"
    );
}

#[test]
fn shared_mailboxes_without_a_name_are_roles() {
    assert!(show(&[(Field::Email, "info@example.com"), (Field::Company, "Acme")]).contains("kind=role"));
    assert!(!show(&[(Field::Email, "info@example.com"), (Field::Name, "Anna Müller")]).contains("kind"));
    assert!(!show(&[(Field::Email, "anna@example.com")]).contains("kind"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let (mut out, mut findings) = (Cells::new(), Vec::new());
    let raw = cells(&[
        (Field::Email, "anna(at)example.com"),
        (Field::Email, "n/a"),
        (Field::Phone, "4,91512E+11"),
        (Field::Phone, "n/a"),
        (Field::Phone, "Durchwahl 12"),
        (Field::PhoneRaw, "4,91716E+11"),
        (Field::Birthday, "31.02.1980"),
        (Field::TouchAt, "KW 6"),
        (Field::Tier, "A/B"),
        (Field::Url, "no address"),
    ]);
    clean(raw.view(), &context(), &mut out, &mut findings);
    let codes: Vec<_> = findings.iter().map(|finding| (finding.field.name(), finding.code)).collect();
    assert_eq!(
        codes,
        [
            ("email", "not-an-address"),
            ("phone", "damaged-number"),
            ("phone_raw", "damaged-number"),
            ("birthday", "impossible-date"),
            ("url", "not-an-address"),
            ("tier", "unsure-category"),
            ("touch_at", "vague-date"),
        ]
    );
    assert_eq!(out.view().all(Field::PhoneRaw).collect::<Vec<_>>(), ["Durchwahl 12"]);
}

#[test]
fn letters_that_were_lost_before_are_told_and_nothing_is_guessed() {
    for (name, lost) in
        [("Jörg M?ller", true), ("Jörg M\u{fffd}ller", true), ("Jörg Müller ?", false), ("Wer? Ich", false)]
    {
        let (mut out, mut findings) = (Cells::new(), Vec::new());
        clean(cells(&[(Field::Name, name)]).view(), &context(), &mut out, &mut findings);
        let told = findings.iter().any(|finding| finding.code == "lost-letters");
        assert_eq!(told, lost, "{name}: {findings:?}");
    }
}

#[test]
fn huge_cells_take_no_time_and_no_name() {
    let huge = "(A) B.C, D|".repeat(300_000);
    let many: String = (0..300_000).fold(String::new(), |mut many, number| {
        many.push_str(&number.to_string());
        many.push_str("@example.com;");
        many
    });
    let raw = cells(&[
        (Field::Name, &huge),
        (Field::Email, &many),
        (Field::Phone, &huge),
        (Field::Company, &huge),
        (Field::Tags, &many),
        (Field::Url, &huge),
        (Field::Birthday, &huge),
    ]);
    let (mut out, mut findings) = (Cells::new(), Vec::new());
    clean(raw.view(), &context(), &mut out, &mut findings);
    assert_eq!(out.view().all(Field::Email).count(), MOST);
    assert_eq!(out.view().text(Field::FamilyName), "");
    let codes: Vec<_> = findings.iter().map(|finding| (finding.field.name(), finding.code)).collect();
    assert!(codes.contains(&("name", "too-long")) && codes.contains(&("email", "too-many")), "{codes:?}");
    assert_eq!(cleaned(&out, &other()), out);
}

/// The fixed order of cleaned cells.
const ORDER: [Field; 34] = [
    Field::Prefix,
    Field::GivenName,
    Field::MiddleName,
    Field::FamilyName,
    Field::Suffix,
    Field::Nickname,
    Field::Email,
    Field::Phone,
    Field::PhoneRaw,
    Field::Fax,
    Field::Company,
    Field::Position,
    Field::Department,
    Field::Street,
    Field::City,
    Field::Postcode,
    Field::Region,
    Field::Country,
    Field::Birthday,
    Field::LinkedIn,
    Field::Xing,
    Field::Url,
    Field::ExternalId,
    Field::Tier,
    Field::Tags,
    Field::TouchAt,
    Field::TouchKind,
    Field::Direction,
    Field::ConnectedOn,
    Field::SourceId,
    Field::Kind,
    Field::Scope,
    Field::Note,
    Field::Remark,
];

/// Texts of the kind that cells hold, and texts of no kind.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Anna"),
        Just("MÜLLER"),
        Just("von"),
        Just("der"),
        Just("Dr."),
        Just("Dr"),
        Just("MBA"),
        Just("Ma"),
        Just("(Messe)"),
        Just("\"Anni\""),
        Just("🚀"),
        Just("-"),
        Just(","),
        Just("|"),
        Just("GmbH"),
        Just("Herr"),
        Just("Prof.Dr."),
        Just("y"),
        Just("Văn"),
        Just("info@x.de"),
        Just("+49 171 1234567"),
        Just("Ph. D."),
        Just("'t"),
        Just("O’Brien"),
        Just("DUPONT"),
        Just("Nguyễn"),
        Just("Firma"),
        Just("(FH)"),
        Just("Dipl."),
        Just("1.2.26"),
        Just("14:03"),
        Just("PM"),
        Just("Jan"),
        Just("2026"),
        Just("linkedin.com/in/a%C3%BC"),
        Just("("),
        Just("'"),
        Just("\""),
        Just("she/her"),
        Just("jun."),
        Just("II"),
        Just("AG"),
        Just("J."),
        Just("AB"),
    ];
    let words = proptest::collection::vec(word, 1..6);
    let glue = prop_oneof![Just(" "), Just(", "), Just(""), Just("; "), Just("-")];
    prop_oneof![
        6 => (words, glue).prop_map(|(words, glue)| words.join(glue)),
        1 => "\\PC{0,25}",
        1 => any::<String>(),
        1 => "[A-Za-zäöüßİıŁé' .,()\"-]{0,25}",
        1 => "[0-9+/ ().eE,;:-]{0,20}",
    ]
}

fn record() -> impl Strategy<Value = Cells> {
    let cell = (proptest::sample::select(Field::ALL.to_vec()), text());
    let names = proptest::sample::select(vec![
        Field::Name,
        Field::GivenName,
        Field::FamilyName,
        Field::Prefix,
        Field::Suffix,
    ]);
    let list = proptest::collection::vec(prop_oneof![cell, (names, text())], 0..7);
    list.prop_map(|list| {
        let mut cells = Cells::new();
        for (field, text) in list {
            cells.push(field, &text);
        }
        cells
    })
}

#[test]
fn a_legal_form_behind_a_particle_is_no_plain_name() {
    let source = Source { given: "Éaa", family: "von Ltd", ..Source::default() };
    assert_eq!(plain::plain(&source), None);
    assert_eq!(name::clean_name(source).company.as_deref(), Some("Éaa von Ltd"));
}

fn plain_name() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,8}|[A-Z][a-zäöüéç]{2,6}(-[A-Z][a-z]{2,5})?|[ÀÉÖÜŁŞ][a-zß]{2,6}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn cleaning_what_is_clean_changes_nothing(raw in record()) {
        let once = cleaned(&raw, &context());
        prop_assert_eq!(&cleaned(&once, &context()), &once);
        prop_assert_eq!(&cleaned(&once, &other()), &once);
    }

    #[test]
    fn cleaned_cells_keep_their_order_and_shape(raw in record()) {
        let out = cleaned(&raw, &context());
        let ranks: Vec<_> = out.view().iter().map(|(field, _)| ORDER.iter().position(|have| *have == field)).collect();
        prop_assert!(ranks.iter().all(Option::is_some));
        prop_assert!(ranks.windows(2).all(|pair| pair[0] <= pair[1]));
        for (field, text) in out.view().iter() {
            prop_assert!(!text.trim().is_empty());
            match field {
                Field::Email => prop_assert_eq!(text.to_lowercase(), text),
                Field::Phone => {
                    prop_assert!(text.starts_with('+') && text[1..].bytes().all(|byte| byte.is_ascii_digit()));
                }
                Field::Tier => prop_assert!(matches!(text, "A" | "B" | "C" | "D")),
                Field::TouchKind => prop_assert!(crate::touch::Kind::from_name(text).is_some()),
                Field::ConnectedOn => prop_assert_eq!(text.len(), 10),
                _ => {}
            }
        }
    }

    #[test]
    fn the_quick_way_of_plain_names_is_the_long_way(
        given in plain_name(),
        second in proptest::option::of(plain_name()),
        particle in proptest::sample::select(vec!["", "", "von ", "van der ", "de "]),
        family in plain_name(),
        one in any::<bool>(),
    ) {
        let given = second.map_or(given.clone(), |second| format!("{given} {second}"));
        let family = format!("{particle}{family}");
        let whole = format!("{given} {family}");
        let source = if one {
            Source { whole: &whole, ..Source::default() }
        } else {
            Source { given: &given, family: &family, ..Source::default() }
        };
        if let Some((quick_given, quick_family)) = plain::plain(&source) {
            let slow = name::clean_name(source);
            prop_assert_eq!((slow.parts.given.as_str(), slow.parts.family.as_str()), (quick_given, quick_family));
            prop_assert!(slow.beside.remarks.is_empty() && slow.parts.prefix.is_empty() && slow.parts.suffix.is_empty());
        }
    }

    #[test]
    fn family_first_with_a_comma_is_the_same_name(
        given in plain_name(),
        second in proptest::option::of(plain_name()),
        particle in proptest::sample::select(vec!["", "von ", "van der ", "de la ", "Freiherr von "]),
        family in plain_name(),
    ) {
        prop_assume!(![&given, &family].into_iter().chain(&second).any(|word| {
            particle::is_particle(word) || company::is_form(word) || honorific::may_be(word)
        }));
        let given = second.map_or(given.clone(), |second| format!("{given} {second}"));
        let pieces = |name: &str| {
            let out = cleaned(&cells(&[(Field::Name, name)]), &context());
            let text = |field| fold(out.view().text(field));
            (text(Field::GivenName), text(Field::FamilyName), text(Field::Company))
        };
        let straight = pieces(&format!("{given} {particle}{family}"));
        prop_assert_eq!(&pieces(&format!("{particle}{family}, {given}")), &straight);
    }
}
