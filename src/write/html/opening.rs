//! How the page begins: few sentences with their numbers, each linking to its section.

use maud::{Markup, html};

use super::convergence::Gap;
use super::{PEOPLE, PERSON, Page, Section, convergence, growth, is_one, look, loss, news, race};
use crate::table::{Language, Table, Words, words};

/// One sentence: parts, of which the numbers stand out, where it leads, and how much was known for it.
pub(super) struct Sentence {
    /// The anchor of its section; empty where there is none.
    pub(super) to: &'static str,
    /// The section of a second table whose numbers it tells, the anchor there, and what that is called.
    pub(super) also: Option<(&'static str, &'static str, Words)>,
    /// Texts; every second one is a number that stands out.
    pub(super) parts: Vec<String>,
    /// For how much of what it tells the input was known.
    pub(super) coverage: Option<f64>,
}

/// Cuts a text at [`MARK`]: what stands between two of them stands out.
pub(super) fn sentence(to: &'static str, text: &str) -> Sentence {
    Sentence { to, also: None, parts: text.split(MARK).map(str::to_owned).collect(), coverage: None }
}

/// What stands around a number that stands out; a control character, so that no name can hold it.
pub(super) const MARK: char = '\u{1}';

/// A number that stands out.
pub(super) fn bold(text: &str) -> String {
    format!("{MARK}{text}{MARK}")
}

/// The sentences of a team in a race, or of one member.
pub(super) fn opening(page: &Page<'_>, sections: &[Section]) -> Markup {
    let sentences: Vec<Option<Sentence>> = if page.is_team() {
        vec![news::told(page), added(page), leads(page), hangs(page), class(page), gap(page)]
    } else {
        vec![news::told(page), size(page), goals(page), class(page), due(page)]
    };
    list(page, sections, sentences.into_iter().flatten())
}

/// Sentences as a list, each with a link to its section where the page has it.
pub(super) fn list(
    page: &Page<'_>,
    sections: &[Section],
    sentences: impl Iterator<Item = Sentence>,
) -> Markup {
    let there = |to: &str| sections.iter().any(|section| section.id == to);
    html! {
        ol .opening { @for sentence in sentences {
            li {
                @for (at, part) in sentence.parts.iter().enumerate() { @if at % 2 == 1 { b { (part) } } @else { (part) } }
                @if sentence.coverage.is_some() { " " span .known { "(" (page.known(sentence.coverage)) ")" } }
                @if there(sentence.to) { " " a href={ "#" (sentence.to) } aria-label={ (page.say(words("More:", "Mehr:"))) " " (sentence.parts.concat()) } { (page.say(words("Show", "Zeigen"))) } }
                @if let Some((_, anchor, called)) = sentence.also.filter(|also| there(also.0)) { " " a href={ "#" (anchor) } { (page.say(called)) } }
            }
        } }
    }
}

/// How many were added, and how many different people that is.
fn added(page: &Page<'_>) -> Option<Sentence> {
    let race = page.table("race")?;
    let sum: f64 = (0..race.len()).filter_map(|row| look::number(race, "adds", row)).sum();
    if sum == 0.0 {
        look::number(race, "adds", 0)?;
        let nobody = page.say(words("nobody was added.", "kam niemand hinzu."));
        return Some(sentence("race", &format!("{} {nobody}", race::within(page))));
    }
    let called = page.counted(
        sum,
        words("new connection", "neue Verbindung"),
        words("new connections", "neue Verbindungen"),
    );
    let mut text = format!("In {} {} {called}", race::lasting(page), bold(&page.count(sum)));
    let different = page
        .table("pace")
        .and_then(|pace| look::told(pace, &[("member", page.whole()?), ("window", "race")], "added"));
    if let Some(different) = different {
        let who = page.counted(
            different.value,
            words("different person", "Mensch"),
            words("different people", "verschiedene Menschen"),
        );
        text.push_str(&format!(": {} {who}", bold(&page.count(different.value))));
    }
    let new = growth::new_to_team(page);
    if let Some(new) = new {
        let whom = match (different.is_some(), is_one(new)) {
            (true, _) => {
                words("of them nobody in the team knew before", "davon kannte vorher niemand im Team")
            }
            (false, true) => words(
                "person whom nobody in the team knew before",
                "Mensch, den vorher niemand im Team kannte",
            ),
            (false, false) => words(
                "people whom nobody in the team knew before",
                "Menschen, die vorher niemand im Team kannte",
            ),
        };
        let join = if different.is_some() { "," } else { ":" };
        text.push_str(&format!("{join} {} {}", bold(&page.count(new)), page.say(whom)));
    }
    text.push('.');
    let also = new.map(|_| ("growth", "growth", words("Growth", "Zu- und Abnahme")));
    Some(Sentence { also, ..sentence("race", &text) })
}

