//! The state of the program: the register as it stands on disk, what is in hand, and a state for each screen.

use std::time::Duration;

use chrono::NaiveDate;

use crate::app::guard::Guard;
use crate::app::keymap::Mode;
use crate::app::screen::Size;
use crate::app::update::STAFF_VIEW;
use crate::app::wants::Asked;
use crate::app::write::{Flight, Saved};
use crate::app::{
    absent, board, card, clock, close, find, help, lock, log, palette, paper, people, policy, prove, roll, shut, staff,
    start, tell, todo, undo,
};
use crate::domain::codes::Moment;
use crate::domain::day::{Day, Session};
use crate::domain::decide::Stamp;
use crate::domain::ids::{DayId, DeskId, Ids, SessionId, StaffId};
use crate::domain::policy::Policy;
use crate::domain::register::Register;

/// The screen in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Who is at the desk?
    Start,
    /// The board.
    Board,
    /// The card of a session.
    Card,
    /// Not coming.
    Absent,
    /// Tell the coordinator.
    Tell,
    /// Who is in.
    Roll,
    /// Close.
    Close,
    /// Staff on shift.
    Staff,
    /// Day log.
    Log,
    /// Which sheet of paper is entered.
    Paper,
    /// How the centre works.
    Policy,
    /// For the coordinator.
    Todo,
    /// The book was shut with people in: is it still so?
    Shut,
    /// Nobody is in: number and passphrase.
    Locked,
    /// Another person takes the desk, by number and passphrase.
    Change,
    /// Who may open the register.
    People,
    /// One's own passphrase.
    Passphrase,
    /// There is no register yet.
    First,
}

/// What is laid over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Over {
    /// Help.
    Help,
    /// Every command.
    Palette,
    /// What would be taken back.
    Undo,
}

/// The state of what may be laid over a screen.
#[derive(Debug, Clone, Default)]
pub struct Laid {
    /// Help.
    pub help: help::State,
    /// Every command.
    pub palette: palette::State,
    /// What would be taken back.
    pub undo: undo::State,
    /// Somebody else's passphrase, while it is asked.
    pub prove: Option<prove::State>,
}

/// What the program starts with.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// This desk.
    pub desk: DeskId,
    /// The size of the terminal.
    pub size: Size,
    /// What the clock says.
    pub now: Moment,
    /// The clock may be moved on by keys.
    pub clock_moves: bool,
    /// The book was not closed cleanly.
    pub unclean: bool,
}

/// The whole state.
#[derive(Debug, Clone)]
pub struct App {
    /// What is on disk, folded.
    pub register: Register,
    /// This desk.
    pub desk: DeskId,
    /// The date of the day in hand.
    pub date: NaiveDate,
    /// The day in hand.
    pub day: DayId,
    /// What the clock says.
    pub now: Moment,
    /// The same by a clock that never goes back.
    pub since_start: Duration,
    /// The size of the terminal.
    pub size: Size,
    /// Whether the clock is moved on by keys, or has jumped by itself.
    pub clock: clock::State,
    /// The book was not closed cleanly, and nobody has read it yet.
    pub unclean: bool,
    /// Who is at the desk.
    pub who: Option<StaffId>,
    /// Staff view until then, by the clock that never goes back; `None`: lobby view.
    pub staff_view_until: Option<Duration>,
    /// Nothing is shown.
    pub hidden: bool,
    /// The screen in hand.
    pub view: View,
    /// What is laid over it.
    pub over: Option<Over>,
    /// The session that is in hand: of the marked row, of the card.
    pub session: Option<SessionId>,
    /// Enter, F8 and stray letters.
    pub guard: Guard,
    /// What is being stored.
    pub flight: Option<Flight>,
    /// What was asked of the book, and what it said.
    pub asked: Asked,
    /// What was last saved.
    pub saved: Option<Saved>,
    /// One sentence about the last key, until the next.
    pub flash: Option<String>,
    /// The ids of the key in hand.
    pub ids: Ids,
    /// The board.
    pub board: board::State,
    /// Find.
    pub find: find::State,
    /// The card.
    pub card: card::State,
    /// Not coming.
    pub absent: absent::State,
    /// Tell the coordinator.
    pub tell: tell::State,
    /// Who is in.
    pub roll: roll::State,
    /// Close.
    pub close: close::State,
    /// Staff on shift.
    pub staff: staff::State,
    /// Day log.
    pub log: log::State,
    /// What is entered from paper.
    pub paper: paper::State,
    /// What may be laid over a screen.
    pub laid: Laid,
    /// Who is at the desk?
    pub start: start::State,
    /// How the centre works.
    pub policy: policy::State,
    /// For the coordinator.
    pub todo: todo::State,
    /// The locked screen, and who is in.
    pub lock: lock::State,
    /// Who may open the register.
    pub people: people::State,
}

impl App {
    /// At the start: nobody has the desk yet.
    pub fn new(register: Register, setup: Setup) -> Self {
        let date = register.date_in_hand(setup.now);
        let day = register.day_id(date);
        let mut app = Self::blank(register, setup, date, day);
        app.session = app.day().and_then(|d| d.sessions.first()).map(Session::id);
        app.start.shut = shut::at_start(&app);
        app
    }

