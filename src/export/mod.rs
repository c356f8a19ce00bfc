//! JSON and text out: a day, its log, who is in, for whoever may read the whole register.

mod course;
mod day;
mod fill;
mod log;
mod roll;
mod sheets;
mod text;

pub use day::{
    AbsenceOut, CountedOut, CountsOut, DayOut, FORMAT, MovementOut, NoteOut, OwedOut, PauseOut, PersonOut, QuestionOut,
    ResponsibleOut, SessionOut, SignedOut, StaffOut, VisitorOut,
};
pub use fill::day;
pub use log::{EntryOut, LogOut, SourceOut, files_in_log, log, log_text};
pub use roll::{AwayOut, InOut, RollOut, roll};
pub use sheets::{desk_sheet, sealed_sheet};
pub use text::day_text;

/// A value as JSON, in lines, so that two days can be laid side by side.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(what: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(what)
}

/// A day as a JSON value.
///
/// # Errors
/// It cannot be written as JSON.
pub fn day_json(
    register: &crate::domain::register::Register,
    date: chrono::NaiveDate,
    now: crate::domain::codes::Moment,
) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::to_value(day(register, date, now))
}
