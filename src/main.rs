//! The command line: arguments to a command to an exit code.

fn main() {}
