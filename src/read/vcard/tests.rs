//! vCards of every kind: laws on arbitrary bytes, and the cases of broken cards.

use calcard::vcard::{VCard as Oracle, VCardProperty, VCardValue};
use proptest::prelude::*;

use super::golden::rewrite;
use super::*;
use crate::read::cards::looks_like_cards;
use crate::record::CellsView;

fn read(bytes: &[u8]) -> Output {
    let mut out = Output::default();
    read_cards(bytes, &mut out);
    assert!(out.accounts.balance(), "{:?}", out.accounts);
    out
}

/// The records as `line field=value|field=value`, without the name of the field where `=` suffices.
fn records(out: &Output) -> Vec<String> {
    let mut start = 0;
    let shown = out.records.iter().map(|entry| {
        let cells = CellsView::from_packed(&out.cells[start..entry.end]);
        start = entry.end;
        let cells: Vec<String> =
            cells.iter().map(|(field, text)| format!("{}={text}", field.name())).collect();
        format!("{} {}", entry.line, cells.join("|"))
    });
    shown.collect()
}

fn codes(out: &Output) -> Vec<(u32, &'static str)> {
    let rejects = out.rejects.iter().map(|reject| &reject.problem);
    out.problems.iter().chain(rejects).map(|problem| (problem.line, problem.code)).collect()
}

/// Checks the records of a text with LF, CRLF, CR and CR CR LF, and the codes of its problems.
fn check(text: &str, wanted: &[&str], problems: &[(u32, &str)]) {
    check_bytes(text.as_bytes(), wanted, problems);
    for end in ["\r\n", "\r", "\r\r\n"] {
        check_bytes(&rewrite(text.as_bytes(), end), wanted, problems);
    }
}

fn check_bytes(bytes: &[u8], wanted: &[&str], problems: &[(u32, &str)]) {
    let out = read(bytes);
    assert_eq!(records(&out), wanted, "{}", String::from_utf8_lossy(bytes));
    assert_eq!(codes(&out), problems, "{}", String::from_utf8_lossy(bytes));
}

/// A card of these lines, version 3.0.
fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n")
}

/// A card of these lines, version 2.1.
fn old(lines: &str) -> String {
    format!("BEGIN:VCARD\nVERSION:2.1\n{lines}\nEND:VCARD\n")
}

#[test]
fn v1_v2_unclosed_cards_lose_nobody() {
    let text = "BEGIN:VCARD\nFN:A B\nBEGIN:VCARD\nVERSION:3.0\nFN:C D\nEND:VCARD\nBEGIN:VCARD\nFN:E F\n";
    check(
        text,
        &["1 name=A B", "3 name=C D", "7 name=E F"],
        &[(1, "card-not-closed"), (7, "card-not-closed")],
    );
}

#[test]
fn v3_nested_cards_are_ignored_but_never_hide_a_card_after_an_unclosed_one() {
    let agent = old("N:Chef;Carla\nAGENT:\nBEGIN:VCARD\nN:Hilfe;Hans\nEND:VCARD\nTEL:030 1");
    check(&agent, &["1 family_name=Chef|given_name=Carla|phone=030 1"], &[]);
    assert_eq!(read(agent.as_bytes()).ignored["nested-card"], 1);
    let inline = agent.replace("AGENT:\n", "AGENT:");
    check(&inline, &["1 family_name=Chef|given_name=Carla|phone=030 1"], &[]);
    let folded = card("N:Chef;Carla\nAGENT:BEGIN:VCARD\n N:Hilfe;Hans\n END:VCARD\nTEL:030 1");
    check(&folded, &["1 family_name=Chef|given_name=Carla|phone=030 1"], &[]);
    let escaped = card("N:Chef;Carla\nAGENT:BEGIN:VCARD\\nFN:Hans\\nEND:VCARD\\n\nTEL:030 1");
    check(&escaped, &["1 family_name=Chef|given_name=Carla|phone=030 1"], &[]);
    // The first card is unclosed; a card without BEGIN at the end must not make the second a nested one.
    let lost = "BEGIN:VCARD\nFN:A B\nBEGIN:VCARD\nFN:C D\nEND:VCARD\nFN:E F\nEND:VCARD\n";
    let problems = [(1, "card-not-closed"), (6, "card-not-opened")];
    check(lost, &["1 name=A B", "3 name=C D", "6 name=E F"], &problems);
    let deep = "BEGIN:VCARD\n".repeat(200_000);
    assert_eq!(read(deep.as_bytes()).accounts.rejected, 200_000);
    let closed = format!("{deep}{}", "END:VCARD\n".repeat(200_000));
    assert_eq!(read(closed.as_bytes()).accounts.read, 200_000);
}

