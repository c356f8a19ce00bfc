//! What the loop asks at the door of a sealed register, and where there is none yet.

use super::{Desk, sealed_as};
use crate::app::action::{Action, Effect};
use crate::app::lock::{NotUnlocked, Tries};
use crate::app::secret::Secret;
use crate::app::{App, Setup};
use crate::domain::event::Leaves;
use crate::run::first;
use crate::run::house::House;
use crate::run::keeper::Door;
use crate::run::open;
use crate::run::papers::Papers;
use crate::run::setup::{DESK, Families};
use crate::run::window::Heard;
use crate::vault::{Kind, System, words};

impl Desk {
    /// What is asked of a sealed register's keeper, and the small files that need no key.
    pub(super) fn at_the_door(&mut self, effect: Effect) -> Option<Action> {
        let door = match effect {
            Effect::Unlock { number, passphrase, change } => Door::Unlock { number, passphrase, change },
            Effect::Recover { number, words } => Door::Recover { number, words },
            Effect::Prove { number, passphrase } => Door::Prove { number, passphrase },
            Effect::People(act) => Door::People(act),
            Effect::Lock => Door::Lock,
            Effect::RaiseLocked { at } => {
                let says = |fault| Action::NotStored(format!("The time was not kept ({fault}). Write it on paper."));
                return self.papers.raise(at).err().map(says);
            }
            Effect::RaisedLeft(all) => {
                // Where it fails they are asked for again at the next start: written twice is better than not.
                let _ = self.papers.keep_raised(&all);
                return None;
            }
            _ => return None,
        };
        let keeper = self.keeper.as_ref()?;
        keeper.door(door).err().map(|says| Action::NotUnlocked(NotUnlocked::Trouble(says)))
    }

    /// What is asked where there is no register yet.
    pub(super) fn first(&mut self, effect: Effect) -> Option<Action> {
        match effect {
            Effect::SetUp(set_up) => {
                let (tell, clock) = (self.tell.clone(), self.clock.clone());
                let work = move || {
                    let made = first::prepare(&set_up, &clock).map(Box::new);
                    let _ = tell.send(Heard::Prepared(made));
                };
                let started = std::thread::Builder::new().name("keys".to_owned()).spawn(work);
                started.err().map(no_thread)
            }
            Effect::SetUpKeep => {
                let prepared = self.prepared.take()?;
                match first::keep(*prepared, &self.folders.register, &self.clock) {
                    Ok(house) => self.starts(house, true),
                    Err(fault) => Some(Action::SetUpNot(fault.to_string())),
                }
            }
            Effect::Practise => {
                self.folders.register = self.folders.practice.clone();
                match open::make(&self.folders.register, Families::Invented, &self.clock) {
                    Ok(_) => {
                        let house = House::of(&self.folders.register);
                        let setup = Setup {
                            desk: DESK,
                            size: self.app.size,
                            now: self.clock.now(),
                            clock_moves: false,
                            unclean: false,
                        };
                        self.app = App::locked(setup, sealed_as(Kind::Practice), Tries::default());
                        self.starts(house, false)
                    }
                    Err(fault) => Some(Action::SetUpNot(fault.to_string())),
                }
            }
            _ => None,
        }
    }

    /// Of a sealed register that is an entry.
    pub(super) fn exported(&self, what: Leaves) {
        self.at_door(Door::Exported(what, self.app.date, self.app.day_of_use()));
    }

    /// Tells the keeper of a sealed register; that it has stopped shows at the next act.
    pub(super) fn at_door(&self, door: Door) {
        if let Some(keeper) = self.keeper.as_ref().filter(|_| self.app.is_sealed()) {
            let _ = keeper.door(door);
        }
    }

    fn starts(&mut self, house: House, unlocked: bool) -> Option<Action> {
        self.papers = Papers::sealed(&self.folders.register, house.sealer());
        self.keep(house, unlocked).err().map(no_thread)
    }
}

fn no_thread(fault: std::io::Error) -> Action {
    Action::SetUpNot(format!(
        "There is no room for another thread ({fault}). Nothing was written. Close other programs, then try again."
    ))
}

/// Five words that nobody has had before.
pub(super) fn offered() -> Action {
    match words::generate(&System) {
        Ok(words) => Action::Offered(Secret::new(&words)),
        Err(fault) => Action::SetUpNot(format!("This machine gives no random words ({fault}). Nothing was written.")),
    }
}
