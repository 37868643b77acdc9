//! The search index written and read again.

use super::*;
use crate::contact::Contact;
use crate::merge::holding::date;
use crate::run::locale::Locale;

fn sample(drop_phones: bool) -> Vec<u8> {
    let locale = Locale {
        country: "DE",
        language: Language::German,
        timezone: chrono_tz::Europe::Berlin,
        inferred: false,
    };
    let as_of: NaiveDate = "2026-06-01".parse().unwrap();
    let head = Head::new(as_of, &locale, vec![("anna".into(), "Anna".into())]);
    let mut writer = Writer::new(head);
    let mut ids = Vec::new();
    for number in 0..1000u32 {
        let mut contact = Contact {
            name: format!("Jürgen Groß-{number}"),
            company: ["Lindwurm GmbH", "", "Tannwald"][number as usize % 3].into(),
            emails: vec![format!("j{number}@example.org")],
            phones: vec![format!("+49171{number:07}"), "0815".into()],
            ..Contact::default()
        };
        if drop_phones {
            contact.phones.clear();
        }
        let tie = Tie {
            member: 0,
            channels: u8::from(!number.is_multiple_of(5)),
            ended: 2,
            connected_on: (number % 2 == 0).then(|| date(number as i32 * 30)),
            first_seen: date(20_000 + number as i32),
            ended_on: number.is_multiple_of(5).then_some(as_of),
            touches: number % 4,
            last_touch: (number % 4 == 3).then_some(as_of),
            last_kind: (number % 4 > 0).then_some(touch::Kind::Asked),
            strength: (number % 4 > 0).then_some(100),
            band: if number % 4 > 0 { Band::Strong } else { Band::Unknown },
        };
        writer.add((&contact, number % 3), ["Jürgen Klein"].into_iter(), &[tie]);
        ids.push(u64::from(number) * 7);
    }
    let mut bytes = Vec::new();
    writer.finish(&ids, &mut bytes).unwrap();
    bytes
}

#[test]
fn what_was_written_is_read() {
    let index = Index::decode(sample(false)).unwrap();
    assert_eq!(index.len(), 1000);
    assert_eq!(index.name(999), "Jürgen Groß-999");
    assert_eq!(index.work(300)[0], "Lindwurm GmbH");
    assert_eq!(index.work(301)[0], "");
    assert_eq!((index.of_id(7 * 512), index.of_id(8)), (Some(512), None));
    for number in [0, 255, 256, 999] {
        assert_eq!(index.of_key(KeyKind::Email, &format!("j{number}@example.org")), [number]);
        assert_eq!(index.of_key(KeyKind::Phone, &format!("+49171{number:07}")), [number]);
    }
    assert_eq!(index.of_key(KeyKind::Phone, "0815"), [0u32; 0]);
    assert_eq!(index.of_key(KeyKind::Xing, "j1@example.org"), [0u32; 0]);
    let tie = index.ties(503)[0];
    assert_eq!((tie.channels, tie.touches, tie.last_kind), (1, 3, Some(touch::Kind::Asked)));
    assert_eq!((tie.strength, tie.band), (Some(100), Band::Strong));
    assert_eq!((tie.first_seen, tie.last_touch), (date(20_503), "2026-06-01".parse().ok()));
    assert_eq!(index.ties(505)[0].ended_on, "2026-06-01".parse().ok());
    let mut names = 0;
    index.each_name(|_, words| names += words.len());
    assert_eq!(names, 3000, "two words that are shown and one of another name");
}

#[test]
fn what_is_dropped_changes_the_index_and_damage_is_told() {
    let (with, without) = (sample(false), sample(true));
    assert!(without.len() + 8 * 1000 <= with.len());
    for cut in [0, 10, with.len() / 2, with.len() - 1] {
        assert!(Index::decode(with[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    for flip in (0..with.len()).step_by(997) {
        let mut bad = with.clone();
        bad[flip] ^= 1;
        assert!(Index::decode(bad).is_err(), "flip at {flip}");
    }
    let newer = String::from_utf8_lossy(&with).replace("\"schema_version\":2", "\"schema_version\":9");
    assert!(Index::decode(newer.into_bytes()).is_err_and(|what| what.contains("layout 9")));
}
