//! Progress bars on a terminal, nothing elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Makes the bars of a run; where nobody watches, they draw nothing.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// Bars on standard error when `wanted` and it is a terminal.
    pub fn new(wanted: bool) -> Progress {
        use std::io::IsTerminal;
        Progress { shown: wanted && std::io::stderr().is_terminal() }
    }

    /// A bar that fills up to a size in bytes.
    pub fn bytes(self, what: &'static str, total: u64) -> ProgressBar {
        self.bar(what, total, "{prefix:>9} [{bar:30}] {bytes}/{total_bytes} {eta}")
    }

    /// A bar that fills up to a number of things.
    pub fn count(self, what: &'static str, total: u64) -> ProgressBar {
        self.bar(what, total, "{prefix:>9} [{bar:30}] {human_pos}/{human_len} {eta}")
    }

    fn bar(self, what: &'static str, total: u64, template: &str) -> ProgressBar {
        let target = if self.shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target).with_prefix(what);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        if self.shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        bar
    }
}