    /// Nothing in hand, every screen as it is at the start.
    pub(super) fn blank(register: Register, setup: Setup, date: NaiveDate, day: DayId) -> Self {
        Self {
            clock: clock::State::at_start(&register, setup),
            register,
            desk: setup.desk,
            date,
            day,
            now: setup.now,
            since_start: Duration::ZERO,
            size: setup.size,
            unclean: setup.unclean,
            who: None,
            staff_view_until: None,
            hidden: false,
            view: View::Start,
            over: None,
            session: None,
            guard: Guard::default(),
            flight: None,
            asked: Asked::default(),
            saved: None,
            flash: None,
            ids: Ids(uuid::Uuid::nil()),
            board: Default::default(),
            find: Default::default(),
            card: Default::default(),
            absent: Default::default(),
            tell: Default::default(),
            roll: Default::default(),
            close: Default::default(),
            staff: Default::default(),
            log: Default::default(),
            paper: Default::default(),
            laid: Default::default(),
            start: Default::default(),
            policy: Default::default(),
            todo: Default::default(),
            lock: Default::default(),
            people: Default::default(),
        }
    }

    /// The day in hand, if it was opened.
    pub fn day(&self) -> Option<&Day> {
        self.register.days.get(&self.day).filter(|d| d.opened.is_some())
    }

    /// A session of the day in hand.
    pub fn session_of(&self, id: Option<SessionId>) -> Option<&Session> {
        self.day().zip(id).and_then(|(day, id)| day.session(id))
    }

    /// The session in hand.
    pub fn in_hand(&self) -> Option<&Session> {
        self.session_of(self.session)
    }

    /// The policy of the day in hand, or the one in force.
    pub fn policy(&self) -> std::sync::Arc<Policy> {
        self.day().map_or_else(|| self.register.policy(), |d| d.policy.clone())
    }

    /// Staff view: names, kinds and places may be shown.
    pub fn staff_view(&self) -> bool {
        self.staff_view_until.is_some()
    }

    /// Opens a screen of staff view.
    pub(super) fn staff_screen(&mut self, view: View) {
        self.over = None;
        self.hidden = false;
        self.view = view;
        self.guard.switched |= self.staff_view_until.is_none();
        self.staff_view_until = Some(self.since_start + STAFF_VIEW);
    }

    /// Lobby view came back: a screen of staff view gives way to the board. What was typed in it is kept.
    pub(super) fn goes_dark(&mut self) {
        let staff_only = matches!(self.view, View::Close | View::Policy | View::Todo | View::People | View::Passphrase);
        if self.staff_view_until.is_none() && self.view == View::People && self.people.is_shown() {
            // It is written down with a pen: no key for a minute is no sign that it was.
            self.staff_screen(self.view);
            self.hidden = true;
            return;
        }
        if self.staff_view_until.is_none() && staff_only {
            self.laid.prove = None;
            people::own_left(self);
            close::goes_dark(self);
            self.to_board();
        }
        card::lobby(self);
        if self.staff_view_until.is_none() {
            // What was saved in staff view may name what a lobby must not read.
            self.saved = None;
        }
    }

    /// Another day in hand: one that was never signed, or back to today's.
    pub(super) fn take_day(&mut self, date: NaiveDate) {
        if date != self.date {
            let today = self.today();
            self.register.let_go_but(&[date, today]);
        }
        self.date = date;
        self.day = self.register.day_id(date);
        self.session = self.day().and_then(|d| d.sessions.first()).map(Session::id);
        (self.board, self.card, self.close) = Default::default();
        (self.roll, self.log, self.absent) = Default::default();
        self.to_board();
        if self.day().is_none() {
            self.view = View::Start;
        }
    }

    /// The date that the desk works on, whatever day is in hand.
    pub fn today(&self) -> NaiveDate {
        self.register.date_in_hand(self.now)
    }

    /// When, by whom, at which desk: now, or at a time set back.
    pub fn stamp(&self, at: Option<Moment>) -> Stamp {
        Stamp {
            at: at.unwrap_or(self.now),
            now: self.now,
            by: self.who.unwrap_or(StaffId(uuid::Uuid::nil())),
            desk: self.desk,
            ids: self.ids,
        }
    }

    /// What is in hand.
    pub fn mode(&self) -> Mode {
        if self.hidden {
            return Mode::Hidden;
        }
        if self.laid.prove.is_some() {
            return Mode::Prove;
        }
        match self.over {
            Some(Over::Help) => return Mode::Help,
            Some(Over::Palette) => return Mode::Palette,
            Some(Over::Undo) => return Mode::Undo,
            None => {}
        }
        self.mode_below()
    }

    /// What is in hand below what is laid over it.
    pub fn mode_below(&self) -> Mode {
        match self.view {
            View::Start => Mode::Start,
            View::Board if self.find.is_open() => Mode::Find,
            View::Board => Mode::Board,
            View::Card if self.card.form.is_some() => Mode::CardForm,
            View::Card if self.card.question.is_some() => Mode::Question,
            View::Card => Mode::Card,
            View::Absent if self.absent.is_typing() => Mode::AbsentFind,
            View::Absent => Mode::Absent,
            View::Tell => Mode::Tell,
            View::Roll => Mode::Roll,
            View::Close if self.close.asks_reason() => Mode::Reason,
            View::Close => Mode::Close,
            View::Staff if self.staff.is_typing() => Mode::StaffForm,
            View::Staff => Mode::Staff,
            View::Log => Mode::Log,
            View::Paper => Mode::Paper,
            View::Policy if self.policy.is_typing() => Mode::PolicyForm,
            View::Policy => Mode::Policy,
            View::Todo => Mode::Todo,
            View::Shut => Mode::Shut,
            View::Locked => Mode::Locked,
            View::Change => Mode::Change,
            View::People if self.people.is_typing() => Mode::PeopleForm,
            View::People => Mode::People,
            View::Passphrase => Mode::Passphrase,
            View::First if self.lock.first.as_ref().is_some_and(|f| f.is_typing()) => Mode::FirstForm,
            View::First => Mode::First,
        }
    }
}