#[test]
fn v4_v5_photos_in_all_forms_are_passed_over() {
    let photos = [
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n  SkZJRg\n ABTEL\n/9k=",
        "PHOTO;BASE64:\n  /9j/4AAQ\n  SkZJRg==\n",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\nSkZJRgABTEL\n/9k=\n",
        "PHOTO;VALUE=URI:http://example.com/a.jpg",
        "PHOTO:http://example.com/a.jpg",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ",
        "PHOTO;ENCODING=BASE64;TYPE=JPEG:qgEPAAIAAAAHAAAAugEQAAIAAAAG:ASDF==\n",
        "LOGO;ENCODING=BASE64:\nSkZJRg==\n\nKEY;ENCODING=b:SkZJ\nSOUND;BASE64:Rg==\n",
        "X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:\n /9j/4AAQ\n\n",
    ];
    for photo in photos {
        for make in [card, old] {
            check(
                &make(&format!("N:A;B\n{photo}\nTEL:030 1")),
                &["1 family_name=A|given_name=B|phone=030 1"],
                &[],
            );
        }
    }
}

#[test]
fn v6_v7_v9_quoted_printable() {
    let name = "|given_name=Jürgen";
    for (value, wanted) in [
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gro=C3=9F;J=C3=BCrgen", "family_name=Groß"),
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gro=C3=\n=9F;J=C3=BCr=\ngen", "family_name=Groß"),
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gro=C3=\n =9F;J=C3=BCrgen", "family_name=Groß"),
        ("N;QUOTED-PRINTABLE;CHARSET=UTF-8:Gro=C3=9F;J=C3=BCrgen", "family_name=Groß"),
        ("N;ENCODING=quoted-printable:Gro=c3=9f;J=c3=bcrgen", "family_name=Groß"),
        ("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gro=DF;J=FCrgen", "family_name=Groß"),
        ("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=C3=9F=3B=5C=3B;J=C3=BCrgen", "family_name=Groß;;"),
        // A doubled line end after a soft break.
        ("N;ENCODING=QUOTED-PRINTABLE:Gro=C3=\n\n=9F;J=C3=BCrgen", "family_name=Groß"),
    ] {
        check(&old(value), &[&format!("1 {wanted}{name}")], &[]);
    }
    let broken = old("N:A;B\nNOTE;ENCODING=QUOTED-PRINTABLE:50=ZZ=C3=BC=4");
    check(&broken, &["1 family_name=A|given_name=B|note=50=ZZü=4"], &[(4, "broken-quoted-printable")]);
    // Without a declaration an equals sign is an equals sign.
    check(&card("FN:Bj=F8rn"), &["1 name=Bj=F8rn"], &[]);
    // Outlook ends labels with a soft break and an empty line.
    let outlook = old("LABEL;ENCODING=QUOTED-PRINTABLE:Weg 1=0D=0A=\n\nTEL:030 1\nN:A;B");
    check(&outlook, &["1 family_name=A|given_name=B|phone=030 1"], &[]);
}

