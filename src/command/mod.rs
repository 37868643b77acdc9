//! The commands, one file each, and how they end.

mod check;
mod completions;
mod evaluate;
mod explain;
pub mod init;
mod inspect;
mod label;
mod man;
mod report;
mod review;
mod run;
mod screen;
mod summary;
mod who;

use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use crate::cli::{Cli, Command};
use crate::error::{Error, Kind};
use crate::text::visible;

/// Runs a command. A fault of the program itself ends it with a message and exit code 70; what libraries
/// do on damaged files is caught where they are asked and does not reach the screen.
pub fn run_guarded(cli: Cli) -> ExitCode {
    let last = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&last);
    std::panic::set_hook(Box::new(move |what| {
        if let Ok(mut last) = heard.lock() {
            *last = what.to_string();
        }
    }));
    std::panic::catch_unwind(|| run(cli)).unwrap_or_else(|_| {
        let what = last.lock().map(|what| what.clone()).unwrap_or_default();
        let error = Error::new(Kind::Internal, format!("a fault of hamstern itself: {what}"))
            .hinted("nothing was published; please report it with this message");
        tell(&error);
        ExitCode::from(error.kind.exit_code())
    })
}

/// Runs a command; what it could not do goes to standard error, with what to do about it.
fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Init(args) => init::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Who(args) => who::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Label(args) => label::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man => man::run(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tell(&error);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

fn tell(error: &Error) {
    use std::io::Write;
    let mut out = std::io::stderr().lock();
    for line in error.message.lines() {
        let _ = writeln!(out, "hamstern: {}", visible(line));
    }
    if !error.hint.is_empty() {
        let _ = writeln!(out, "  hint: {}", visible(&error.hint));
    }
}
