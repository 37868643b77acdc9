//! How the labels of a contact came to be: each with its reason, the ties, and the score as a sum.

use crate::contact::{Contact, Label, Scope};
use crate::label::tier::{PARTS, Score};
use crate::record::Channel;
use crate::run::hands::Survivors;
use crate::run::knowledge;
use crate::run::label::Labeller;
use crate::run::person::{Views, whole};
use crate::run::publish::as_of;
use crate::run::{Findings, Job};
use crate::scales;
use crate::table::{Language, Value, words};
use crate::words::{is_freemail, is_private_tag};

/// A label as it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelTold {
    /// The column of contacts.
    pub column: &'static str,
    /// Its value, as tables have it; empty when it is not known.
    pub value: String,
    /// The value in words.
    pub words: String,
    /// How sure it is, 0 to 1, where that is told.
    pub confidence: Option<f32>,
    /// Why.
    pub reason: String,
}

/// The tie of a member with the contact.
#[derive(Debug, Clone, PartialEq)]
pub struct TieTold {
    /// Id of the member.
    pub member: String,
    /// The tie in a word, as tables have it.
    pub band: &'static str,
    /// Its strength, 0 to 1; none when no touch is known.
    pub strength: Option<f32>,
    /// Share of the weights that is known, 0 to 1.
    pub coverage: f32,
    /// What it is made of, in words.
    pub parts: Vec<String>,
}

/// A part of the score.
#[derive(Debug, Clone, PartialEq)]
pub struct PartTold {
    /// What it is, in words.
    pub words: &'static str,
    /// Its value, 0 to 1; none when it is not known.
    pub value: Option<f32>,
    /// Its share of the score, so that the values times their shares add up to the score; of a part that is not
    /// known the weight it would count with.
    pub weight: f32,
}

/// Everything told of a contact's labels.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelsTold {
    /// Industry, level, function, place, scope, goals, wishes, category.
    pub labels: Vec<LabelTold>,
    /// The ties of all members.
    pub ties: Vec<TieTold>,
    /// The score, 0 to 1.
    pub score: Option<f32>,
    /// Share of its weights that is known.
    pub coverage: f32,
    /// Its parts.
    pub parts: Vec<PartTold>,
}

impl Findings {
    /// The labels of a contact by its number in the order of contacts.
    pub(super) fn labels(&self, job: &Job, place: u32) -> LabelsTold {
        let Findings { store, cleaned, people, exports, team, locale, inbox, .. } = self;
        let known =
            knowledge::gather(store, &cleaned.cells, people, exports, team, locale, inbox.members.len());
        let views =
            Views { store, cells: &cleaned.cells, people, known: &known, pipeline: &job.workspace.pipeline };
        let survivors = Survivors::new(&self.memory.redirects, &people.contacts);
        let hands = self.hands.in_force(&survivors, job.today);
        let labeller = Labeller::new(
            views,
            (&self.aims, &hands),
            &inbox.members,
            locale,
            (as_of(exports, job.today), job.today),
            &self.memory.tiers,
        );
        let (mut contact, _) = whole(views, place);
        let score = labeller.label(place, &mut contact).score;
        let ties = labeller
            .ties(place)
            .map(|(member, strength)| TieTold {
                member: inbox.members[usize::from(member)].id.clone(),
                band: strength.band.name(),
                strength: strength.score,
                coverage: strength.coverage,
                parts: strength.words(locale.language),
            })
            .collect();
        told(&contact, ties, score.as_ref(), &self.aims.tier.weights, locale.language)
    }
}

