//! Trying labels on one made-up case, without any inbox.

use super::aims::Aims;
use super::evidence::Evidence;
use super::explain::LabelTold;
use super::explain::labels::{basic, place_reason};
use super::locale;
use super::workspace::Workspace;
use crate::contact::Contact;
use crate::error::Result;
use crate::store::Store;
use crate::table::Language;

/// What somebody asks about.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// Employer.
    pub company: String,
    /// Job title.
    pub title: String,
    /// E-mail address, or a domain.
    pub email: String,
    /// City or location.
    pub place: String,
}

/// Industry, level, function and place of a case, as a run would label it; the workspace gives the team's own
/// table, its country and its language.
///
/// # Errors
/// When a file that the pipeline file names cannot be read.
pub fn attempt(
    workspace: Option<&Workspace>,
    case: &Attempt,
    language: Option<Language>,
) -> Result<Vec<LabelTold>> {
    let pipeline = workspace.map(|workspace| workspace.pipeline.clone()).unwrap_or_default();
    let mut locale = locale::settle(&pipeline, &Store::default(), "");
    let told = language.or(pipeline.reports.language).or(pipeline.team.language);
    locale.language = told.unwrap_or_default();
    let aims = match workspace {
        Some(workspace) => Aims::load(workspace, locale.language)?,
        None => Aims::default(),
    };
    let email = if case.email.contains('@') || case.email.is_empty() {
        case.email.clone()
    } else {
        format!("x@{}", case.email)
    };
    let mut contact = Contact {
        company: case.company.clone(),
        position: case.title.clone(),
        emails: Some(email.to_lowercase()).filter(|email| !email.is_empty()).into_iter().collect(),
        city: case.place.clone(),
        ..Contact::default()
    };
    let evidence = Evidence::new(&aims, &locale);
    let (labels, _) = evidence.alone(&mut contact, |contact, said| evidence.read(contact, said));
    contact.labels = labels;
    let mut told = basic(&contact, locale.language);
    let parts = [&contact.city, &contact.region, &contact.country];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let value = parts.join(", ");
    told.push(LabelTold {
        column: "place",
        words: value.clone(),
        value,
        confidence: None,
        reason: place_reason(&contact, locale.language),
    });
    Ok(told)
}
