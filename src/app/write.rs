//! From a command to what is on disk: one append in flight, and only what came back is folded and shown.

use crate::app::action::Effect;
use crate::app::guard::Guard;
use crate::app::shut::After;
use crate::app::state::{App, View};
use crate::app::words;
use crate::domain::codes::Moment;
use crate::domain::decide::{Amend, Command, decide, last_act};
use crate::domain::event::{DayEvent, Draft, Entry, Event};
use crate::domain::ids::{ActId, DayId, NoteId, StaffId};

/// What is being stored, and what comes when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flight {
    /// What comes then.
    pub then: Then,
}

/// What comes when an act is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The screen stays.
    Stay,
    /// Back to the board, the mark on the same row.
    Board,
    /// Back to the card.
    Card,
    /// The form of this note opens.
    TellForm(NoteId),
    /// Only one line changes: the note is written.
    NoteWritten(NoteId),
    /// What a note is about is written: its draft is erased, and the board comes back if the form is still open.
    NoteTold,
    /// The answers of the close go on.
    Close,
    /// The answers of the coordinator's list go on.
    Listed,
    /// Somebody has the desk.
    TookDesk,
    /// A note from the locked screen is entered.
    Raised,
    /// It was said whether it is still so as it was when the book was shut.
    Resumed(After),
    /// The program ends.
    Quit,
}

/// What was last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// When.
    pub at: Moment,
    /// What, as it may be read in the lobby.
    pub says: String,
    /// The act.
    pub act: Option<ActId>,
    /// On which day, and by whom, one key takes it back; `None`: nobody can. Asked once when it is stored, not at every
    /// frame: the rules look at the whole day for it.
    pub undo: Option<(DayId, StaffId)>,
}

impl App {
    /// The act that one key would take back.
    pub fn can_undo(&self) -> Option<ActId> {
        let (day, who) = (self.day()?, self.who?);
        let act = last_act(day, who, self.desk)?;
        let command = Command::Amend(Amend::Undo { act });
        decide(&self.register, self.day, &command, &self.stamp(None)).ok().map(|_| act)
    }

    /// Asks the rules, and appends what they draft; a refusal is said, and nothing happens.
    pub fn write(&mut self, command: &Command, at: Option<Moment>, then: Then) -> Vec<Effect> {
        self.judged(self.day, command, at, then)
    }

    /// The same on another day than the one in hand, now.
    pub fn write_on(&mut self, day: DayId, command: &Command, then: Then) -> Vec<Effect> {
        self.judged(day, command, None, then)
    }

    fn judged(&mut self, day: DayId, command: &Command, at: Option<Moment>, then: Then) -> Vec<Effect> {
        if self.paper.wants_time(command, at) {
            self.flash = Some(crate::app::paper::TIME_FIRST.to_owned());
            return Vec::new();
        }
        let stamp = self.stamp(at);
        let command = &self.paper.as_line(command);
        match decide(&self.register, day, command, &stamp) {
            Ok(drafts) => self.append(drafts, then),
            Err(refusal) => {
                self.flash = Some(words::refusal(self, &refusal));
                Vec::new()
            }
        }
    }

    /// Appends drafts; the keys that follow wait until they are on disk.
    pub fn append(&mut self, drafts: Vec<Draft>, then: Then) -> Vec<Effect> {
        self.flight = Some(Flight { then });
        vec![Effect::Append(drafts)]
    }

    /// They are on disk: folded and shown.
    pub(super) fn stored(&mut self, entries: &[Entry]) -> Vec<Effect> {
        for entry in entries {
            self.register.fold(entry);
            self.took_desk(entry);
        }
        let says = words::saved(self, entries);
        let at = entries.first().map_or(self.now, |e| e.recorded_at);
        let act = entries.first().map(|e| e.act);
        let undo = self.who.map(|who| (self.day, who)).filter(|_| act.is_some() && self.can_undo() == act);
        self.saved = Some(Saved { at, says, act, undo });
        self.unclean = false;
        self.paper.stored(entries);
        let then = self.flight.take().map_or(Then::Stay, |f| f.then);
        let mut effects = self.then(then);
        crate::app::todo::refresh(self);
        if entries.iter().any(|e| matches!(e.event.open(), Some(Event::Day(DayEvent::Opened { .. })))) {
            effects.push(Effect::PrintSheets { sealed: true, asked: false });
        }
        self.day_was_signed(entries);
        if self.lock.is_wanted() && self.flight.is_none() {
            effects.extend(crate::app::lock::lock(self));
        }
        effects
    }

    /// A day of before is signed: back to today's.
    fn day_was_signed(&mut self, entries: &[Entry]) {
        let signed = |e: &Entry| matches!(e.event.open(), Some(Event::Day(DayEvent::Signed(_))));
        if self.date < self.today() && entries.iter().any(signed) {
            let of = words::long_date(self.date);
            self.take_day(self.today());
            self.flash = Some(format!("{of} is signed. This is today."));
        }
    }

    fn took_desk(&mut self, entry: &Entry) {
        if let Some(Event::Day(DayEvent::DeskTaken { staff })) = entry.event.open()
            && entry.desk == self.desk
        {
            self.who = Some(*staff);
        }
    }

    fn then(&mut self, then: Then) -> Vec<Effect> {
        match then {
            Then::Stay => {}
            Then::Board => self.to_board(),
            Then::Card => self.card.settle(),
            Then::TellForm(note) => crate::app::tell::open(self, note),
            Then::NoteWritten(note) => crate::app::tell::written(self, note),
            Then::NoteTold => return crate::app::tell::saved(self),
            Then::Close => crate::app::close::answered(self),
            Then::Listed => crate::app::todo::listed(self),
            Then::TookDesk => {
                crate::app::shut::after_taking(self);
                return crate::app::lock::enter_raised(self);
            }
            Then::Raised => return crate::app::lock::raised_stored(self),
            Then::Resumed(after) => crate::app::shut::answered(self, after),
            Then::Quit => return vec![Effect::Quit],
        }
        Vec::new()
    }

    /// They are not: what was typed is kept, and the sentence says what to do.
    pub(super) fn not_stored(&mut self, sentence: String) {
        self.flight = None;
        self.lock.is_not_wanted();
        self.asked.waiting.clear();
        // Nothing was written: the same Enter may be tried again, and F8 is a new note.
        self.guard = Guard::default();
        self.flash = Some(sentence);
    }

    /// Back to the board, the mark on the same row; with nobody at the desk, back to who that is.
    pub fn to_board(&mut self) {
        self.view = if self.who.is_some() { View::Board } else { View::Start };
        self.over = None;
        if self.people.is_shown() {
            return self.staff_screen(View::People);
        }
        if std::mem::take(&mut self.guard.switched) {
            self.staff_view_until = None;
        }
        self.card.settle();
        self.find.clear();
        crate::app::board::show_mark(self);
        if self.session.is_none() {
            self.session = self.day().and_then(|d| d.sessions.first()).map(|s| s.plan.session);
        }
    }
}
