//! The command line: arguments to a command to an exit code.

use std::process::ExitCode;

use clap::Parser;
use hamstern::cli::Cli;
use hamstern::command;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            // Help and version are asked for; anything else is a wrong command line.
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    command::run_guarded(cli)
}