fn told(
    contact: &Contact,
    ties: Vec<TieTold>,
    score: Option<&Score>,
    weights: &[f32; 4],
    language: Language,
) -> LabelsTold {
    let mut labels = basic(contact, language);
    let own = &contact.labels;
    let joined = |texts: &[std::sync::Arc<str>]| texts.join(", ");
    let place: Vec<&str> = [&contact.city, &contact.region, &contact.country]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let plain = |column, value: String, reason: String| LabelTold {
        column,
        words: value.clone(),
        value,
        confidence: None,
        reason,
    };
    labels.push(plain("place", place.join(", "), place_reason(contact, language)));
    labels.push(plain("scope", contact.scope.name().to_owned(), scope_reason(contact, language)));
    labels.push(plain("goals", joined(&own.goals), String::new()));
    let tier = &own.tier;
    labels.push(LabelTold {
        column: "tier",
        value: tier.letter.map_or("", crate::contact::Letter::name).to_owned(),
        words: crate::contact::animal(contact.kind, tier.letter).to_owned(),
        confidence: None,
        reason: tier.reason.to_string(),
    });
    let parts = score.map_or(&[][..], |score| &score.parts);
    let used: f32 = parts.iter().flatten().map(|(_, weight)| weight).sum();
    let parts = PARTS.iter().zip(parts).zip(weights).map(|((words, part), weight)| PartTold {
        words: words.in_language(language),
        value: part.map(|(value, _)| value),
        weight: part.map_or(*weight, |(_, weight)| weight / used),
    });
    LabelsTold {
        labels,
        ties,
        score: score.and_then(|score| score.value),
        coverage: score.map_or(0.0, |score| score.coverage),
        parts: parts.collect(),
    }
}

/// Why a place is what it is; tables leave out what stands as it was given.
pub(in crate::run) fn place_reason(contact: &Contact, language: Language) -> String {
    let reason = &contact.labels.place_reason;
    let known = [&contact.city, &contact.region, &contact.country].iter().any(|part| !part.is_empty());
    if known && reason.is_empty() {
        return words("as given", "wie angegeben").in_language(language).to_owned();
    }
    reason.to_string()
}

/// Why somebody counts as known for business or in private life only.
fn scope_reason(contact: &Contact, language: Language) -> String {
    let private = contact.scope == Scope::Private;
    if let Some(tag) = contact.tags.iter().find(|tag| is_private_tag(tag) == Some(private)) {
        return match language {
            Language::English => format!("tag \u{201c}{tag}\u{201d}"),
            Language::German => format!("Schlagwort \u{201e}{tag}\u{201c}"),
        };
    }
    let address = |email: &String| email.split_once('@').is_some_and(|(_, domain)| !is_freemail(domain));
    let known = !contact.company.is_empty() || !contact.position.is_empty();
    let phone =
        !contact.channels.is_empty() && contact.channels.iter().all(|channel| *channel == Channel::Phone);
    let why = match (private, known, contact.emails.iter().any(address)) {
        (false, true, _) => words("company or position known", "Firma oder Position bekannt"),
        (false, false, true) => words("business e-mail address", "geschäftliche E-Mail-Adresse"),
        (false, false, false) if !phone => words("not only in a phone", "steht nicht nur in einem Telefon"),
        (true, false, false) if phone => words(
            "only in a phone, without company and business e-mail address",
            "steht nur in einem Telefon, ohne Firma und geschäftliche E-Mail-Adresse",
        ),
        _ => words("a member says so", "ein Mitglied sagt es"),
    };
    why.in_language(language).to_owned()
}

/// Industry, level and function.
pub(in crate::run) fn basic(contact: &Contact, language: Language) -> Vec<LabelTold> {
    let labels = &contact.labels;
    let told = |column, label: &Option<Label>, scale: &'static [Value]| {
        let value = label.as_ref().map_or("", |label| label.value);
        LabelTold {
            column,
            value: value.to_owned(),
            words: scales::named(scale, value)
                .map_or("", |value| value.title.in_language(language))
                .to_owned(),
            confidence: label.as_ref().map(|label| label.confidence),
            reason: label.as_ref().map_or(String::new(), |label| label.reason.to_string()),
        }
    };
    vec![
        told("industry", &labels.industry, scales::sectors()),
        told("seniority", &labels.seniority, scales::levels()),
        told("function", &labels.function, scales::functions()),
    ]
}
