//! A desk whose saves may be slow or fail, whose clock may jump, and which is looked at after each step.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use doorbook::app::action::{Action, Effect};
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, View, Waits, update};
use doorbook::book::Book;
use doorbook::clock::Clock;
use doorbook::domain::codes::Moment;
use doorbook::domain::event::{DayEvent, DoorEvent, Draft, Entry, Event, NoteEvent, RegisterKind, Source};
use doorbook::domain::ids::{Ids, RegisterId};
use doorbook::journal::Memory;
use doorbook::run::setup::{DESK, Families, practice_entries};
use doorbook::run::stamp::{Hand, stamp, written_by};
use uuid::Uuid;

use super::look;
use super::step::Step;
use crate::desk::harness::{ids, key};

/// A slow save is answered after so many steps at the latest.
const SLOWEST: usize = 6;

/// What was reached.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub steps: usize,
    pub written: usize,
    pub arrived: usize,
    pub gone: usize,
    pub notes: usize,
    pub signed: usize,
    pub refused: usize,
    pub jumps: usize,
    pub days: usize,
    pub screens: BTreeSet<String>,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.written += other.written;
        self.arrived += other.arrived;
        self.gone += other.gone;
        self.notes += other.notes;
        self.signed += other.signed;
        self.refused += other.refused;
        self.jumps += other.jumps;
        self.days += other.days;
        self.screens.extend(other.screens.iter().cloned());
    }

    fn entry(&mut self, entry: &Entry) {
        self.written += 1;
        match entry.event.open() {
            Some(Event::Door(DoorEvent::Arrived { .. })) => self.arrived += 1,
            Some(Event::Door(DoorEvent::ChildLeft { .. } | DoorEvent::AdultLeft { .. })) => self.gone += 1,
            Some(Event::Note(NoteEvent::Raised { .. })) => self.notes += 1,
            Some(Event::Day(DayEvent::Signed(_))) => self.signed += 1,
            Some(Event::Day(DayEvent::Opened { .. })) => self.days += 1,
            _ => {}
        }
    }
}

pub struct Rig {
    pub app: App,
    pub tally: Tally,
    pub(super) book: Book<Memory>,
    pub(super) log: Vec<Entry>,
    clock: Clock,
    pub(super) now: Moment,
    since_start: Duration,
    /// On disk, and the desk does not know it yet.
    pub(super) pending: Option<(Vec<Entry>, usize)>,
    slow: bool,
    fail: bool,
    dealt: u128,
    /// A key is being taken, or waits: without one nothing may be written.
    pub(super) pressed: bool,
}