/// Who leads, and who leads if something else counts.
fn leads(page: &Page<'_>) -> Option<Sentence> {
    let leader = race::leader(page)?;
    let name = bold(page.name(leader.member));
    let mut number = page.count(leader.value);
    if let Some(share) = leader.share {
        number.push_str(&format!(", {}", page.share(share)));
    }
    let others = [
        ("target", words("on target", "nach Zielkontakten")),
        ("appointments", words("by appointments", "nach Terminen")),
        ("unique", words("by people nobody else knows", "nach Menschen, die sonst niemand kennt,")),
    ];
    let others: Vec<(race::Leader<'_>, &str)> = others
        .into_iter()
        .filter_map(|(kind, words)| Some((race::first(page, kind)?, page.say(words))))
        .take(2)
        .collect();
    // Who leads by more than one measure is named once.
    let mut list = vec![match page.language {
        Language::English => format!("by number ({number})"),
        Language::German => format!("nach Anzahl ({number})"),
    }];
    let (same, different): (Vec<_>, Vec<_>) =
        others.iter().partition(|(first, _)| first.member == leader.member);
    list.extend(
        same.iter()
            .map(|(first, words)| format!("{} ({})", words.trim_end_matches(','), page.count(first.value))),
    );
    let last = list.pop().unwrap_or_default();
    let and = page.say(words(" and ", " und "));
    let list = if list.is_empty() { last } else { format!("{}{and}{last}", list.join(", ")) };
    let mut text = match page.language {
        Language::English => format!("{name} leads {list}"),
        Language::German => format!("{name} führt {list}"),
    };
    for (first, words) in different {
        let who = format!("{} ({})", bold(page.name(first.member)), page.count(first.value));
        text.push_str(&format!(", {words} {who}"));
    }
    if let Some(fastest) = race::fastest(page).filter(|_| others.is_empty()) {
        let (who, rate) = (bold(page.name(fastest.member)), page.share(fastest.value));
        text.push_str(&match page.language {
            Language::English => format!("; for its size the network of {who} grew fastest ({rate} a week)"),
            Language::German => format!(
                "; gemessen an seiner Größe wuchs das Netzwerk von {who} am schnellsten ({rate} je Woche)"
            ),
        });
    }
    text.push('.');
    let also = page.table("rankings").map(|_| ("race", "rankings", words("Rankings", "Ranglisten")));
    Some(Sentence { also, ..sentence("race", &text) })
}

/// What hangs on the member with the most.
fn hangs(page: &Page<'_>) -> Option<Sentence> {
    let loss = loss::worst(page)?;
    let name = bold(page.name(&loss.member));
    let share = page
        .table("network_size")
        .and_then(|table| look::told(table, &[("member", &loss.member), ("channel", "all")], "union_share"));
    let share = bold(&page.share(share?.value));
    let (lost, all) = (bold(&page.count(loss.exclusive)), page.count(loss.gross));
    let left = bold(&page.count(loss.gross - loss.exclusive));
    let new = of_new(page, &loss.member).map(|(all, left)| (page.count(all), bold(&page.count(left))));
    let mut text = match (page.language, new) {
        (Language::English, None) => format!(
            "{name} knows {share} of everybody the team reaches. If {name} left, {left} of {all} would still be known; {lost} nobody else knows"
        ),
        (Language::German, None) => format!(
            "{name} kennt {share} aller Menschen, die das Team erreicht. Ginge {name}, blieben von {all} noch {left} bekannt; {lost} kennt sonst niemand"
        ),
        (Language::English, Some((new, kept))) => format!(
            "{name} knows {share} of everybody the team reaches. If {name} left, {kept} of the {new} new ones and {left} of all {all} would still be known; {lost} nobody else knows"
        ),
        (Language::German, Some((new, kept))) => format!(
            "{name} kennt {share} aller Menschen, die das Team erreicht. Ginge {name}, blieben von den {new} neuen {kept} bekannt, von allen {all} noch {left}; {lost} kennt sonst niemand"
        ),
    };
    if let Some(urgent) = urgent(page, &loss.member) {
        let urgent = bold(&page.count(urgent));
        text.push_str(&match page.language {
            Language::English => format!(", of them {urgent} of category A or B"),
            Language::German => format!(", davon {urgent} der Kategorie A oder B"),
        });
    }
    text.push('.');
    let also = page.table("handover").map(|_| ("loss", "handover", words("Handover list", "Übergabeliste")));
    Some(Sentence { also, ..sentence("loss", &text) })
}

/// How many people a member added in the race, and how many of them a colleague knows too.
fn of_new(page: &Page<'_>, member: &str) -> Option<(f64, f64)> {
    let table = page.table("rankings")?;
    let of =
        |ranking: &str| Some(look::told(table, &[("member", member), ("ranking", ranking)], "value")?.value);
    let all = of("adds").filter(|all| *all > 0.0)?;
    Some((all, all - of("unique")?))
}

/// People of category A or B whom only this member knows.
fn urgent(page: &Page<'_>, member: &str) -> Option<f64> {
    Some(look::told(page.table("loss")?, &[("member", member)], "ab_exclusive")?.value)
}

/// How much of it is class: on target, in touch, not sorted yet.
fn class(page: &Page<'_>) -> Option<Sentence> {
    let size = page.table("network_size")?;
    let owner = page.whole()?;
    let told = |measure: &str| look::told(size, &[("member", owner), ("channel", "all")], measure);
    let (good, open) = (told("class_ratio"), told("unclassified_share"));
    let never = told("never_touched");
    // The new ones are counted apart: the shares are of all people.
    let target = race_sum(page, "target").map(|target| {
        let on = page.counted(
            target,
            words("of the new connections is on target", "der neuen Verbindungen ist ein Zielkontakt"),
            words("of the new connections are on target", "der neuen Verbindungen sind Zielkontakte"),
        );
        format!("{} {on}", bold(&page.count(target)))
    });
    let met = race_sum(page, "appointments").map(|met| {
        // Without goals nothing before says of whom.
        let (one, several) = if target.is_some() {
            (
                words("led to an appointment", "führte zu einem Termin"),
                words("led to an appointment", "führten zu einem Termin"),
            )
        } else {
            (
                words(
                    "of the new connections led to an appointment",
                    "der neuen Verbindungen führte zu einem Termin",
                ),
                words(
                    "of the new connections led to an appointment",
                    "der neuen Verbindungen führten zu einem Termin",
                ),
            )
        };
        format!("{} {}", bold(&page.count(met)), page.counted(met, one, several))
    });
    let people = told(page.reach()).map(|people| people.value);
    // How many a share is.
    let counted = |share: f64| match people {
        Some(people) => format!("{} ({})", page.count(share * people), page.share(share)),
        None => page.share(share),
    };
    let shares = [
        (
            good.map(|good| good.value),
            words("are", "gehören"),
            words("of category A or B", "zur Kategorie A oder B"),
        ),
        (
            never.map(|never| 1.0 - never.value),
            words("have", "hatten"),
            words("been in touch at least once", "schon einmal Kontakt"),
        ),
        (
            open.map(|open| open.value),
            words("are", "sind"),
            words("penguins (not sorted yet)", "Pinguine (noch nicht zugeordnet)"),
        ),
    ];
    let shares = shares
        .into_iter()
        .filter_map(|(share, verb, what)| Some((bold(&counted(share?)), page.say(verb), page.say(what))));
    let shares = shares.enumerate().map(|(at, (share, verb, what))| match (page.language, at) {
        (Language::English, 0) => format!("of all people known, {share} {verb} {what}"),
        (Language::German, 0) => format!("von allen bekannten Menschen {verb} {share} {what}"),
        _ => format!("{share} {verb} {what}"),
    });
    let shares = Some(shares.collect::<Vec<String>>().join(", ")).filter(|shares| !shares.is_empty());
    let parts: Vec<String> = target.into_iter().chain(met).chain(shares).collect();
    if parts.is_empty() {
        return None;
    }
    let begin = page.say(words("From mass to class: ", "Von Masse zu Klasse: "));
    let coverage = never.or(good).and_then(|told| told.coverage);
    Some(Sentence { coverage, ..sentence("classes", &format!("{begin}{}.", parts.join("; "))) })
}

/// The sum of a ranking over all members.
fn race_sum(page: &Page<'_>, ranking: &str) -> Option<f64> {
    let table = page.table("rankings")?;
    let values: Vec<f64> = (0..table.len())
        .filter(|row| look::text(table, "ranking", *row) == ranking)
        .filter_map(|row| look::number(table, "value", row))
        .collect();
    (!values.is_empty()).then(|| values.iter().sum())
}

/// Whether the gap closed, and whom to share next.
fn gap(page: &Page<'_>) -> Option<Sentence> {
    let gap = page.table("convergence").and_then(convergence::gap);
    let names = page.table("introductions").map(introductions).unwrap_or_default();
    let mut text = page
        .say(match gap {
            Some(Gap::Closing) => words(
                "The gap between the members became smaller.",
                "Der Abstand zwischen den Mitgliedern wurde kleiner.",
            ),
            Some(Gap::Steady) => words(
                "The gap between the members stayed about the same.",
                "Der Abstand zwischen den Mitgliedern blieb etwa gleich.",
            ),
            Some(Gap::Growing) => words(
                "The gap between the members became larger.",
                "Der Abstand zwischen den Mitgliedern wurde größer.",
            ),
            None => words("", ""),
        })
        .to_owned();
    if !names.is_empty() {
        let (who, all) = (names.join(", "), names.len());
        text.push_str(&match page.language {
            Language::English if all == 1 => format!(" Share this contact now: {who}."),
            Language::German if all == 1 => format!(" Diesen Kontakt jetzt teilen: {who}."),
            Language::English => {
                format!(" Share these {} contacts now: {who}.", bold(&page.count(all as f64)))
            }
            Language::German => {
                format!(" Diese {} Kontakte jetzt teilen: {who}.", bold(&page.count(all as f64)))
            }
        });
    }
    let (to, also) = if gap.is_some() {
        ("convergence", Some(("introductions", "introductions", words("Share", "Teilen"))))
    } else {
        ("introductions", None)
    };
    (!text.is_empty()).then(|| Sentence { also, ..sentence(to, text.trim_start()) })
}

/// The first five people to be shared.
fn introductions(table: &Table) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in 0..table.len() {
        let name = look::text(table, "name", row);
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.replace(MARK, ""));
        }
        if names.len() == 5 {
            break;
        }
    }
    names
}