#[test]
fn v10_charsets_property_by_property() {
    let mixed = b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1:Gro\xdf;J\xfcrgen\nORG;CHARSET=UTF-8:K\xc3\xb6ln AG\nEND:VCARD\n";
    check_bytes(mixed, &["1 family_name=Groß|given_name=Jürgen|company=Köln AG"], &[]);
    for (name, wanted, code) in [
        (&b"N;CHARSET=UTF-8:Gro\xdf;J\xfcrgen"[..], "family_name=Groß|given_name=Jürgen", "wrong-charset"),
        (b"N;CHARSET=Windows-1252:Gro\xc3\x9f;Anna", "family_name=Groß|given_name=Anna", "wrong-charset"),
        (b"N;CHARSET=Windows-1251:\xc8\xe2\xe0\xed;A", "family_name=Иван|given_name=A", ""),
        (b"N;CHARSET=Murks:Gro\xdf;A", "family_name=Groß|given_name=A", "wrong-charset"),
        (b"N;CHARSET=UTF-16:Gro\xc3\x9f;A", "family_name=Groß|given_name=A", ""),
        (b"N;CHARSET=ISO-2022-JP:\x1b$B0BF#\x1b(B;A", "family_name=安藤|given_name=A", ""),
        (
            b"N:Gro\xc3\x9f;J\xc3\xbcrgen Mariet\xc3",
            "family_name=Groß|given_name=Jürgen Mariet\u{fffd}",
            "wrong-charset",
        ),
        (b"N:Gro\xdf;A", "family_name=Groß|given_name=A", "guessed-charset"),
        (
            b"N:\xc8\xe2\xe0\xed;A\nNOTE;CHARSET=Windows-1251:x",
            "family_name=Иван|given_name=A|note=x",
            "guessed-charset",
        ),
        (
            b"N:\x88\xc0\x93\xa1;A\nNOTE;CHARSET=SHIFT_JIS:x",
            "family_name=安藤|given_name=A|note=x",
            "guessed-charset",
        ),
    ] {
        let bytes = [b"BEGIN:VCARD\nVERSION:2.1\n", name, b"\nEND:VCARD\n"].concat();
        let problems = if code.is_empty() { vec![] } else { vec![(3, code)] };
        check_bytes(&bytes, &[&format!("1 {wanted}")], &problems);
    }
}

#[test]
fn v11_folds() {
    check(&card("FN:Anna Mei\n er"), &["1 name=Anna Meier"], &[]);
    check(&card("FN:Anna Mei\n\ter"), &["1 name=Anna Meier"], &[]);
    check(&old("FN:Anna\n Meier"), &["1 name=Anna Meier"], &[]);
    check(&card("TEL;TYPE=CELL;\n TYPE=pref:030 1"), &["1 phone=030 1"], &[]);
    let split = b"BEGIN:VCARD\nVERSION:3.0\nFN:J\xc3\n \xbcrgen\nEND:VCARD\n";
    check_bytes(split, &["1 name=Jürgen"], &[]);
}

#[test]
fn v12_a_uid_used_by_two_different_cards_names_neither() {
    let text = [card("FN:A B\nUID:1"), card("FN:A B\nUID:1"), card("FN:C D\nUID:1")].concat();
    let wanted = ["1 source_id=1|name=A B", "6 source_id=1|name=A B", "11 name=C D"];
    check(&text, &wanted, &[(11, "duplicate-uid")]);
}

