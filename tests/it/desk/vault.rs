//! A vault in memory for desk tests: numbers and passphrases, and what a real one answers.

use std::collections::BTreeMap;

use doorbook::app::action::{Action, Effect};
use doorbook::app::lock::{NotUnlocked, Sealed, Tries, Unlocked, WordList};
use doorbook::app::people::{Card, Listed, PeopleAct, PeopleDone};
use doorbook::app::secret::Secret;
use doorbook::app::{App, Setup};
use doorbook::domain::codes::Moment;
use doorbook::domain::event::{Entry, StaffCard};
use doorbook::domain::ids::StaffId;
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;

use super::harness::{Desk, moment, setup};

/// Of everybody in the register.
pub const WORDS: &str = "anchor bicycle candle dolphin eagle";
/// What is offered next.
pub const OFFERED: &str = "forest garlic hammer island jacket";
/// The recovery sheet: 26 words, each with its number in it.
pub const SHEET: &str = "abandon ability able about above absent absorb abstract absurd abuse access accident account \
                         accuse achieve acid acoustic acquire across act action actor actress actual adapt add";

#[derive(Clone, Default)]
pub struct Vault {
    /// Who has which passphrase, by number.
    pub keys: BTreeMap<u8, (StaffId, String)>,
    /// Asked of it, the passphrases apart.
    pub asked: Vec<String>,
    /// The answer waits until it is asked for.
    pub slow: bool,
    waits: Vec<Action>,
    /// F8 on the locked screen.
    pub raised: Vec<Moment>,
    pub list: Vec<Listed>,
}

impl Vault {
    /// The team of a register, each with the same words.
    pub fn of(register: &Register) -> Self {
        let key = |card: &&StaffCard| (card.number, (card.staff, WORDS.to_owned()));
        let listed = |card: &&StaffCard| Listed {
            staff: card.staff,
            card: Card {
                number: card.number,
                title: Text::name("Ms"),
                given: card.given.clone(),
                family: card.family.clone(),
                email: Text::name(&format!("{}@centre.example", card.given.as_str().to_lowercase())),
                job: Text::name("Helper on Saturdays"),
                role: card.role,
                undertaking: chrono::NaiveDate::from_ymd_opt(2026, 5, 3),
                of_age: true,
            },
            has_key: true,
            left: None,
            lacks_notes: false,
        };
        let team = register.present_team();
        Self { keys: team.iter().map(key).collect(), list: team.iter().map(listed).collect(), ..Self::default() }
    }

    fn who(&self, number: u8, passphrase: &Secret) -> Option<StaffId> {
        let (staff, words) = self.keys.get(&number)?;
        Secret::new(words).is_same_of_list(passphrase).then_some(*staff)
    }

    pub fn answers(&mut self, effect: Effect, log: &[Entry], setup: Setup) -> Vec<Action> {
        let kept = format!("{effect:?}");
        assert!(!kept.to_lowercase().contains("anch"), "a passphrase in an effect: {kept}");
        self.asked.push(kept);
        let answers = self.answer(effect, log, setup);
        if self.slow {
            self.waits.extend(answers);
            return Vec::new();
        }
        answers
    }

