//! `hamstern label`: the labels of one case, with their reasons.

use std::path::Path;

use serde_json::json;

use super::explain::{label_rows, labels_json};
use super::screen::{colours, print};
use crate::cli::LabelArgs;
use crate::error::Result;
use crate::pipeline::Language;
use crate::run::attempt::{Attempt, attempt};
use crate::run::workspace::Workspace;

/// Labels what the arguments name.
pub(super) fn run(args: &LabelArgs) -> Result<u8> {
    // Without a pipeline file there is nothing of the team's own to go by.
    let usual = Path::new("hamstern.toml");
    let file = args.pipeline.as_deref().or_else(|| usual.exists().then_some(usual));
    let workspace = file.map(Workspace::from_pipeline).transpose()?;
    let case = Attempt {
        company: args.company.clone().unwrap_or_default(),
        title: args.title.clone().unwrap_or_default(),
        email: args.email.clone().unwrap_or_default(),
        place: args.place.clone().unwrap_or_default(),
    };
    let language = args.lang.as_deref().and_then(Language::from_name);
    let labels = attempt(workspace.as_ref(), &case, language)?;
    if args.show.json {
        let line = json!({ "message_type": "labels", "labels": labels_json(&labels) });
        print(&format!("{line}\n"))?;
    } else if !args.show.quiet {
        print(&label_rows(&labels, colours(args.show)))?;
    }
    Ok(0)
}