#[test]
fn v13_nameless_cards_are_kept_and_empty_ones_rejected() {
    for (lines, wanted) in [
        ("ORG:Firma;Einkauf", "company=Firma|department=Einkauf"),
        ("FN:Firma\nORG:Firma;", "company=Firma"),
        ("TEL:030 1", "phone=030 1"),
        ("FN:030 1234\nTEL:030 1234", "phone=030 1234"),
        ("FN:a@b.example\nN:;a@b.example;;;\nEMAIL:a@b.example", "email=a@b.example"),
        ("FN:\nN:;;;;\nNICKNAME:Ani", "nickname=Ani"),
        ("N:Meier;;;;\nFN:Anna Meier", "name=Anna Meier"),
        ("N:Meier;;;;\nFN:Meier", "family_name=Meier"),
        ("N:;Anna;;;", "given_name=Anna"),
        ("N:Anna Meier", "name=Anna Meier"),
        (
            "N:Meier;Anna;Eva,Maria;Dr.;MBA\nFN:x",
            "prefix=Dr.|suffix=MBA|family_name=Meier|given_name=Anna|middle_name=Eva Maria",
        ),
        ("N:Richter\\,James;A", "family_name=Richter,James|given_name=A"),
    ] {
        check(&card(lines), &[&format!("1 {wanted}")], &[]);
    }
    for lines in ["", "CATEGORIES:x", "UID:1\nBDAY:1980-01-01", "PHOTO;ENCODING=b:AAAA"] {
        check(&card(lines), &[], &[(1, "empty-card")]);
    }
}

#[test]
fn v14_phones() {
    for (line, wanted) in [
        ("TEL;CELL:030 1", "phone=030 1"),
        ("TEL;TYPE=\"cell,work\":030 1", "phone=030 1"),
        ("TEL;VALUE=uri:tel:+49-30-1;ext=12", "phone=+49-30-1 ext. 12"),
        ("TEL:0171 392p1234w5", "phone=0171 392"),
        ("TEL:0171 392,,55#", "phone=0171 392"),
        ("TEL:p1234p5678w9", "phone_raw=p1234p5678w9"),
        ("TEL;TYPE=WORK,FAX:030 1", "fax=030 1"),
        ("item1.TEL:030 1\nITEM1.X-ABLabel:_$!<WorkFAX>!$_", "fax=030 1"),
        ("TEL;TYPE=pager:030 1", "phone_raw=030 1"),
        ("TEL:Zentrale", "phone_raw=Zentrale"),
        ("X-MS-TEL;VOICE;COMPANY:030 1", "phone=030 1"),
    ] {
        for make in [card, old] {
            let text = make(&format!("N:A;B\n{line}"));
            check(&text, &[&format!("1 family_name=A|given_name=B|{wanted}")], &[]);
        }
    }
    let many = (0..1000).map(|number| format!("TEL:030 {number}\n")).collect::<Vec<_>>().concat();
    assert_eq!(read(card(&many).as_bytes()).problems, []);
    let out = read(card(&format!("{many}TEL:030 1000")).as_bytes());
    assert_eq!(codes(&out), [(1003, "too-many-values")]);
    assert_eq!(CellsView::from_packed(&out.cells).all(Field::Phone).count(), 1000);
}

#[test]
fn v15_escapes_are_undone_once() {
    for (lines, wanted) in [
        ("FN:A\nNOTE:a\\nb\\, c\\; d\\\\n", "name=A|note=a\nb, c; d\\n"),
        ("FN:A\nURL:http\\://x.example", "name=A|url=http://x.example"),
        ("item1.EMAIL:a@b.example", "email=a@b.example"),
        ("FN:A\nCATEGORIES:a\\,b,c", "name=A|tags=a,b|tags=c"),
        (
            "FN:A\nX-SOCIALPROFILE;type=linkedin;x-user=ann:x-apple:ann",
            "name=A|url=https://www.linkedin.com/in/ann",
        ),
        (
            "FN:A\nURL;type=xing:https://www.xing.com/profile/A_B",
            "name=A|url=https://www.xing.com/profile/A_B",
        ),
    ] {
        check(&card(lines), &[&format!("1 {wanted}")], &[]);
    }
    check(&old("N:C\\;D;A\nNOTE:C:\\new"), &["1 family_name=C;D|given_name=A|note=C:\\new"], &[]);
}

