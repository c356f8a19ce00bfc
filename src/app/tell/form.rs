//! The form of a note: the kind, the words, a paper form, and whom it is about.

use std::time::Duration;

use crate::app::field::{Purpose, Typed};
use crate::app::number::{Number, Pressed};
use crate::app::pick::{Choice, Pick};
use crate::app::state::App;
use crate::app::tell::note_of;
use crate::app::words;
use crate::domain::day::Note;
use crate::domain::event::About;
use crate::domain::ids::{FileId, NoteId, SessionId, StaffId};
use crate::domain::policy::{Code, NoteKind};

/// Digit of *pressed by mistake*.
pub(super) const MISTAKE: u8 = 0;
/// Digit of the list of all other kinds.
pub(super) const ANOTHER: u8 = 9;

/// Where the keyboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    Kind,
    Words,
    Paper,
    About,
}

impl Focus {
    /// In the order of Tab.
    const ALL: [Self; 4] = [Self::Kind, Self::Words, Self::Paper, Self::About];

    pub(super) fn step(self, back: bool) -> Self {
        let at = Self::ALL.iter().position(|f| *f == self).unwrap_or(0);
        let next = if back { at + Self::ALL.len() - 1 } else { at + 1 } % Self::ALL.len();
        Self::ALL.get(next).copied().unwrap_or(Self::Kind)
    }
}

/// What was chosen: a kind, or that it was a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Of { code: Code, digit: u8 },
    Mistake,
}

/// About whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    Row(SessionId),
    Nobody,
    /// Of the team; who, is asked.
    Worker(Option<StaffId>),
}

/// One form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) note: NoteId,
    /// When it opened.
    pub(super) opened: Duration,
    pub(super) focus: Focus,
    pub(super) kind: Option<Kind>,
    pub(super) words: Typed,
    pub(super) paper: Typed,
    pub(super) whom: Whom,
    /// The row of the note, to which Left and Right come back.
    pub(super) row: Option<SessionId>,
    pub(super) number: Number,
    pub(super) pick: Option<Pick>,
    /// The 999 card is open.
    pub(super) danger: bool,
    /// A file of its own that the note has already, if it was told before.
    file: Option<FileId>,
}

impl Form {
    /// With what was told before, since the next telling takes its place.
    pub(super) fn new(note: &Note, opened: Duration) -> Self {
        let (whom, file) = match note.about {
            Some(About::Session { session, .. }) => (Whom::Row(session), None),
            Some(About::Nobody(file)) => (Whom::Nobody, Some(file)),
            Some(About::Worker { file, staff }) => (Whom::Worker(Some(staff)), Some(file)),
            None => (note.session.map_or(Whom::Nobody, Whom::Row), None),
        };
        let paper = note.paper.clone().unwrap_or_default();
        Self {
            note: note.id,
            opened,
            focus: Focus::Kind,
            kind: note.kind.clone().map(|code| Kind::Of { code, digit: ANOTHER }),
            words: Typed::with(Purpose::NoteWords, &note.words),
            paper: Typed::with(Purpose::NotePaper, &paper),
            whom,
            row: note.session,
            number: Number::default(),
            pick: None,
            danger: false,
            file,
        }
    }

    /// Words that were typed elsewhere, behind those that are here.
    pub(super) fn takes(&mut self, words: &str) {
        self.focus = Focus::Words;
        self.words.paste(words);
    }

    /// Something was typed or chosen.
    pub(super) fn has_content(&self) -> bool {
        matches!(self.kind, Some(Kind::Of { .. })) || !self.words.is_empty() || !self.paper.is_empty()
    }

    /// The code of the kind.
    pub(super) fn code(&self) -> Option<Code> {
        if let Some(Kind::Of { code, .. }) = &self.kind { Some(code.clone()) } else { None }
    }

    /// The digit that was chosen: all that a lobby may read of it.
    pub(super) fn digit(&self) -> Option<u8> {
        self.kind.as_ref().map(|kind| match kind {
            Kind::Of { digit, .. } => *digit,
            Kind::Mistake => MISTAKE,
        })
    }

    /// About whom it is saved. One of the team who was not named yet is nobody.
    pub(super) fn about(&self, app: &App) -> About {
        let file = self.file.unwrap_or_else(|| app.ids.nth(1));
        match self.whom {
            Whom::Row(id) => app
                .session_of(Some(id))
                .map_or(About::Nobody(file), |s| About::Session { session: id, case: s.plan.case }),
            Whom::Worker(Some(staff)) => About::Worker { file, staff },
            Whom::Nobody | Whom::Worker(None) => About::Nobody(file),
        }
    }

