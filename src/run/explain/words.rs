//! Words of explanations: verdicts and probabilities.

use crate::link::Verdict;

/// The stable word of a verdict.
pub(super) fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Joined => "joined",
        Verdict::DecidedSame => "decided_same",
        Verdict::Through => "through",
        Verdict::DecidedDifferent(..) => "decided_different",
        Verdict::TwoOfOneList(..) => "two_of_one_list",
        Verdict::Below => "below",
        Verdict::NotCompared => "not_compared",
        Verdict::Contradicted(_) => "contradicted",
        Verdict::SetAside => "set_aside",
    }
}

/// A probability in per cent, with more digits where it comes near to certainty.
pub fn percent(probability: f64) -> String {
    let away = probability.min(1.0 - probability);
    match away {
        _ if away >= 0.01 => format!("{:.0} %", probability * 100.0),
        _ if away >= 0.0005 => format!("{:.1} %", probability * 100.0),
        _ if probability > 0.5 => "over 99.9 %".to_owned(),
        _ => "under 0.1 %".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_told_as_finely_as_they_matter() {
        for (probability, words) in [
            (0.5, "50 %"),
            (0.98, "98 %"),
            (0.996, "99.6 %"),
            (0.99999, "over 99.9 %"),
            (1e-6, "under 0.1 %"),
        ] {
            assert_eq!(percent(probability), words);
        }
    }
}