    /// What waited.
    pub fn now(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.waits)
    }

    fn answer(&mut self, effect: Effect, log: &[Entry], setup: Setup) -> Vec<Action> {
        let unlocked = |who, raised: &[Moment]| {
            let mut register = Register::default();
            log.iter().for_each(|e| register.fold(e));
            Action::Unlocked(Box::new(Unlocked {
                who,
                register,
                comes: None,
                setup,
                raised: raised.to_vec(),
                put_right: false,
            }))
        };
        vec![match effect {
            Effect::Unlock { number, passphrase, .. } => match self.who(number, &passphrase) {
                Some(who) => unlocked(who, &self.raised),
                None => Action::NotUnlocked(NotUnlocked::Wrong),
            },
            Effect::Prove { number, passphrase } => match self.who(number, &passphrase) {
                Some(who) => Action::Proved(who),
                None => Action::NotProved(NotUnlocked::Wrong),
            },
            Effect::Recover { number, words } if Secret::new(SHEET).is_same_of_list(&words) => {
                if let Some((_, passphrase)) = self.keys.get_mut(&number) {
                    OFFERED.clone_into(passphrase);
                }
                Action::Recovered { number, passphrase: Secret::new(OFFERED) }
            }
            Effect::Recover { .. } => Action::NotUnlocked(NotUnlocked::Wrong),
            Effect::RaiseLocked { at } => {
                self.raised.push(at);
                return Vec::new();
            }
            Effect::RaisedLeft(left) => {
                self.raised = left;
                return Vec::new();
            }
            Effect::Offer => Action::Offered(Secret::new(OFFERED)),
            Effect::People(act) => return self.people(act),
            Effect::SetUp(_) => Action::SetUpMade(Secret::new(SHEET)),
            Effect::SetUpKeep => match self.keys.get(&1) {
                Some((who, _)) => unlocked(*who, &[]),
                None => Action::SetUpNot("The disk is full. Nothing was written.".to_owned()),
            },
            _ => return Vec::new(),
        }]
    }

    fn people(&mut self, act: PeopleAct) -> Vec<Action> {
        let offered = || Secret::new(OFFERED);
        let done = match act {
            PeopleAct::List => return vec![Action::People(self.list.clone())],
            PeopleAct::Add(card) => {
                let staff = StaffId(uuid::Uuid::from_u128(700 + u128::from(card.number)));
                self.list.push(Listed { staff, card, has_key: true, left: None, lacks_notes: false });
                PeopleDone::Passphrase { staff, passphrase: offered() }
            }
            PeopleAct::Change(staff, card) => {
                self.list.iter_mut().filter(|l| l.staff == staff).for_each(|l| l.card = card.clone());
                PeopleDone::Changed(staff)
            }
            PeopleAct::GiveKey(staff) | PeopleAct::Reset(staff) => {
                PeopleDone::Passphrase { staff, passphrase: offered() }
            }
            PeopleAct::Remove(staff) => {
                let left = chrono::NaiveDate::from_ymd_opt(2026, 11, 21);
                self.list.iter_mut().filter(|l| l.staff == staff).for_each(|l| l.left = left);
                PeopleDone::Removed(staff)
            }
            PeopleAct::Give(staff) => {
                self.list.iter_mut().filter(|l| l.staff == staff).for_each(|l| l.lacks_notes = false);
                PeopleDone::Given(staff)
            }
            PeopleAct::ChangeOwn { old, .. } if Secret::new(WORDS).is_same_of_list(&old) => PeopleDone::ChangedOwn,
            PeopleAct::ChangeOwn { .. } => {
                return vec![Action::PeopleNot(
                    "That is not the passphrase that you have. Nothing is changed.".to_owned(),
                )];
            }
        };
        vec![Action::PeopleDone(done), Action::People(self.list.clone())]
    }
}

/// A passphrase typed by its first four letters, as keys of a script.
pub fn words() -> String {
    short(WORDS)
}

/// The first four letters of each word, as keys of a script.
pub fn short(words: &str) -> String {
    let each = words.split_whitespace().map(|word| word.chars().take(4).map(|c| format!("{c} ")).collect::<String>());
    each.collect::<Vec<_>>().join("space ")
}

impl Desk {
    /// The practice Saturday, sealed, nobody in.
    pub fn sealed(at: &str) -> Self {
        let mut desk = Self::practice("08:50");
        desk.vault = Some(Vault::of(&desk.app.register));
        desk.wait_until(moment(&format!("2026-11-21T{at}")));
        desk.started_locked(None, Tries::default());
        desk
    }

    /// The program starts on a sealed register.
    pub fn started_locked(&mut self, practice: Option<&str>, tries: Tries) {
        let sealed =
            Sealed { practice: practice.map(Secret::new), seconds: 1, list: WordList(doorbook::vault::words::list()) };
        let size = self.app.size;
        self.app = App::locked(Setup { size, ..setup(self.now) }, sealed, tries);
        self.app.since_start = self.since_start;
    }

    /// Number and passphrase, and the Enter that says what it writes.
    pub fn comes_in(&mut self, number: &str) -> &mut Self {
        self.keys(&format!("{number} tab {} enter enter", words()))
    }

    /// Sealed, Jean at the desk, the team on shift.
    pub fn sealed_saturday(at: &str) -> Self {
        let mut desk = Self::sealed("08:55");
        desk.comes_in("5").keys("f2 1 2 3 4 esc");
        desk.awake_until(at);
        desk
    }

    /// Somebody presses a key now and then.
    pub fn awake_until(&mut self, at: &str) -> &mut Self {
        let to = moment(&format!("2026-11-21T{at}"));
        while self.now < to {
            let next = (self.now + chrono::Duration::minutes(10)).min(to);
            self.keys("down");
            self.wait_until(next);
        }
        self
    }

    /// The answers that the vault kept back.
    pub fn answered(&mut self) {
        let answers = self.vault.as_mut().map(Vault::now).unwrap_or_default();
        answers.into_iter().for_each(|answer| self.send(answer));
    }
}
