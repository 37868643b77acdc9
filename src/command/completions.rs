//! `hamstern completions`: a completion script for a shell.

use clap::CommandFactory;

use super::screen::print;
use crate::cli::{Cli, CompletionsArgs};
use crate::error::Result;

/// Prints the script.
pub(super) fn run(args: &CompletionsArgs) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hamstern", &mut script);
    print(&String::from_utf8_lossy(&script))
}
