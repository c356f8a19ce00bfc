//! A register in memory that is written through the rules, with no screen: for what only reads it.

use doorbook::clock::Clock;
use doorbook::domain::codes::Moment;
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Command, Stamp, decide};
use doorbook::domain::event::{By, Entry, Source};
use doorbook::domain::ids::{RegisterId, StaffId};
use doorbook::domain::register::Register;
use doorbook::run::setup::{DESK, Families, practice_entries};
use doorbook::run::stamp::{Hand, stamp};

pub struct Made {
    pub register: Register,
    pub now: Moment,
    pub who: StaffId,
    clock: Clock,
}

impl Made {
    /// The practice Saturday at a time, in Jean's name.
    pub fn practice(at: &str) -> Self {
        let clock = Clock::standing("Europe/London", format!("2026-11-21T{at}:00").parse().unwrap()).unwrap();
        let id = RegisterId(uuid::Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0001));
        let mut register = Register::default();
        practice_entries(id, Families::Invented, clock.now(), clock.ids()).iter().for_each(|e| register.fold(e));
        Self::on(register, clock)
    }

    /// A register that is there, at the time of a clock, in Jean's name.
    pub fn on(register: Register, clock: Clock) -> Self {
        let who = register.present_team()[4].staff;
        Self { register, now: clock.now(), who, clock }
    }

    pub fn date(&self) -> chrono::NaiveDate {
        self.now.date_naive()
    }

    pub fn day(&self) -> &Day {
        &self.register.days[&self.register.day_id(self.date())]
    }

    pub fn at(&mut self, at: &str) {
        self.clock.set(self.clock.local(format!("{}T{at}:00", self.date()).parse().unwrap()));
        self.now = self.clock.now();
    }

    /// What the rules draft, stamped and folded.
    #[track_caller]
    pub fn does(&mut self, command: Command) -> Vec<Entry> {
        let asked = Stamp { at: self.now, now: self.now, by: self.who, desk: DESK, ids: self.clock.ids() };
        let drafts = decide(&self.register, self.register.day_id(self.date()), &command, &asked).unwrap();
        let hand = Hand { by: By::Staff(self.who), desk: DESK, now: self.now, source: Source::Desk };
        let entries = stamp(drafts, &hand, self.clock.ids());
        entries.iter().for_each(|entry| self.register.fold(entry));
        entries
    }
}
