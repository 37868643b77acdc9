//! `hamstern evaluate`: how well people are told apart, against known answers.

use serde_json::{Value, json};

use super::run::job;
use super::screen::{Align, Grid, colours, grouped, print};
use crate::cli::{EvaluateArgs, RunArgs};
use crate::error::Result;
use crate::run::evaluate::{Evaluation, Fault, Faults, Rates, Side, evaluate};
use crate::text::visible;

/// Compares the inbox as it would be linked with the truth.
pub(super) fn run(args: &EvaluateArgs) -> Result<u8> {
    let job = job(&as_run(args), false)?;
    let evaluation = evaluate(&job, &args.truth, args.worst)?;
    if args.show.json {
        return print(&as_json(&evaluation));
    }
    let mut out = String::new();
    if !args.show.quiet {
        out.push_str(&text(&evaluation, colours(args.show)));
        out.push('\n');
    }
    out.push_str(&line(&evaluation));
    print(&out)
}

/// The same arguments as those of a run that publishes nothing.
fn as_run(args: &EvaluateArgs) -> RunArgs {
    RunArgs {
        pipeline: args.pipeline.clone().or_else(|| args.pipeline_file.clone()),
        inbox: args.inbox.clone(),
        out: args.out.clone(),
        country: args.country.clone(),
        lang: None,
        timezone: None,
        now: args.now,
        threads: args.threads,
        aggregate: false,
        dry_run: true,
        show: args.show,
    }
}

/// The one line for logs, of fixed order.
fn line(evaluation: &Evaluation) -> String {
    let Evaluation { figures, blocking, judged, persons, contacts, .. } = evaluation;
    format!(
        "hamstern: evaluated rows={judged} persons={persons} contacts={contacts} precision={} recall={} f1={} \
         b3_precision={} b3_recall={} b3_f1={} blocking_recall={} pairs_a_row={:.1}\n",
        share(figures.pairwise.precision),
        share(figures.pairwise.recall),
        share(figures.pairwise.f1),
        share(figures.b_cubed.precision),
        share(figures.b_cubed.recall),
        share(figures.b_cubed.f1),
        share(blocking.recall),
        blocking.pairs_a_row,
    )
}

/// Shares to four places; 1.0000 is said of what is perfect only.
fn share(share: f64) -> String {
    let most = if share < 1.0 { 0.9999 } else { 1.0 };
    format!("{:.4}", share.min(most))
}

fn text(evaluation: &Evaluation, colours: bool) -> String {
    let mut out = judged(evaluation);
    out.push('\n');
    out.push_str(&rates(evaluation, colours));
    out.push('\n');
    out.push_str(&curve(evaluation, colours));
    out.push_str(&sizes(evaluation));
    let threshold = evaluation.merge;
    out.push_str(&faults("joined wrongly", "contacts are several persons", &evaluation.merged, threshold));
    out.push_str(&faults("missed", "persons are several contacts", &evaluation.missed, threshold));
    out
}

/// What was judged and what was not.
fn judged(evaluation: &Evaluation) -> String {
    let Evaluation { truth, judged, repeats, persons, contacts, untold, ignored, touches, .. } = evaluation;
    let mut out = format!(
        "{} rows of {} persons were judged; hamstern makes {} contacts of them.\n",
        grouped(*judged),
        grouped(*persons),
        grouped(*contacts)
    );
    for (count, what) in [
        (*repeats, "of these rows repeat another row of the same source"),
        (*untold, "rows of the inbox are not in the truth and were left out"),
        (
            *ignored,
            "rows of the truth are by rule no contact, such as members' own entries, and were left out",
        ),
        (*touches, "rows of the truth only tell of a meeting or message and were left out"),
        (truth.repeated, "rows of the truth say again what another row says"),
    ] {
        if count > 0 {
            out.push_str(&format!("  {} {what}\n", grouped(count)));
        }
    }
    for (count, what) in [
        (truth.unmatched, "rows of the truth are not in the inbox"),
        (truth.contradicting, "rows of the truth contradict another; none of both counts"),
    ] {
        if count > 0 {
            out.push_str(&format!("! {} {what}\n", grouped(count)));
        }
    }
    for example in &truth.examples {
        out.push_str(&format!("    {}\n", visible(example)));
    }
    out
}