/// One member: how many people through how many channels.
fn size(page: &Page<'_>) -> Option<Sentence> {
    let size = page.table("network_size")?;
    let owner = page.whole()?;
    let people = look::told(size, &[("member", owner), ("channel", "all")], page.reach())?.value;
    let mut channels: Vec<&str> = (0..size.len())
        .filter(|row| {
            look::text(size, "member", *row) == owner && look::number(size, "value", *row).is_some()
        })
        .map(|row| look::text(size, "channel", row))
        .filter(|channel| *channel != "all")
        .collect();
    channels.dedup();
    let through = channels.len() as f64;
    let text = format!(
        "{} {}, {} {} {}.",
        bold(&page.count(people)),
        page.counted(people, PERSON, PEOPLE),
        page.say(words("known through", "bekannt über")),
        bold(&page.count(through)),
        page.counted(through, words("channel", "Kanal"), words("channels", "Kanäle")),
    );
    Some(sentence("channels", &text))
}

/// One member: whether there are goals, and how far they are met.
fn goals(page: &Page<'_>) -> Option<Sentence> {
    if let Some(table) = page.table("targets") {
        let count = table.len() as f64;
        let who = page.counted(
            count,
            words("target: whether anybody is known there.", "Ziel: ob dort jemand bekannt ist."),
            words(
                "targets: who is known there, and where nobody is.",
                "Ziele: wer dort bekannt ist und wo niemand.",
            ),
        );
        return Some(sentence("targets", &format!("{} {who}", bold(&page.count(count)))));
    }
    (!page.has_goals).then(|| {
        sentence("classes", page.say(words(
            "No goals are set: with [goals] in the pipeline file the page tells who is on target.",
            "Es sind keine Ziele gesetzt: Mit [goals] in der Pipeline-Datei sagt die Seite, wer dazu passt.",
        )))
    })
}

/// One member: how much is due.
fn due(page: &Page<'_>) -> Option<Sentence> {
    let table = page.table("due")?;
    // The table is cut; its last column counts all.
    let all = look::number(table, "candidates", 0).unwrap_or(table.len() as f64);
    let count = bold(&page.count(all));
    let text = match page.language {
        Language::English => format!("Due (birthdays, thanks, follow-ups): {count}."),
        Language::German => format!("Fällig (Geburtstage, Dank, Wiedermelden): {count}."),
    };
    Some(sentence("due", &text))
}