    /// It is for the lead and the chair: about one of the team, or told so before and sealed to them since.
    pub(super) fn is_of_the_team(&self, app: &App) -> bool {
        let before = || note_of(app, self.note).is_some_and(|n| n.is_closed() && n.is_about_worker());
        matches!(self.about(app), About::Worker { .. }) || before()
    }

    /// What was told before is sealed, and does not say here about whom of the team it was: it is to be said again.
    pub(super) fn asks_whom(&self, app: &App) -> bool {
        self.is_of_the_team(app) && !matches!(self.about(app), About::Worker { .. })
    }

    /// From one of the three to the next: a row, nobody, one of the team.
    pub(super) fn turn(&mut self, back: bool, marked: Option<SessionId>) {
        self.number.clear();
        let row = self.row.or(marked).map_or(Whom::Nobody, Whom::Row);
        self.whom = match (self.whom, back) {
            (Whom::Row(_), false) | (Whom::Worker(_), true) => Whom::Nobody,
            (Whom::Nobody, false) | (Whom::Row(_), true) => Whom::Worker(None),
            (Whom::Worker(_), false) | (Whom::Nobody, true) => row,
        };
    }

    /// A digit of a number: of a row, or of the team. `false`: there is no such number.
    pub(super) fn numbered(&mut self, digit: u8, numbers: &Numbers) -> bool {
        match self.number.press(digit, &numbers.all(self.whom)) {
            Pressed::Picked(number) => self.take(number, numbers),
            Pressed::More => {}
            Pressed::Unknown => return false,
        }
        true
    }

    /// The digits so far are the number.
    pub(super) fn settle(&mut self, numbers: &Numbers) {
        if let Some(number) = self.number.take(&numbers.all(self.whom)) {
            self.take(number, numbers);
        }
    }

    fn take(&mut self, number: u16, numbers: &Numbers) {
        if matches!(self.whom, Whom::Worker(_)) {
            self.whom = Whom::Worker(numbers.team.iter().find(|(n, _)| *n == number).map(|(_, s)| *s));
        } else if let Some((_, session)) = numbers.rows.iter().find(|(n, _)| *n == number) {
            self.whom = Whom::Row(*session);
            self.row = Some(*session);
        }
    }
}

/// The numbers that a form may name.
pub(super) struct Numbers {
    rows: Vec<(u16, SessionId)>,
    team: Vec<(u16, StaffId)>,
}

impl Numbers {
    pub(super) fn of(app: &App) -> Self {
        let sessions = app.day().map(|d| d.sessions.as_slice()).unwrap_or_default();
        Self {
            rows: sessions.iter().map(|s| (s.plan.no, s.id())).collect(),
            team: app.register.present_team().iter().map(|c| (u16::from(c.number), c.staff)).collect(),
        }
    }

    fn all(&self, whom: Whom) -> Vec<u16> {
        match whom {
            Whom::Worker(_) => self.team.iter().map(|(n, _)| *n).collect(),
            _ => self.rows.iter().map(|(n, _)| *n).collect(),
        }
    }
}

/// Kinds with a digit, in their order.
pub(super) fn with_digit(app: &App) -> Vec<NoteKind> {
    let mut kinds: Vec<NoteKind> =
        app.policy().kinds.iter().filter(|k| !k.retired && k.digit.is_some()).cloned().collect();
    kinds.sort_by_key(|k| k.digit);
    kinds
}

/// All others.
pub(super) fn others(app: &App) -> Vec<Choice> {
    let policy = app.policy();
    let rest = policy.kinds.iter().filter(|k| !k.retired && k.digit.is_none());
    rest.map(|k| Choice { code: k.code.clone(), words: k.words.to_string() }).collect()
}

/// `No 6`, `nobody`, `Sam`.
pub(super) fn whom(app: &App, form: &Form) -> String {
    match form.whom {
        _ if !form.number.is_empty() => form.number.shown(),
        Whom::Row(id) => app.session_of(Some(id)).map_or_else(|| "nobody".to_owned(), |s| format!("No {}", s.plan.no)),
        Whom::Nobody => "nobody, or something else".to_owned(),
        Whom::Worker(None) => "one of the team: press their number".to_owned(),
        Whom::Worker(Some(staff)) => app
            .register
            .team
            .get(&staff)
            .map_or_else(|| "one of the team".to_owned(), |card| format!("{}, of the team", words::staff(app, card))),
    }
}

/// The number of the note for the day.
pub(super) fn number_of(app: &App, form: &Form) -> u16 {
    note_of(app, form.note).map_or(0, |n| n.no)
}
