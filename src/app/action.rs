//! All that can reach `update`, and all that it can ask for.

use std::sync::Arc;
use std::time::Duration;

use crate::app::first::SetUp;
use crate::app::key::Key;
use crate::app::lock::{NotUnlocked, Unlocked};
use crate::app::people::{Listed, PeopleAct, PeopleDone};
use crate::app::screen::Size;
use crate::app::secret::Secret;
use crate::domain::codes::Moment;
use crate::domain::event::{Draft, Entry};
use crate::domain::find::Names;
use crate::domain::ids::{CaseId, DayId, Ids, NoteId, StaffId};
use crate::domain::past::{Brought, Want};
use crate::domain::text::Text;

/// Something that reached the program. What was typed or pasted may be a passphrase: `Debug` does not show it.
#[derive(Clone)]
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
    /// What was done with the register is on disk: a look into a file, a print. Empty: it could not be written.
    Beside(Vec<Entry>),
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
    /// Number and passphrase were right: the register is open to this person.
    Unlocked(Box<Unlocked>),
    /// They were not, or it could not be opened.
    NotUnlocked(NotUnlocked),
    /// The directory is made again, which reads all of the book; the answer that is waited for comes after.
    Making {
        /// Entries that were read.
        read: u64,
        /// Of so many.
        of: u64,
    },
    /// Of `Prove`: they were right, and this is who it was. Whoever has the desk still has it.
    Proved(StaffId),
    /// They were not.
    NotProved(NotUnlocked),
    /// Of `Recover`: the words were right, and this is the new passphrase of that number. The register stays locked.
    Recovered {
        /// Whose.
        number: u8,
        /// To be shown once.
        passphrase: Secret,
    },
    /// Five words that nobody has had before.
    Offered(Secret),
    /// Everybody who may open the register, and who could.
    People(Vec<Listed>),
    /// An act on people is done, and what it wrote has been told as `Stored`.
    PeopleDone(PeopleDone),
    /// It is not: what happened, what was kept, what to do.
    PeopleNot(String),
    /// Of `SetUp`: the keys are made and nothing is on disk yet; the 26 words, to be shown once.
    SetUpMade(Secret),
    /// The register could not be set up: what happened, what was kept, what to do.
    SetUpNot(String),
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Key { key: Key::Char(_), .. } => "Key(a character)",
            Self::Key { key, .. } => return write!(f, "Key({key})"),
            Self::Paste { .. } => "Paste",
            Self::Flooded => "Flooded",
            Self::Resized(size) => return write!(f, "Resized({size:?})"),
            Self::Tick { now, .. } => return write!(f, "Tick({now})"),
            Self::Stored(entries) => return write!(f, "Stored({entries:?})"),
            Self::NotStored(why) => return write!(f, "NotStored({why:?})"),
            Self::Beside(entries) => return write!(f, "Beside({entries:?})"),
            Self::Brought(want, _) => return write!(f, "Brought({want:?})"),
            Self::Names(_) => "Names",
            Self::Trouble(why) => return write!(f, "Trouble({why:?})"),
            Self::WasOpen(at) => return write!(f, "WasOpen({at})"),
            Self::Draft { .. } => "Draft",
            Self::Unlocked(unlocked) => return write!(f, "Unlocked({})", unlocked.who),
            Self::NotUnlocked(why) => return write!(f, "NotUnlocked({why:?})"),
            Self::Making { read, of } => return write!(f, "Making({read} of {of})"),
            Self::Proved(staff) => return write!(f, "Proved({staff})"),
            Self::NotProved(why) => return write!(f, "NotProved({why:?})"),
            Self::Recovered { number, .. } => return write!(f, "Recovered({number})"),
            Self::Offered(_) => "Offered",
            Self::People(all) => return write!(f, "People({})", all.len()),
            Self::PeopleDone(done) => return write!(f, "PeopleDone({done:?})"),
            Self::PeopleNot(why) => return write!(f, "PeopleNot({why:?})"),
            Self::SetUpMade(_) => "SetUpMade",
            Self::SetUpNot(why) => return write!(f, "SetUpNot({why:?})"),
        })
    }
}

/// Something that `update` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Append these as one act; `Stored` or `NotStored` comes back.
    Append(Vec<Draft>),
    /// Read this of the book; `Brought` comes back.
    Read(Want),
    /// Write beside all else that whoever is in looks into a case file; `Beside` comes back once it is on disk.
    Viewed {
        /// Which.
        case: CaseId,
        /// The day that it belongs to, if one is open.
        day: Option<DayId>,
    },
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
    /// Try this number and passphrase; `Unlocked` or `NotUnlocked` comes back.
    Unlock {
        /// The number of the team list.
        number: u8,
        /// As typed.
        passphrase: Secret,
        /// The register is open to somebody else, who stays until this one is in.
        change: bool,
    },
    /// Try the words of the recovery sheet, and give this number a new passphrase; `Recovered` or `NotUnlocked` comes.
    Recover {
        /// Whose passphrase is lost.
        number: u8,
        /// As typed.
        words: Secret,
    },
    /// Wipe the keys and let go of everything that was read; the register stays ours.
    Lock,
    /// F8 on the locked screen: keep that time, and nothing else, until somebody unlocks.
    RaiseLocked {
        /// When it was pressed.
        at: Moment,
    },
    /// Of the times that F8 was pressed on the locked screen these are not entered yet; empty: forget them.
    RaisedLeft(Vec<Moment>),
    /// Is it this person? `Proved` or `NotProved` comes back; nothing else changes.
    Prove {
        /// The number of the team list.
        number: u8,
        /// As typed.
        passphrase: Secret,
    },
    /// Five random words; `Offered` comes back.
    Offer,
    /// An act on who may open the register; `People`, `PeopleDone` or `PeopleNot` comes back.
    People(PeopleAct),
    /// First start: make the practice register, and open it.
    Practise,
    /// First start: make the keys of a real one in memory; `SetUpMade` or `SetUpNot` comes back.
    SetUp(Box<SetUp>),
    /// The recovery words are kept: write keyring and register, and open it; `Unlocked` or `SetUpNot` comes back.
    SetUpKeep,
    /// End the program.
    Quit,
}