#[test]
fn v16_versions_are_told_card_by_card() {
    let last = "BEGIN:VCARD\nNOTE:a\\nb\nFN:A\nVERSION:3.0\nEND:VCARD\n";
    let bare = "BEGIN:VCARD\nTEL;HOME:030 1\nNOTE:a\\nb\nEND:VCARD\n";
    let four = "BEGIN:VCARD\nVERSION:4\nFN:A\nNOTE:a\\nb\nEND:VCARD\n";
    let wanted = ["1 name=A|note=a\nb", "6 phone=030 1|note=a\\nb", "10 name=A|note=a\nb"];
    check(&[last, bare, four].concat(), &wanted, &[]);
}

#[test]
fn v17_birthdays() {
    for (line, wanted) in [
        ("BDAY:1978-03-11", "1978-03-11"),
        ("BDAY:19780311", "19780311"),
        ("BDAY:--0412", "--04-12"),
        ("BDAY:--04-12", "--04-12"),
        ("BDAY:1604-04-12", "--04-12"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "--04-12"),
        ("BDAY:1996-04-15T00:00:00Z", "1996-04-15"),
        ("BDAY;VALUE=text:circa 1800", "circa 1800"),
        ("BDAY:70-7-14", "70-7-14"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1975-08-20;3;;;;;;;;;;;;;", "1975-08-20"),
    ] {
        check(&card(&format!("FN:A\n{line}")), &[&format!("1 name=A|birthday={wanted}")], &[]);
    }
}

#[test]
fn v18_wide_and_odd_bytes() {
    let text = card("FN:Jürgen");
    for big in [false, true] {
        for mark in ["\u{feff}", ""] {
            let units = format!("{mark}{text}").encode_utf16().collect::<Vec<_>>();
            let bytes: Vec<u8> = units
                .iter()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            assert!(looks_like_cards(&bytes));
            check_bytes(&bytes, &["1 name=Jürgen"], &[]);
        }
    }
    let joined = format!("\u{feff}{text}\u{feff}{text}");
    check(&joined, &["1 name=Jürgen", "5 name=Jürgen"], &[]);
}

#[test]
fn v19_what_stands_outside_cards_is_told() {
    let text = format!("Hallo,\n\nhier\n{}PS\n", card("FN:A"));
    check(&text, &["4 name=A"], &[(1, "outside-cards"), (8, "outside-cards")]);
    let calendar = "BEGIN:VCALENDAR\nSUMMARY:x\nEND:VCALENDAR\n";
    check(&format!("{calendar}{}", card("FN:A")), &["4 name=A"], &[(1, "outside-cards")]);
    assert!(!looks_like_cards(b"##fileformat=VCFv4.2\n#CHROM\tPOS\n"));
    assert!(!looks_like_cards(b"<html><body>BEGIN:VCARD in a text</body></html>"));
    assert!(looks_like_cards(b"From: a\n\nbegin : vcard \r\nFN:A\n"));
    assert!(!looks_like_cards(b""));
}

#[test]
fn v20_many_cards_and_one_too_large() {
    let many = card("FN:A").repeat(100_000);
    assert_eq!(read(many.as_bytes()).accounts.kept, 100_000);
    let large = card(&format!("FN:A\nNOTE:{}", "x".repeat(LARGEST_CARD)));
    let out = read(format!("{large}{}", card("FN:B")).as_bytes());
    assert_eq!((out.accounts.kept, codes(&out)), (1, vec![(1, "card-too-large")]));
    let note = card(&format!("FN:A\nNOTE:{}", "ü".repeat(40_000)));
    let out = read(note.as_bytes());
    assert_eq!(codes(&out), [(4, "value-cut")]);
    assert_eq!(CellsView::from_packed(&out.cells).text(Field::Note).len(), 64 * 1024);
}

#[test]
fn lines_that_are_no_properties_go_with_the_value_before() {
    let address = "ADR;HOME:;;Weg 1\\\nHof\\\nPackstation 9;Hamburg;;20095;DE";
    let wanted = "1 family_name=A|given_name=B|street=Weg 1, Hof, Packstation 9|city=Hamburg|postcode=20095|country=DE";
    check(&old(&format!("N:A;B\n{address}")), &[wanted], &[(5, "line-without-property")]);
    check(
        &card("FN:A\nNOTE:siehe\nhttp://x.example"),
        &["1 name=A|note=siehe\nhttp://x.example"],
        &[(5, "line-without-property")],
    );
    check(&card("FN:A\nX-GOOGLE TALK;TYPE=WORK:a.b"), &["1 name=A"], &[]);
    check(&card("FN:A\n# Kommentar"), &["1 name=A"], &[(4, "comment-in-card")]);
    check(&card("FN:A\n--+TEL:030 1"), &["1 name=A|phone=030 1"], &[(4, "damaged-line")]);
}

#[test]
fn cards_of_groups_companies_and_things_are_ignored() {
    for (line, reason) in [
        ("X-ADDRESSBOOKSERVER-KIND:group", "group-card"),
        ("KIND:Group", "group-card"),
        ("X-ABShowAs:COMPANY", "company-card"),
        ("KIND:org", "company-card"),
        ("KIND:location", "thing-card"),
    ] {
        let out = read(card(&format!("FN:A\nN:A;B\n{line}")).as_bytes());
        assert_eq!((out.accounts.kept, out.ignored.get(reason)), (0, Some(&1)), "{line}");
    }
    check(&card("FN:A\nKIND:individual"), &["1 name=A"], &[]);
}

#[test]
fn the_office_goes_before_the_home_unless_it_is_nearly_empty() {
    let home = "ADR;TYPE=HOME:;;Weg 1;Ulm;;89073;DE";
    check(
        &card(&format!("FN:A\n{home}\nADR;TYPE=WORK:;;;Bonn;;;DE")),
        &["1 name=A|city=Bonn|country=DE"],
        &[],
    );
    let wanted = "1 name=A|street=Weg 1|city=Ulm|postcode=89073|country=DE";
    check(&card(&format!("FN:A\nADR;TYPE=WORK:;;;;;;DE\n{home}")), &[wanted], &[]);
}

#[test]
fn odd_files_take_linear_time() {
    // Each is a mebibyte: were the time quadratic, this would not come to an end.
    let piece = |text: &str, size: usize| text.repeat(size / text.len());
    let odd = [
        piece("=\n", 1 << 20),
        piece("=0A", 1 << 20),
        piece(" \n", 1 << 20),
        piece("x\n", 1 << 20),
        piece("\"", 1 << 20),
        piece("\\", 1 << 20),
        piece(";", 1 << 20),
        piece(",", 1 << 20),
        piece("AGENT:\nBEGIN:VCARD\n", 1 << 20),
        piece("\r", 1 << 20),
        piece("ü\n", 1 << 20),
        piece("TEL:1\n", 1 << 20),
        piece("X-A;B;C;D", 1 << 20),
    ];
    for text in &odd {
        for head in ["", "BEGIN:VCARD\nFN:A\nN;ENCODING=QUOTED-PRINTABLE:", "BEGIN:VCARD\nFN:A\nADR;X="] {
            let out = read(format!("{head}{text}\nEND:VCARD\n").as_bytes());
            assert!(
                !out.records.is_empty() || !out.rejects.is_empty() || !out.problems.is_empty(),
                "{head}{}",
                &text[..20]
            );
        }
    }
}

/// Lines as files have them and as they should not.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let known = prop::sample::select(vec![
        "BEGIN:VCARD",
        "END:VCARD",
        "begin:vcard ",
        "AGENT:",
        "AGENT:BEGIN:VCARD",
        "VERSION:2.1",
        "VERSION:3.0",
        "N:Meier;Anna",
        "FN:Anna Meier",
        "TEL;HOME:030 1",
        "item1.TEL:030 2",
        "item1.X-ABLabel:_$!<WorkFAX>!$_",
        "EMAIL:a@b.example",
        "ORG:A\\;B;C",
        "NOTE;ENCODING=QUOTED-PRINTABLE:a=C3=",
        "=BC=",
        " fold",
        "\tfold",
        "",
        " ",
        "PHOTO;ENCODING=b:AAAA",
        "AAAA",
        "# x",
        "UID:1",
        "KIND:group",
        "ADR:;;a;b;;c;d",
        "BDAY:1604-01-02",
        "\u{feff}BEGIN:VCARD",
        ":;=\"",
    ]);
    prop::collection::vec(prop_oneof![8 => known.prop_map(str::to_owned), 1 => "[^\r\n]{0,12}"], 0..30)
}