fn rates(evaluation: &Evaluation, colours: bool) -> String {
    let Evaluation { figures, blocking, .. } = evaluation;
    let mut grid = Grid::new(&[
        ("", Align::Left),
        ("precision", Align::Right),
        ("recall", Align::Right),
        ("F1", Align::Right),
        ("", Align::Left),
    ]);
    let mut row = |name: &str, rates: Rates, note: String| {
        grid.row(&[name.into(), share(rates.precision), share(rates.recall), share(rates.f1), note]);
    };
    row(
        "pairwise",
        figures.pairwise,
        format!(
            "{} right of {} pairs joined; {} true pairs",
            grouped(figures.right_pairs),
            grouped(figures.made_pairs),
            grouped(figures.true_pairs)
        ),
    );
    row("B-cubed", figures.b_cubed, String::new());
    let cut = match blocking.cut {
        0 => String::new(),
        cut => format!("; of {cut} persons with very many rows only a part"),
    };
    grid.row(&[
        "blocking".into(),
        String::new(),
        share(blocking.recall),
        String::new(),
        format!(
            "{} of {} true pairs are compared, {} of the others would be joined; {:.1} pairs a row, {} skipped{cut}",
            grouped(blocking.found_pairs),
            grouped(blocking.true_pairs),
            grouped(blocking.lost_pairs),
            blocking.pairs_a_row,
            grouped(blocking.skipped)
        ),
    ]);
    grid.render(colours)
}

fn curve(evaluation: &Evaluation, colours: bool) -> String {
    let mut grid = Grid::new(&[
        ("merged from", Align::Left),
        ("precision", Align::Right),
        ("recall", Align::Right),
        ("F1", Align::Right),
        ("B-cubed F1", Align::Right),
    ]);
    for (merge, figures) in &evaluation.curve {
        let used = (merge - evaluation.merge).abs() < 1e-12;
        grid.row(&[
            format!("{merge}{}", if used { "  <- in use" } else { "" }),
            share(figures.pairwise.precision),
            share(figures.pairwise.recall),
            share(figures.pairwise.f1),
            share(figures.b_cubed.f1),
        ]);
    }
    grid.render(colours)
}

fn sizes(evaluation: &Evaluation) -> String {
    let names = ["1 row", "2", "3 to 5", "6 to 10", "more"];
    let parts: Vec<String> = names
        .iter()
        .zip(evaluation.sizes)
        .map(|(name, count)| format!("{name}: {}", grouped(count)))
        .collect();
    format!("\nContacts by rows: {}; the largest has {}.\n", parts.join(", "), grouped(evaluation.largest))
}

fn faults(title: &str, what: &str, faults: &Faults, threshold: f64) -> String {
    let mut out = format!("\n{} pairs {title}: {} {what}.\n", grouped(faults.pairs), grouped(faults.count));
    for (why, pairs) in &faults.causes {
        let why = reworded(why, threshold);
        out.push_str(&format!("  {:>7}  {why}\n", grouped(*pairs)));
    }
    for (number, fault) in faults.worst.iter().enumerate() {
        let by_this = if fault.by_this == fault.pairs {
            String::new()
        } else {
            format!(", {} by this one", grouped(fault.by_this))
        };
        out.push_str(&format!(
            "\n{:>3}. {} pairs{by_this}: {} ({:+.1} bits, probability {:.4})\n",
            number + 1,
            grouped(fault.pairs),
            reworded(fault.why, threshold),
            fault.explanation.score,
            fault.explanation.probability,
        ));
        for side in &fault.sides {
            out.push_str(&format!("     {}\n", visible(&one_side(side))));
        }
        out.push_str(&format!("     = {}\n", sum(fault)));
    }
    out
}

