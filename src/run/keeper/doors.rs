//! The door of a sealed register: what is asked there, and what of it is answered here (who is let in: `let_in`; who may
//! come in: `people`).

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::{NaiveDate, NaiveDateTime};

use super::step::Step;
use super::{Hand, Kept};
use crate::app::action::Action;
use crate::app::lock::{NotUnlocked, Unlocked};
use crate::app::people::PeopleAct;
use crate::app::secret::Secret;
use crate::clock::Clock;
use crate::domain::event::{By, CentreEvent, DayEvent, Entry, Event, FileRef, Leaves};
use crate::domain::ids::{CaseId, DayId};
use crate::domain::register::Register;
use crate::journal::Journal;
use crate::run::house::{House, HouseFault, kdf, numbered, whose};
use crate::run::house_fault::capital;
use crate::run::open::OpenFault;
use crate::run::papers::Papers;
use crate::run::{making, notes};
use crate::vault::{Id, Kdf, Keys, KeysFault, Passphrase, RecoveryWords, System, words};

/// What is asked at the door of a sealed register.
#[derive(Debug)]
pub enum Door {
    /// Somebody wants in.
    Unlock {
        /// Their number.
        number: u8,
        /// As typed.
        passphrase: Secret,
        /// Somebody else is in, and hands the desk over.
        change: bool,
    },
    /// Somebody has the recovery sheet: this number gets a new passphrase.
    Recover {
        /// Whose.
        number: u8,
        /// The 26 words, as typed.
        words: Secret,
    },
    /// The keys go, and all that was read.
    Lock,
    /// Is it this person?
    Prove {
        /// Their number.
        number: u8,
        /// As typed.
        passphrase: Secret,
    },
    /// Who may come in.
    People(PeopleAct),
    /// What names people was written outside the register, and on which day.
    Exported(Leaves, NaiveDate, Option<DayId>),
    /// Somebody looks into a case file, on this day.
    Viewed(CaseId, Option<DayId>),
    /// A practice clock was moved on.
    Clock(Clock),
}

/// Somebody is in: what the screen gets, and the clock that their register goes by.
#[derive(Debug)]
pub struct In {
    /// For the screen.
    pub unlocked: Unlocked,
    /// The register's own clock.
    pub clock: Clock,
}

/// What a sealed register's keeper has beside its book.
pub struct Doors {
    /// The register's folder.
    pub folder: PathBuf,
    /// Where a practice clock is to stand.
    pub at: Option<NaiveDateTime>,
    /// The keyring.
    pub house: House,
    /// The small files.
    pub papers: Papers,
    /// What the paper of the close says of the last day that was signed here.
    pub noted: Arc<Mutex<Option<String>>>,
    /// Deals ids, and says when; the register's own once somebody is in.
    pub clock: Clock,
    /// The clock is the register's own: somebody was in before.
    pub knows_the_time: bool,
    /// Tells the loop.
    pub say: Box<dyn Fn(Action) + Send>,
    /// Tells the loop that somebody is in.
    pub let_in: Box<dyn Fn(In) + Send>,
}

impl<J: Journal> Hand<J> {
    /// Answers one thing asked at the door.
    pub(super) fn door(&mut self, door: Door, tell: &impl Fn(Kept)) {
        match door {
            Door::Unlock { number, passphrase, change } => self.unlock(number, passphrase, change, tell),
            Door::Recover { number, words } => self.recover(number, &words),
            Door::Lock => self.lock(),
            Door::Prove { number, passphrase } => self.prove(number, &passphrase),
            Door::People(act) => self.people(act, tell),
            Door::Exported(what, date, day) => {
                let event = CentreEvent::Exported { what, date: Some(date), case: None };
                self.used((FileRef::Centre, event), day);
            }
            Door::Viewed(case, day) => self.used((FileRef::Case(case), CentreEvent::Viewed { case }), day),
            Door::Clock(clock) => {
                if let Some(doors) = &mut self.doors {
                    doors.clock = clock;
                }
            }
        }
    }

    pub(super) fn say(&self, action: Action) {
        if let Some(doors) = &self.doors {
            (doors.say)(action);
        }
    }

    pub(super) fn keys_of(&self, number: u8, passphrase: &Secret) -> Result<Keys, HouseFault> {
        let doors = self.doors.as_ref().ok_or(HouseFault::Lost)?;
        let passphrase = Passphrase::new(passphrase.reveal()).ok_or(HouseFault::Wrong)?;
        doors.house.unlock(self.opened.book.head().register.0, number, &passphrase)
    }

    /// What was done with the register is an entry, in the name of whoever is in; where it cannot be written the desk says so
    /// at the next act, and the next look is written again.
    fn used(&mut self, what: (FileRef, CentreEvent), day: Option<DayId>) {
        let keys = self.doors.as_ref().and_then(|doors| doors.house.keys().ok());
        let by = keys.and_then(|keys| whose(&keys)).map_or(By::Program, By::Staff);
        let entries = making::on_day(day, self.of_centre(by, vec![what]));
        let written = self.write(&entries).map_or_else(|_| Vec::new(), |()| entries);
        self.say(Action::Beside(written));
    }

