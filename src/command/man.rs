//! `hamstern man`: the manual page.

use std::fmt::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use super::screen::print;
use crate::cli::{Cli, EXIT_CODES};
use crate::error::{Error, Kind, Result};

/// Prints the page of the program with one section a command and the exit codes.
pub(super) fn run() -> Result<u8> {
    let page = page()
        .map_err(|error| Error::new(Kind::Internal, format!("the manual page cannot be made: {error}")))?;
    print(&page)
}

fn page() -> std::io::Result<String> {
    let command = Cli::command();
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for part in command.get_subcommands() {
        let name = format!("hamstern {}", part.get_name());
        let _ = writeln!(page, ".SH \"{}\"", name.to_uppercase());
        page.push_str(&section(part.clone().bin_name(name))?);
    }
    page.push_str(".SH \"EXIT STATUS\"\n");
    for (code, meaning) in EXIT_CODES {
        let _ = writeln!(page, ".TP\n\\fB{code}\\fR\n{meaning}");
    }
    page.push_str(".TP\n\\fB128+n\\fR\nsignal n asked to stop; the last results are as they were\n");
    Ok(page)
}

/// What a command takes and does, its parts as sub-sections.
fn section(command: clap::Command) -> std::io::Result<String> {
    let mut text = Vec::new();
    let man = Man::new(command);
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    // The first lines only set up typography, which the page has done.
    let start = text.find(".SH").unwrap_or_default();
    Ok(text[start..].replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1))
}