fn reworded(why: &str, threshold: f64) -> String {
    if why == "below the threshold" { format!("{why} of {threshold}") } else { why.to_owned() }
}

/// A row in one line: where it stands, who it is, what it says.
fn one_side(side: &Side) -> String {
    let sheet = if side.sheet.is_empty() { String::new() } else { format!(" ({})", side.sheet) };
    let cells: Vec<&str> = side.cells.iter().map(|(_, text)| text.as_str()).collect();
    format!("{}{sheet} is {}: {}", side.place, side.person, cells.join(" | "))
}

/// The sum behind a pair, field by field.
fn sum(fault: &Fault) -> String {
    let part = |part: &crate::link::Part| {
        format!("{} {} {:+.1}", part.level.field(), part.level.name(), part.weight)
    };
    fault.explanation.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn as_json(evaluation: &Evaluation) -> String {
    let mut lines: Vec<Value> = Vec::new();
    for (kind, faults) in [("false_merge", &evaluation.merged), ("miss", &evaluation.missed)] {
        lines.extend(faults.worst.iter().map(|fault| fault_json(kind, fault)));
    }
    let Evaluation { truth, figures, blocking, merged, missed, .. } = evaluation;
    let causes = |faults: &Faults| {
        let list = faults.causes.iter().map(|(why, pairs)| json!({ "why": why, "pairs": pairs }));
        json!({ "pairs": faults.pairs, "count": faults.count, "causes": list.collect::<Vec<_>>() })
    };
    let curve: Vec<Value> = evaluation
        .curve
        .iter()
        .map(|(merge, figures)| {
            json!({ "merge": merge, "pairwise": figures.pairwise, "b_cubed": figures.b_cubed })
        })
        .collect();
    let [one, two, few, some, more] = evaluation.sizes;
    lines.push(json!({
        "message_type": "evaluation",
        "rows": evaluation.judged,
        "repeats": evaluation.repeats,
        "persons": evaluation.persons,
        "contacts": evaluation.contacts,
        "rows_without_truth": evaluation.untold,
        "rows_ignored": evaluation.ignored,
        "rows_only_touches": evaluation.touches,
        "truth": {
            "rows": truth.rows,
            "repeated": truth.repeated,
            "contradicting": truth.contradicting,
            "not_in_inbox": truth.unmatched,
            "examples": truth.examples,
        },
        "merge": evaluation.merge,
        "true_pairs": figures.true_pairs,
        "made_pairs": figures.made_pairs,
        "right_pairs": figures.right_pairs,
        "pairwise": figures.pairwise,
        "b_cubed": figures.b_cubed,
        "blocking": blocking,
        "curve": curve,
        "sizes": { "1": one, "2": two, "3-5": few, "6-10": some, "11+": more, "largest": evaluation.largest },
        "false_merges": causes(merged),
        "misses": causes(missed),
    }));
    let mut out = String::new();
    for line in lines {
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}

fn fault_json(kind: &str, fault: &Fault) -> Value {
    let side = |side: &Side| {
        let cells: serde_json::Map<String, Value> =
            side.cells.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
        json!({
            "row": side.place,
            "sheet": side.sheet,
            "member": side.member,
            "person": side.person,
            "cells": cells,
        })
    };
    let parts: Vec<Value> = fault
        .explanation
        .parts
        .iter()
        .map(|part| json!({ "field": part.level.field(), "level": part.level.name(), "weight": part.weight }))
        .collect();
    json!({
        "message_type": kind,
        "pairs": fault.pairs,
        "pairs_by_this": fault.by_this,
        "why": fault.why,
        "a": side(&fault.sides[0]),
        "b": side(&fault.sides[1]),
        "weight": fault.explanation.score,
        "probability": fault.explanation.probability,
        "parts": parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_perfect_is_not_called_perfect() {
        assert_eq!(share(0.999_999), "0.9999");
        assert_eq!(share(1.0), "1.0000");
        assert_eq!(share(0.998_999), "0.9990");
        assert_eq!(share(0.9951), "0.9951");
        assert_eq!(share(0.3), "0.3000");
    }
}