    /// A day was signed: the book's head is signed too, by the same person's key, so that what was written until then
    /// cannot be written anew unseen.
    pub(super) fn signed(&mut self, entries: &[Entry]) {
        let signed = |entry: &&Entry| matches!(entry.event.open(), Some(Event::Day(DayEvent::Signed(_))));
        let Some((day, by)) = entries.iter().find(signed).and_then(|entry| Some((entry.day?, entry.by))) else {
            return;
        };
        let Some(keys) = self.doors.as_ref().and_then(|doors| doors.house.keys().ok()) else { return };
        let Some(staff) = whose(&keys) else { return };
        let Ok((note, paper)) = notes::of_head(self.opened.book.head(), &keys, staff) else { return };
        let entries = self.of_centre(by, vec![(FileRef::Centre, CentreEvent::DayNote { day, note })]);
        if self.put(&entries).is_ok()
            && let Some(doors) = &self.doors
            && let Ok(mut noted) = doors.noted.lock()
        {
            *noted = Some(paper);
        }
    }

    /// Entries of the centre, one act, as of now.
    pub(super) fn of_centre(&self, by: By, events: Vec<(FileRef, CentreEvent)>) -> Vec<Entry> {
        let Some(doors) = &self.doors else { return Vec::new() };
        making::of_centre(by, events, &doors.clock)
    }

    fn lock(&mut self) {
        self.put_away(super::SOME);
        if let Some(doors) = &self.doors {
            doors.house.take(None);
        }
        self.lets_go();
    }

    /// What was read goes with the keys that it was read with.
    pub(super) fn lets_go(&mut self) {
        (self.opened.directory, self.opened.register) = (None, Register::default());
    }

    fn prove(&mut self, number: u8, passphrase: &Secret) {
        let says = match self.keys_of(number, passphrase) {
            Ok(keys) => match whose(&keys) {
                Some(staff) => Action::Proved(staff),
                None => Action::NotProved(NotUnlocked::Wrong),
            },
            Err(HouseFault::Wrong) => {
                self.wrong();
                Action::NotProved(NotUnlocked::Wrong)
            }
            Err(fault) => Action::NotProved(NotUnlocked::Trouble(fault.to_string())),
        };
        self.say(says);
    }

    fn recover(&mut self, number: u8, words: &Secret) {
        let says = match self.recovered(number, words) {
            Ok(passphrase) => Action::Recovered { number, passphrase },
            Err(OpenFault::House(HouseFault::OtherSheet)) => {
                self.wrong();
                Action::NotUnlocked(NotUnlocked::Wrong)
            }
            Err(fault) => Action::NotUnlocked(NotUnlocked::Trouble(fault.to_string())),
        };
        self.say(says);
    }

    fn recovered(&mut self, number: u8, typed: &Secret) -> Result<Secret, OpenFault> {
        let house = self.doors.as_ref().map(|doors| doors.house.clone()).ok_or(HouseFault::Lost)?;
        let sheet =
            RecoveryWords::read(typed.reveal()).map_err(|fault| HouseFault::Sheet(capital(&fault.to_string())))?;
        let ring = house.read()?;
        if *ring.register() != self.opened.book.head().register.0 {
            return Err(HouseFault::Foreign.into());
        }
        let keys = ring.unlock_recovery(&sheet).map_err(HouseFault::from)?;
        // Who has a key is told to nobody but whoever has the sheet.
        let whom = ring.numbered(number).ok_or(HouseFault::NoNumber(number))?.id;
        let (generated, passphrase) = generated()?;
        let clock = self.doors.as_ref().map(|doors| doors.clock.clone()).ok_or(HouseFault::Lost)?;
        let kdf = kdf(ring.kind(), &clock);
        house.take(Some(Arc::new(keys)));
        let done = self.reset_by_sheet(&house, number, (&whom, &passphrase, kdf));
        // Nobody stays in by the sheet, and nothing that was read with it.
        house.take(None);
        self.lets_go();
        done.map(|()| generated)
    }

    /// The sheet's keys are in hand: what was cut off before is named first, since each change is signed after the last.
    fn reset_by_sheet(
        &mut self,
        house: &House,
        number: u8,
        (whom, passphrase, kdf): (&Id, &Passphrase, Kdf),
    ) -> Result<(), OpenFault> {
        self.begin()?;
        let fit = self.opened.trusts()?;
        house.fits(self.opened.register.keys.as_ref())?;
        // Whoever has a key can write another number into the keyring: the sheet is for whom the register gives it to.
        numbered(&self.opened.register, whom, number)?;
        self.keys_named(house, fit)?;
        let before = house.keys()?;
        let step = Step::of_sheet(before.ring(), &self.opened.register, whom);
        let reset = |keys: &mut Keys| -> Result<(), KeysFault> {
            // Whoever reads a group gets its next key, and the sheet hands on all that it has.
            step.take(keys)?;
            keys.sheet_reads(&System)?;
            keys.reset(whom, passphrase, kdf, &System)
        };
        let ((), set) = house.change(reset)?;
        // It counts from here on, and is shown; the next who unlocks names it where it cannot be named now.
        let _ = self.keys_told(set);
        // Of who is not on the list nobody knows what they did with the directory's key.
        self.carried(Some(before).filter(|_| !step.takes_out()));
        Ok(())
    }

    /// Writes entries of the keeper's own.
    pub(super) fn append(&mut self, entries: &[Entry]) -> Result<(), OpenFault> {
        self.opened.book.append(entries)?;
        let head = *self.opened.book.head();
        if let Some(directory) = &mut self.opened.directory {
            directory.wrote(entries, head);
        }
        Ok(())
    }
}

/// Five words, for the screen and for the vault.
pub(super) fn generated() -> Result<(Secret, Passphrase), HouseFault> {
    let words = words::generate(&System).map_err(|fault| HouseFault::Keys(fault.into()))?;
    let passphrase = Passphrase::new(&words).ok_or(HouseFault::Wrong)?;
    Ok((Secret::new(&words), passphrase))
}
