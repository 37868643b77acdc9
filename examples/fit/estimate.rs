//! Estimating m and u from counts, held against the table by thought.

use hamstern::link::Level;

use super::count::{Counts, none};

/// True pairs that the table by thought weighs as much as, for each field.
const HELD: f64 = 1000.0;
/// Pairs of two people in which a level is met, that the table by thought weighs as much as.
const HELD_MET: f64 = 10.0;
/// No level moves further from the table by thought than this many bits in m or u.
const FURTHEST: f64 = 1.0;

/// What is said of a level.
#[derive(Clone)]
pub(crate) struct Row {
    /// The level.
    pub(crate) level: Level,
    /// Its share among true pairs.
    pub(crate) m: f64,
    /// Its share among pairs of two people, or what its meaning says.
    pub(crate) u: f64,
    /// What it means.
    pub(crate) meaning: String,
    /// Where m and u come from.
    pub(crate) origin: String,
}

/// Levels of which a true pair has exactly one where both records have a value: their m is fitted.
///
/// The others are left to thought; [`reason`] says why.
const FIELDS: [&[&str]; 7] = [
    &["given exact", "given prefix", "given typo", "given alike"],
    &["family exact", "family typo", "family alike"],
    &["middle equal", "middle initial"],
    &["city equal", "city close", "city different"],
    &["postcode equal", "postcode close", "postcode different"],
    &["street equal", "street close", "street different"],
    &[
        "birthday equal",
        "birthday typo",
        "birthday swapped",
        "birthday two_parts",
        "birthday one_part",
        "birthday different",
    ],
];

/// Levels with a u that is a plain share among pairs of two people: it is fitted.
const PLAIN: [&str; 27] = [
    "given prefix",
    "given typo",
    "given alike",
    "given near",
    "given different",
    "family typo",
    "family alike",
    "family near",
    "family different",
    "middle equal",
    "middle different",
    "email close",
    "email close_name",
    "email local",
    "company similar",
    "company different",
    "position different",
    "city close",
    "city different",
    "postcode close",
    "postcode different",
    "street close",
    "street different",
    "birthday two_parts",
    "birthday one_part",
    "birthday different",
    "birthday typo",
];

/// The name of a level as the lists above have it.
pub(crate) fn name(level: Level) -> String {
    format!("{} {}", level.field(), level.name())
}

/// Moves the table by thought to what was counted.
pub(crate) fn estimate(thought: &[Row], counts: &[(Counts, f64)]) -> Vec<Row> {
    thought.iter().map(|row| fitted(row, thought, counts)).collect()
}

fn fitted(row: &Row, thought: &[Row], counts: &[(Counts, f64)]) -> Row {
    let wanted = name(row.level);
    let mut row = row.clone();
    let mut told = Vec::new();
    if let Some(field) = FIELDS.iter().find(|field| field.contains(&wanted.as_str())) {
        let (met, pairs) = voted(row.level, &of(thought, field), counts);
        if pairs >= 1.0 {
            let all: f64 =
                thought.iter().filter(|row| field.contains(&name(row.level).as_str())).map(|row| row.m).sum();
            let m = (met + HELD * row.m / all) / (pairs + HELD) * all;
            told.push(format!("m fitted from {pairs:.0} pairs (by thought {})", row.m));
            row.m = near(m, row.m);
        }
    }
    if PLAIN.contains(&wanted.as_str()) {
        let (met, pairs) = random(row.level, counts);
        if pairs >= 1.0 {
            let u = (met + HELD_MET) / (pairs + HELD_MET / row.u);
            told.push(format!("u from {pairs:.0} (by thought {})", row.u));
            row.u = near(u, row.u);
        }
    }
    if told.is_empty() {
        told.push(format!("by thought: {}", reason(row.level)));
    }
    row.origin = told.join("; ");
    row
}

/// Why a level is left to thought.
fn reason(level: Level) -> &'static str {
    match (level.field(), level.name()) {
        ("company" | "position", _) => "the generator decides how often people change",
        ("email" | "phone", "equal") => "who shares one is counted in the data",
        ("email" | "phone", _) => "the generator decides how many each has",
        ("linkedin" | "xing" | "entry" | "connected_on", _) => "rules of the networks, not of chance",
        ("external_id", _) => "ids differ from register to register",
        (_, "initial" | "equal_yearless") => "given that the value is cut short",
        (_, "nickname" | "pet" | "shown" | "part") => "given that the name has such a form",
        ("entries", "twice" | "together" | "caution" | "rivals") => "follows from the other levels",
        ("name" | "export" | "kind" | "prior", _) | (_, "different" | "near" | "swapped") => {
            "invented people cannot teach it"
        }
        _ => "no data",
    }
}

/// Holds a value near the one by thought, and away from certainty.
fn near(value: f64, thought: f64) -> f64 {
    let far = FURTHEST.exp2();
    value.clamp(thought / far, (thought * far).min(0.995))
}

fn of(thought: &[Row], names: &[&str]) -> Vec<Level> {
    thought.iter().map(|row| row.level).filter(|level| names.contains(&name(*level).as_str())).collect()
}

/// True pairs with a level, and with any of its field, of each kind of data as many as count.
fn voted(level: Level, field: &[Level], counts: &[(Counts, f64)]) -> (f64, f64) {
    let (mut met, mut pairs) = (0.0, 0.0);
    for (counts, most) in counts {
        let of = |level: Level| counts.of_true[level as usize] as f64;
        let all: f64 = field.iter().map(|level| of(*level)).sum();
        let scale = (most / all.max(1.0)).min(1.0);
        met += of(level) * scale;
        pairs += all * scale;
    }
    (met, pairs)
}

/// Pairs of two people with a level, and with any of its field.
fn random(level: Level, counts: &[(Counts, f64)]) -> (f64, f64) {
    let mut all = none();
    for (counts, _) in counts {
        all.iter_mut().zip(&counts.of_others).for_each(|(all, one)| *all += one);
    }
    let field = Level::ALL.iter().filter(|other| other.field() == level.field());
    let pairs: u64 = field.map(|level| all[*level as usize]).sum();
    (all[level as usize] as f64, pairs as f64)
}