impl Rig {
    /// The invented families; every other seed is a register whose clock no key moves.
    pub fn new(seed: u64) -> Self {
        let clock = Clock::standing("Europe/London", "2026-11-21T08:50:00".parse().unwrap()).unwrap();
        let now = clock.now();
        let register = RegisterId(Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0001));
        let mut log = practice_entries(register, Families::Invented, now, ids(1));
        if seed.is_multiple_of(2) {
            for entry in &mut log {
                if let doorbook::domain::event::Readable::Open(Event::Centre(
                    doorbook::domain::event::CentreEvent::RegisterMade { kind, .. },
                )) = &mut entry.event
                {
                    *kind = RegisterKind::Real;
                }
            }
        }
        let mut book = Book::open(Memory::new(doorbook::journal::RegisterId(register.0.into_bytes()))).unwrap();
        book.append(&log).unwrap();
        let app = App::new(look::folded(&log), setup(now, Size::default(), seed));
        Self {
            app,
            tally: Tally::default(),
            book,
            log,
            clock,
            now,
            since_start: Duration::from_secs(1),
            pending: None,
            slow: false,
            fail: false,
            dealt: 1000,
            pressed: false,
        }
    }

    /// One step, and all that must hold after it.
    pub fn takes(&mut self, step: &Step) -> Result<(), String> {
        self.tally.steps += 1;
        let fields = matches!(step, Step::Size(..)).then(|| look::fields(&self.app));
        let before = self.log.len();
        self.pressed = self.key_waits();
        self.does(step);
        if fields.is_some_and(|fields| fields != look::fields(&self.app)) {
            return Err("typing lost: by another size".to_owned());
        }
        if let Some((_, waited)) = &mut self.pending {
            *waited += 1;
            if *waited > SLOWEST {
                self.saved();
            }
        }
        self.tally.screens.insert(format!("{:?}", self.app.mode()));
        if self.app.view == View::Start && self.app.flash.is_some() {
            self.tally.refused += 1;
        }
        look::after(self, before)
    }

    fn does(&mut self, step: &Step) {
        match step {
            Step::Key(name, after) => {
                self.since_start += Duration::from_millis(*after);
                self.goes_on(i64::try_from(*after / 1000).unwrap());
                self.pressed = true;
                let ids = self.deal();
                self.send(Action::Key { key: key(name), now: self.now, since_start: self.since_start, ids });
                self.tally.refused += usize::from(self.app.flash.is_some());
            }
            Step::Paste(text) => self.send(Action::Paste { text: text.clone(), now: self.now }),
            Step::Flood => self.send(Action::Flooded),
            Step::Size(width, height) => self.send(Action::Resized(Size { width: *width, height: *height })),
            Step::Wait(seconds) => {
                self.since_start += Duration::from_secs(seconds.unsigned_abs());
                self.goes_on(*seconds);
                self.tick();
            }
            Step::Jump(seconds) => {
                self.tally.jumps += 1;
                self.since_start += Duration::from_secs(1);
                self.goes_on(*seconds);
                self.tick();
            }
            Step::Slow => self.slow = true,
            Step::Save => self.saved(),
            Step::Fail => self.fail = true,
            Step::Restart => {
                self.pending = None;
                let setup = setup(self.now, self.app.size, 1);
                let moves = self.app.clock.moves;
                self.app = App::new(look::folded(&self.log), Setup { clock_moves: moves, ..setup });
                self.since_start = Duration::from_secs(1);
            }
        }
    }

    /// The wall's clock; never out of the years that a calendar has.
    fn goes_on(&mut self, seconds: i64) {
        let to = self.now.to_utc() + TimeDelta::seconds(seconds);
        let years = 2000..2100;
        if years.contains(&chrono::Datelike::year(&to)) {
            self.now = self.clock.in_zone(to);
        }
    }

    fn tick(&mut self) {
        self.send(Action::Tick { now: self.now, since_start: self.since_start });
    }

    fn saved(&mut self) {
        self.slow = false;
        if let Some((entries, _)) = self.pending.take() {
            self.send(Action::Stored(entries));
        }
    }

    pub(super) fn settle(&mut self) {
        while self.pending.is_some() {
            self.saved();
        }
    }

    fn deal(&mut self) -> Ids {
        self.dealt += 1;
        ids(self.dealt)
    }

    fn send(&mut self, action: Action) {
        for effect in update(&mut self.app, action) {
            match effect {
                Effect::Append(drafts) => self.append(drafts),
                Effect::ClockTo(to) if to > self.now => {
                    self.now = to;
                    self.tick();
                }
                _ => {}
            }
        }
    }

    fn append(&mut self, drafts: Vec<Draft>) {
        assert!(self.pressed, "written by no key: {drafts:?}");
        assert!(self.pending.is_none(), "two saves at once");
        if std::mem::take(&mut self.fail) {
            return self.send(Action::NotStored("The disk is full: this was not saved.".to_owned()));
        }
        let hand = Hand { by: written_by(self.app.who, &drafts), desk: DESK, now: self.now, source: Source::Desk };
        let entries = stamp(drafts, &hand, self.deal());
        self.book.append(&entries).unwrap();
        entries.iter().for_each(|entry| self.tally.entry(entry));
        self.log.extend(entries.iter().cloned());
        // Keys that waited may write too; a paste that waited may not.
        self.pressed = self.key_waits();
        if self.slow {
            self.pending = Some((entries, 0));
        } else {
            self.send(Action::Stored(entries));
        }
    }

    fn key_waits(&self) -> bool {
        self.app.asked.waiting.iter().any(|waits| matches!(waits, Waits::Key(_)))
    }

    /// The book read again is what the desk shows.
    pub fn ends(&mut self) -> Result<(), String> {
        self.settle();
        let read: Vec<Entry> = self.book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
        if read != self.log {
            return Err("not what was written: the book".to_owned());
        }
        let (shown, held) = (format!("{:?}", self.app.register), format!("{:?}", look::folded(&read)));
        if shown == held { Ok(()) } else { Err("not what is on disk: the register that the desk shows".to_owned()) }
    }
}

fn setup(now: Moment, size: Size, seed: u64) -> Setup {
    Setup { desk: DESK, size, now, clock_moves: !seed.is_multiple_of(2), unclean: false }
}
