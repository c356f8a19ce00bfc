//! What the terminal says of a dry run: counts first, then what is worth knowing, then faults.

use std::fmt::{Display, Write};

use crate::import::counts::Counts;
use crate::import::faults::{Faults, Notices, Table};

/// Most notices that are printed.
const NOTICES: usize = 200;
/// Most faults that are printed.
const FAULTS: usize = 100;

pub(crate) fn of_plan(counts: &Counts, entries: usize, notices: &Notices) -> String {
    let mut out = format!("{:<14}{:>9}{:>9}{:>9}{:>9}\n", "", "in all", "new", "changed", "same");
    for (words, tally) in counts.each() {
        line(
            &mut out,
            format_args!("{words:<14}{:>9}{:>9}{:>9}{:>9}", tally.total(), tally.new, tally.changed, tally.same),
        );
    }
    out.push('\n');
    match entries {
        0 => out.push_str("Nothing to write: the register holds all of this already.\n"),
        n => line(&mut out, format_args!("To write: {}.", counted(n, "entry", "entries"))),
    }
    list(&mut out, "Worth knowing", &notices.list, notices.count(), NOTICES);
    out
}

pub(crate) fn of_faults(faults: &Faults) -> String {
    let read: Vec<String> =
        Table::ALL.iter().zip(faults.rows).map(|(table, rows)| format!("{} {rows}", table.file())).collect();
    let mut out = format!("Rows read: {}.\n", read.join(", "));
    list(&mut out, "Worth knowing", &faults.notices.list, faults.notices.count(), NOTICES);
    list(&mut out, "To put right", &faults.list, faults.count(), FAULTS);
    out.push_str("\nNothing was written. Put these right in the files, and run the import again.\n");
    out
}

/// `1 person`, `3 people`
pub(crate) fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

fn list<T: Display>(out: &mut String, title: &str, items: &[T], count: usize, most: usize) {
    if count == 0 {
        return;
    }
    line(out, format_args!("\n{title} ({count}):"));
    for item in items.iter().take(most) {
        line(out, format_args!("  {item}"));
    }
    let more = count.saturating_sub(items.len().min(most));
    if more > 0 {
        line(out, format_args!("  and {more} more"));
    }
}

fn line(out: &mut String, words: std::fmt::Arguments) {
    writeln!(out, "{words}").expect("a String takes all that is written to it");
}
