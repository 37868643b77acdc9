//! Signals: asked to stop, a run stops between two steps and leaves the last results as they were.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::error::{Error, Kind, Result};

static ASKED: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// Watches for signals that ask to stop.
pub(super) fn watch() {
    ASKED.get_or_init(|| {
        let asked = Arc::new(AtomicUsize::new(0));
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
        {
            // A signal that cannot be watched ends the program at once, as it would without this.
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&asked), signal as usize);
            // A second one does so in any case.
            let again = Arc::new(std::sync::atomic::AtomicBool::new(false));
            let _ =
                signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again));
            let _ = signal_hook::flag::register(signal, again);
        }
        asked
    });
}

/// Ends the run if a signal asked for it.
///
/// # Errors
/// [`Kind::Signal`] with the number of the signal.
pub(super) fn check() -> Result<()> {
    match ASKED.get().map_or(0, |asked| asked.load(Ordering::Relaxed)) {
        0 => Ok(()),
        number => Err(Error::new(
            Kind::Signal(number as i32),
            format!("stopped by signal {number}; the last results are as they were"),
        )),
    }
}
