//! All that can reach `update`, and all that it can ask for.

use std::sync::Arc;
use std::time::Duration;

use crate::app::key::Key;
use crate::app::screen::Size;
use crate::domain::codes::Moment;
use crate::domain::event::{Draft, Entry};
use crate::domain::find::Names;
use crate::domain::ids::{Ids, NoteId, StaffId};
use crate::domain::past::{Brought, Want};
use crate::domain::text::Text;

/// Something that reached the program.
#[derive(Debug, Clone)]
pub enum Action {
    /// A key was pressed.
    Key {
        /// Which.
        key: Key,
        /// When, by the clock.
        now: Moment,
        /// When, by a clock that never goes back: since the start.
        since_start: Duration,
        /// The ids that what it writes may deal.
        ids: Ids,
    },
    /// Text was pasted.
    Paste {
        /// As it came.
        text: String,
        /// When, by the clock.
        now: Moment,
    },
    /// More came than hands can type, or keys on the heels of a paste: it was left out.
    Flooded,
    /// The terminal has another size.
    Resized(Size),
    /// Time has gone on.
    Tick {
        /// What the clock says.
        now: Moment,
        /// Since the start.
        since_start: Duration,
    },
    /// What was to be appended is on disk.
    Stored(Vec<Entry>),
    /// It is not: what happened, what was kept, what to do.
    NotStored(String),
    /// What was asked for was read; `None`: it could not be.
    Brought(Want, Option<Brought>),
    /// Everybody on file, to be found.
    Names(Arc<Names>),
    /// Nothing more can be written, and why.
    Trouble(String),
    /// The book is known to have been open then.
    WasOpen(Moment),
    /// A draft that was left when the program last ended.
    Draft {
        /// Whose.
        staff: StaffId,
        /// Of which note; `None`: a draft from before that was kept.
        note: Option<NoteId>,
        /// The words.
        words: Text,
    },
}

/// Something that `update` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Append these as one act; `Stored` or `NotStored` comes back.
    Append(Vec<Draft>),
    /// Read this of the book; `Brought` comes back.
    Read(Want),
    /// Keep what is being typed, in place of what was kept before; empty words erase it.
    KeepDraft {
        /// Whose.
        staff: StaffId,
        /// Of which note.
        note: Option<NoteId>,
        /// The words.
        words: Text,
    },
    /// Write the roll as a text file for the printer; the path is shown.
    PrintRoll(Vec<String>),
    /// Write the paper sheets of the day as text files for the printer.
    PrintSheets {
        /// The sealed one too: it has numbers and names.
        sealed: bool,
        /// Somebody asked for them: where they lie is said.
        asked: bool,
    },
    /// The same for the close of the day.
    PrintClose(Vec<String>),
    /// Of a practice clock that stands: go on to that time.
    ClockTo(Moment),
    /// End the program.
    Quit,
}
