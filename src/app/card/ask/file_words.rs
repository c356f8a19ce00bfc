//! What a file says of a pair and of an instruction: since when, by whom, until when; why only for who reads notes.

use chrono::{Datelike, NaiveDate};

use crate::app::state::App;
use crate::domain::case::Instruction;
use crate::domain::event::By;
use crate::domain::pairs::{Mark, Spell};
use crate::domain::policy::Power;

/// `3 November`, and the year where it is another than this one's.
pub(super) fn day_month(date: NaiveDate) -> String {
    date.format("%-d %B").to_string()
}

pub(in crate::app::card) fn date_words(app: &App, date: NaiveDate) -> String {
    if date.year() == app.date.year() { day_month(date) } else { date.format("%-d %B %Y").to_string() }
}

/// Who is at the desk may read reasons.
pub(in crate::app::card) fn reads_reasons(app: &App) -> bool {
    app.staff_view() && app.who.is_some_and(|who| app.policy().may(app.register.role(who), Power::ReadNotes))
}

/// `21 November, Ruth: bail`
fn mark(app: &App, mark: &Mark) -> String {
    let by = match mark.by {
        By::Staff(staff) => format!(", {}", app.register.staff_name(staff)),
        By::Program => String::new(),
    };
    let why = mark.why.as_ref().filter(|_| reads_reasons(app)).map(|w| format!(": {w}")).unwrap_or_default();
    format!("{}{by}{why}", date_words(app, mark.at.date_naive()))
}

/// `since 21 November, Ruth: bail`
pub(super) fn spell_line(app: &App, spell: &Spell) -> String {
    format!("since {}", mark(app, &spell.opened))
}

/// The history of a pair, a line a spell.
pub(super) fn before(app: &App, spells: &[Spell]) -> Vec<String> {
    let line = |spell: &Spell| match &spell.closed {
        None => format!("Holds   since {}", mark(app, &spell.opened)),
        Some(closing) if closing.merged => {
            format!("Before  {}; put together with another on {}", mark(app, &spell.opened), mark(app, &closing.mark))
        }
        Some(closing) => format!("Before  {}; ended {}", mark(app, &spell.opened), mark(app, &closing.mark)),
    };
    spells.iter().map(line).collect()
}

/// `until 3 December`, `from 1 December`, `its paper ended on 3 November`.
pub(super) fn instruction_line(app: &App, instruction: &Instruction) -> String {
    let until = match (instruction.ended_on(app.date), instruction.to) {
        (Some(to), _) => format!("its paper ended on {}", date_words(app, to)),
        (None, Some(to)) => format!("until {}", date_words(app, to)),
        (None, None) => String::new(),
    };
    let from = match instruction.from > app.date {
        true => format!("from {}", date_words(app, instruction.from)),
        false => String::new(),
    };
    let why = instruction.reason.as_ref().filter(|_| reads_reasons(app)).map(ToString::to_string);
    [from, until, why.unwrap_or_default()].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}
