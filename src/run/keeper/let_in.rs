//! Somebody is let in: what their screen gets at once, and what follows it.

use std::sync::Arc;

use super::doors::In;
use super::step::waits;
use super::{Hand, Kept};
use crate::app::Setup;
use crate::app::action::Action;
use crate::app::lock::{NotUnlocked, Unlocked};
use crate::app::screen::Size;
use crate::app::secret::Secret;
use crate::domain::codes::Moment;
use crate::domain::event::{By, CentreEvent, FileRef};
use crate::domain::ids::StaffId;
use crate::domain::past::{Brought, Want};
use crate::domain::register::Register;
use crate::journal::Journal;
use crate::run::house::{House, HouseFault};
use crate::run::open::OpenFault;
use crate::run::setup::DESK;
use crate::run::when;
use crate::vault::Keys;

impl<J: Journal> Hand<J> {
    /// The keys are in hand already: a register that was just made.
    pub(super) fn come_in(&mut self, tell: &impl Fn(Kept)) {
        match self.seen(false) {
            Ok(all) => self.let_in(all, tell),
            Err(fault) => self.say(Action::NotUnlocked(NotUnlocked::Trouble(fault.to_string()))),
        }
    }

    pub(super) fn unlock(&mut self, number: u8, passphrase: Secret, change: bool, tell: &impl Fn(Kept)) {
        let tried = self.keys_of(number, &passphrase);
        drop(passphrase);
        let seen = tried.map_err(OpenFault::from).and_then(|keys| {
            let Some(house) = self.doors.as_ref().map(|doors| doors.house.clone()) else {
                return Err(HouseFault::Lost.into());
            };
            // What the one before could read must not stay readable: everything is read again.
            let before = house.take(Some(Arc::new(keys)));
            self.seen(!change).inspect_err(|_| self.stays(&house, before))
        });
        match seen {
            Ok(all) => self.let_in(all, tell),
            Err(OpenFault::House(HouseFault::Wrong)) => {
                self.wrong();
                self.say(Action::NotUnlocked(NotUnlocked::Wrong));
            }
            Err(fault) => self.say(Action::NotUnlocked(NotUnlocked::Trouble(fault.to_string()))),
        }
    }

    /// One more wrong one, kept until somebody gets in.
    pub(super) fn wrong(&self) {
        if let Some(doors) = &self.doors {
            doors.papers.wrong_try(doors.clock.now());
        }
    }

    /// What a screen needs of the register, read with the keys in hand. `first`: who must not meet, and who is expected, follow.
    fn seen(&mut self, first: bool) -> Result<In, OpenFault> {
        let doors = self.doors.as_ref().ok_or(HouseFault::Lost)?;
        let (house, at, before) = (doors.house.clone(), doors.at, doors.clock.clone());
        self.opened.directory = None;
        self.begin()?;
        let fit = self.opened.trusts()?;
        house.fits(self.opened.register.keys.as_ref())?;
        let who = house.is_of(&self.opened.register)?;
        let known = self.doors.as_ref().is_some_and(|doors| doors.knows_the_time);
        let clock = match known {
            // A practice clock goes on from where it is, not from the last entry.
            true => before,
            false => when::clock(&self.opened.register, at).map_err(HouseFault::from)?.started_with(&before),
        };
        if let Some(doors) = &mut self.doors {
            (doors.clock, doors.knows_the_time) = (clock.clone(), true);
        }
        let epoch = house.keys()?.ring().epoch();
        let named = self.keys_named(&house, fit)?;
        let put_right = waits(self.in_step(&house))? || named;
        if house.keys()?.ring().epoch() != epoch {
            // The directory has another key now, and somebody may have had the one before who should not.
            self.begin()?;
        }
        let comes = self.read_at_once(clock.now(), first)?;
        let register = std::mem::take(&mut self.opened.register);
        let clock_moves = register.is_practice() && !clock.is_system();
        let size = Size { width: 80, height: 24 };
        let setup = Setup { desk: DESK, size, now: clock.now(), clock_moves, unclean: self.opened.unclean };
        self.opened.unclean = false;
        let mut raised = self.doors.as_ref().map(|doors| doors.papers.raised()).unwrap_or_default();
        if !clock.is_system() {
            // Pressed before anybody knew what time it is in there.
            raised.iter_mut().for_each(|at| *at = clock.now().min(*at));
        }
        Ok(In { unlocked: Unlocked { who, register, comes, setup, raised, put_right }, clock })
    }

    /// Reads the day in hand, and all that it needs; or, for a first frame, the day alone where it was opened, and says what
    /// is left to follow. A first frame does without where nothing is sealed, too: nothing is done before it is there.
    fn read_at_once(&mut self, now: Moment, first: bool) -> Result<Option<Want>, OpenFault> {
        let today = now.date_naive();
        if first {
            self.opened.days_opened(today)?;
            let want = Want::Date(self.opened.register.date_in_hand(now));
            return Ok(self.opened.directory.is_some().then_some(want));
        }
        self.opened.days_in_hand(today)?;
        self.opened.apart()?;
        let date = self.opened.register.date_in_hand(now);
        self.opened.bring(&Want::Date(date))?;
        Ok(None)
    }

    /// Who must not meet, and what a day needs beside what the screen has already; `None`: it cannot be read.
    fn what_follows(&mut self, want: &Want) -> Option<Brought> {
        let apart = self.opened.directory.as_mut()?.entries_apart(&mut self.opened.book).ok()?;
        self.read(want).map(|brought| Brought { apart, ..brought })
    }

    fn let_in(&mut self, all: In, tell: &impl Fn(Kept)) {
        let (who, comes) = (all.unlocked.who, all.unlocked.comes);
        let Some(doors) = &self.doors else { return };
        let tries = doors.papers.tries().count;
        let (drafts, was_open) = (doors.papers.drafts(), doors.papers.was_open());
        (doors.let_in)(all);
        self.lacks_apart = false;
        if let Some(want) = comes {
            let brought = self.what_follows(&want);
            self.lacks_apart = brought.is_none();
            tell(Kept::Read(want, brought));
        }
        for (staff, note, words) in drafts {
            if staff == who {
                self.say(Action::Draft { staff, note, words });
            }
        }
        if let Some(until) = was_open {
            self.say(Action::WasOpen(until));
        }
        self.tries_told(who, tries);
        self.put_away(super::MANY);
        if let Some(directory) = &mut self.opened.directory {
            if let Ok(names) = directory.names(&mut self.opened.book) {
                tell(Kept::Names(Arc::new(names)));
            }
            directory.rest();
        }
    }

    /// Somebody was not let in after all: whoever was in before stays in, with what they may read.
    fn stays(&mut self, house: &House, before: Option<Arc<Keys>>) {
        self.lets_go();
        let was_in = before.is_some();
        house.take(before);
        if was_in {
            // Where that fails nothing is read until they unlock it again; what they wrote is kept.
            let _ = self.begin();
            self.opened.register = Register::default();
        }
    }

    /// How many passphrases were wrong is an entry, and forgotten here.
    fn tries_told(&mut self, who: StaffId, count: u16) {
        if count == 0 {
            return;
        }
        let event = CentreEvent::WrongTries { staff: who, count: u32::from(count) };
        let entries = self.of_centre(By::Program, vec![(FileRef::Staff(who), event)]);
        if self.write(&entries).is_ok()
            && let Some(doors) = &self.doors
        {
            doors.papers.no_tries();
        }
    }
}
