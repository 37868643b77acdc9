//! Stages: how many seconds each part of a run took, for the manifest.

use std::time::Instant;

/// The stages done so far, each with its seconds of wall time.
pub(super) struct Stages {
    started: Instant,
    lap: Instant,
    done: Vec<(&'static str, f64)>,
}

impl Stages {
    /// Starts the first stage.
    pub(super) fn start() -> Stages {
        let now = Instant::now();
        Stages { started: now, lap: now, done: Vec::new() }
    }

    /// Ends a stage and starts the next. A stage that ends more than once counts all its times.
    pub(super) fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        let seconds = now.duration_since(self.lap).as_secs_f64();
        self.lap = now;
        match self.done.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, sum)) => *sum += seconds,
            None => self.done.push((stage, seconds)),
        }
    }

    /// Seconds since the run began.
    pub(super) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// The part `run` of the manifest: seconds in all and by stage, to the millisecond.
    pub(super) fn told(&self) -> serde_json::Value {
        let rounded = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        serde_json::json!({
            "seconds": rounded(self.seconds()),
            "threads": rayon::current_num_threads(),
            "stages": self.done.iter().map(|(stage, seconds)| serde_json::json!({ "stage": stage, "seconds": rounded(*seconds) })).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_ends_twice_counts_once_with_all_its_time() {
        let mut stages = Stages::start();
        for stage in ["reading", "writing", "reading"] {
            stages.end(stage);
        }
        let told = stages.told();
        let names: Vec<&str> =
            told["stages"].as_array().unwrap().iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
        assert_eq!(names, ["reading", "writing"]);
        let sum: f64 = stages.done.iter().map(|(_, seconds)| seconds).sum();
        assert!(sum <= stages.seconds());
    }
}
