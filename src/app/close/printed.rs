//! The close as lines for the printer: what was counted, how the sessions ended, what is open, who signed.

use crate::app::close::signed::with;
use crate::app::close::update::open_questions;
use crate::app::close::{count, says};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::close::tally;
use crate::domain::text;

/// The lines: no word of a note, no reason of an absence.
pub(super) fn lines(app: &App) -> Vec<String> {
    let Some(day) = app.day() else { return Vec::new() };
    let tally = tally(day);
    let mut lines = vec![
        app.policy().centre.to_string(),
        format!("Close   {}   {}", words::long_date(app.date), hm(app.now)),
        String::new(),
        format!("{} held   {} not held", tally.held, tally.not_held),
    ];
    match day.counted {
        Some((at, counted)) => lines.push(format!("Counted at {}   {}", hm(at), count::line(counted))),
        None => lines.push("Heads are not counted yet".to_owned()),
    }
    for (at, signed) in &day.signatures {
        let by = format!("{}{}", app.register.staff_name(signed.by), with(app, signed));
        lines.push(format!("Close {}   signed by {by} at {}", signed.close, hm(*at)));
    }
    let open = if day.is_signed() { Vec::new() } else { open_questions(app) };
    if !open.is_empty() && day.counted.is_some() {
        lines.extend([String::new(), "Still to answer".to_owned()]);
        let line = |q| format!("  [ ] {:<7} {}", says::label(day, q), says::question(app, day, q));
        lines.extend(open.iter().map(line));
    }
    text::marked(app.register.practice_mark(), lines)
}