proptest! {
    #[test]
    fn any_bytes_balance(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
        let framed = [b"BEGIN:VCARD\n", &bytes[..], b"\nEND:VCARD\n"].concat();
        prop_assert!(read(&framed).accounts.read >= 1);
    }

    #[test]
    fn every_begin_is_a_row_and_line_ends_do_not_matter(lines in lines()) {
        let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        let out = read(text.as_bytes());
        let begins = split(text.as_bytes()).cards.iter().filter(|card| card.frame != Frame::Headless).count();
        let written = lines.iter().filter(|line| {
            line.trim_start_matches('\u{feff}').trim_end().eq_ignore_ascii_case("BEGIN:VCARD")
        });
        prop_assert!(begins >= written.count());
        prop_assert!(out.accounts.read as usize >= begins);
        for entry in &out.records {
            prop_assert!(entry.line >= 1 && entry.line as usize <= lines.len());
        }
        for end in ["\r\n", "\r", "\r\r\n"] {
            let other = read(&rewrite(text.as_bytes(), end));
            prop_assert_eq!(records(&other), records(&out));
            prop_assert_eq!(codes(&other), codes(&out));
        }
    }

    #[test]
    fn another_reader_finds_the_same_in_clean_cards(
        parts in prop::collection::vec("[a-zA-Zäöüß0-9.\\\\;,:\n-]{0,12}", 5),
        org in prop::collection::vec("[a-zäöü\\\\;,-]{1,12}", 1..3),
        note in "[a-zäöü\\\\;,:\n\"-]{1,100}",
    ) {
        let escape = |text: &String| {
            text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
        };
        let joined = |parts: &[String]| parts.iter().map(escape).collect::<Vec<_>>().join(";");
        let text = card(&format!("FN:x\nN:{}\nORG:{}\nNOTE:{}", joined(&parts), joined(&org), escape(&note)));
        let out = read(text.as_bytes());
        let cells = CellsView::from_packed(&out.cells);
        let theirs = Oracle::parse(&text).expect("calcard reads clean cards");
        let values = |property: &VCardProperty| -> Vec<String> {
            let text = |value: &VCardValue| match value {
                VCardValue::Text(text) => text.trim().to_owned(),
                VCardValue::Component(texts) => texts.join(","),
                _ => String::new(),
            };
            theirs.property(property).map(|entry| entry.values.iter().map(text).collect()).unwrap_or_default()
        };
        let note = values(&VCardProperty::Note).concat();
        prop_assert_eq!(cells.text(Field::Note), note.trim());
        let company = values(&VCardProperty::Org).first().cloned().unwrap_or_default();
        prop_assert_eq!(cells.text(Field::Company), company.trim());
        let names = values(&VCardProperty::N);
        let name = |at: usize| names.get(at).map_or("", |name| name.trim());
        if !name(0).is_empty() && !name(1).is_empty() {
            prop_assert_eq!(cells.text(Field::FamilyName), name(0));
            prop_assert_eq!(cells.text(Field::GivenName), name(1));
            prop_assert_eq!(cells.text(Field::MiddleName), name(2));
            prop_assert_eq!(cells.text(Field::Prefix), name(3));
            prop_assert_eq!(cells.text(Field::Suffix), name(4));
        }
    }
}
