//! The keeper of a sealed register: who may come in, changed. The keyring first, then the entries that name it.

use std::sync::Arc;

use super::doors::generated;
use super::{Hand, Kept};
use crate::app::action::Action;
use crate::app::people::{Card, Listed, PeopleAct, PeopleDone};
use crate::app::secret::Secret;
use crate::book::file_bytes;
use crate::domain::decide::may_do;
use crate::domain::event::{Age, By, CentreEvent, FileRef, KeysSet, StaffCard, UserCard};
use crate::domain::ids::StaffId;
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::Journal;
use crate::run::house::{House, HouseFault, kdf, whose};
use crate::run::making::groups;
use crate::run::open::OpenFault;
use crate::vault::{Kdf, Keys, KeysFault, NewPerson, Passphrase, System};

/// What is said beside a passphrase that counts, where the disk took the keyring and then no more.
const NOT_TOLD: &str = "It counts. The disk failed then: the register names it with the next entry.";

/// Why it was not done: a sentence, with what was kept.
type Not = String;

impl<J: Journal> Hand<J> {
    /// Does one act on who may come in, and tells it.
    pub(super) fn people(&mut self, act: PeopleAct, tell: &impl Fn(Kept)) {
        let mut before = None;
        match self.acted(act, &mut before, tell) {
            Ok(done) => {
                if let Some(done) = done {
                    self.say(Action::PeopleDone(done));
                }
                self.carried(before.take());
                match self.register() {
                    Ok((house, register)) => self.say(Action::People(listed(&house, &register))),
                    Err(fault) => self.say(Action::PeopleNot(fault.to_string())),
                }
            }
            Err(says) => self.say(Action::PeopleNot(says)),
        }
        self.carried(before);
    }

    /// The team and its keys, as they stand now.
    fn register(&mut self) -> Result<(House, Register), OpenFault> {
        let doors = self.doors.as_ref().ok_or(HouseFault::Lost)?;
        let house = doors.house.clone();
        house.keys()?;
        self.begin()?;
        Ok((house, std::mem::take(&mut self.opened.register)))
    }

    /// Each change is signed after the last: one that was not saved is named, and what of it was left half done is put right.
    fn nothing_waits(&mut self, house: &House, act: &PeopleAct, register: Register) -> Result<Register, OpenFault> {
        self.opened.register = register;
        if *act != PeopleAct::List {
            self.opened.trusts()?;
            if let Some(set) = house.not_told() {
                self.keys_told(set)?;
            }
            // Whoever reads a group gets its next key.
            self.in_step(house)?;
        }
        Ok(std::mem::take(&mut self.opened.register))
    }

    fn acted(
        &mut self,
        act: PeopleAct,
        before: &mut Option<Arc<Keys>>,
        tell: &impl Fn(Kept),
    ) -> Result<Option<PeopleDone>, Not> {
        let (house, register) = self.register().map_err(says)?;
        let register = self.nothing_waits(&house, &act, register).map_err(says)?;
        *before = house.keys().ok();
        let me = before.as_ref().and_then(|keys| whose(keys)).ok_or_else(|| says(HouseFault::Locked))?;
        let free = matches!(act, PeopleAct::List | PeopleAct::ChangeOwn { .. });
        let today = self.doors.as_ref().map(|doors| doors.clock.now().date_naive()).unwrap_or_default();
        // The day's own policy, and the newest: who may sign is read by that.
        let now = register.policy().may(register.role(me), Power::People);
        if !free && (!now || may_do(&register, register.day_id(today), me, Power::People).is_err()) {
            return Err("This is for the coordinator. Nothing was changed.".to_owned());
        }
        match act {
            PeopleAct::List => Ok(None),
            PeopleAct::Add(card) => self.add(&house, &register, (me, None, card), tell).map(Some),
            PeopleAct::GiveKey(staff) => {
                let card = card_of(&register, staff).ok_or_else(unknown)?;
                self.add(&house, &register, (me, Some(staff), card), tell).map(Some)
            }
            PeopleAct::Change(staff, card) => self.changed(&house, &register, (me, staff, card), tell).map(Some),
            PeopleAct::Remove(staff) => self.removed(&house, &register, (me, staff), tell).map(Some),
            PeopleAct::Reset(staff) => {
                let (generated, passphrase) = generated().map_err(says)?;
                let kdf = self.kdf(&house).map_err(says)?;
                let id = staff.0.into_bytes();
                let ((), set) = house.change(|keys| keys.reset(&id, &passphrase, kdf, &System)).map_err(says)?;
                let told = self.told(me, Vec::new(), Some(set), tell);
                Ok(Some(counts(PeopleDone::Passphrase { staff, passphrase: generated }, told)))
            }
            PeopleAct::Give(staff) => {
                let (id, role) = (staff.0.into_bytes(), register.role(staff));
                let give = |keys: &mut Keys| -> Result<(), KeysFault> {
                    for group in groups(role) {
                        keys.give(&id, *group, &System)?;
                    }
                    Ok(())
                };
                let ((), set) = house.change(give).map_err(says)?;
                let told = self.told(me, Vec::new(), Some(set), tell);
                Ok(Some(counts(PeopleDone::Given(staff), told)))
            }
            PeopleAct::ChangeOwn { old, new } => self.own(&house, &register, (me, &old, &new), tell).map(Some),
        }
    }

    /// Somebody new, or somebody of the team who had no key.
    fn add(
        &mut self,
        house: &House,
        register: &Register,
        (me, known, card): (StaffId, Option<StaffId>, Card),
        tell: &impl Fn(Kept),
    ) -> Result<PeopleDone, Not> {
        number_is_free(register, known, card.number)?;
        let staff = match (known, &self.doors) {
            (Some(staff), _) => staff,
            (None, Some(doors)) => StaffId(doors.clock.ids().0),
            (None, None) => return Err(says(HouseFault::Lost)),
        };
        let (generated, passphrase) = generated().map_err(says)?;
        let kdf = self.kdf(house).map_err(says)?;
        let new = NewPerson {
            id: staff.0.into_bytes(),
            number: card.number,
            passphrase: &passphrase,
            kdf,
            groups: groups(card.role),
        };
        let file = file_bytes(FileRef::Staff(staff));
        let add = |keys: &mut Keys| -> Result<(), KeysFault> {
            keys.add(&new, &System)?;
            keys.ensure_file(&file, &System).map(|_| ())
        };
        let ((), set) = house.change(add).map_err(says)?;
        let told = self.told(me, cards(staff, &card, false, None), Some(set), tell);
        let done = PeopleDone::Passphrase { staff, passphrase: generated };
        match (known, told) {
            // Of the team already: it opens.
            (Some(_), told) => Ok(counts(done, told)),
            (None, Ok(())) => Ok(done),
            // Their key is taken out again before the next change, or at the next unlocking.
            (None, Err(fault)) => Err(format!("{fault} Nobody was added, and no passphrase counts. Add them again.")),
        }
    }

    fn changed(
        &mut self,
        house: &House,
        register: &Register,
        (me, staff, card): (StaffId, StaffId, Card),
        tell: &impl Fn(Kept),
    ) -> Result<PeopleDone, Not> {
        number_is_free(register, Some(staff), card.number)?;
        let known = register.team.get(&staff).ok_or_else(unknown)?;
        let id = staff.0.into_bytes();
        let keyed = house.keys().map_err(says)?.ring().person(&id).is_some();
        if keyed && known.number != card.number {
            return Err("A number stays with its key. Nothing was changed. Give somebody else another one.".to_owned());
        }
        let mut set = None;
        if keyed && groups(known.role) != groups(card.role) {
            let readers = |keys: &mut Keys| keys.set_readers(&id, groups(card.role), &System);
            set = Some(house.change(readers).map_err(says)?.1);
        }
        let told = self.told(me, cards(staff, &card, false, None), set, tell);
        told.map_err(|fault| format!("{fault} They are held as they were. Change it again."))?;
        Ok(PeopleDone::Changed(staff))
    }

    fn removed(
        &mut self,
        house: &House,
        register: &Register,
        (me, staff): (StaffId, StaffId),
        tell: &impl Fn(Kept),
    ) -> Result<PeopleDone, Not> {
        let card = card_of(register, staff).ok_or_else(unknown)?;
        let id = staff.0.into_bytes();
        if staff == me {
            return Err("Somebody else must remove you. Nothing was changed.".to_owned());
        }
        let keyed = house.keys().map_err(says)?.ring().person(&id).is_some();
        let set = if keyed { Some(house.change(|keys| keys.remove(&id, &System)).map_err(says)?.1) } else { None };
        let today = self.doors.as_ref().map(|doors| doors.clock.now().date_naive());
        let took = if keyed { " Their key is taken, and they stand on the list still. Remove them again." } else { "" };
        let told = self.told(me, cards(staff, &card, true, today), set, tell);
        told.map_err(|fault| format!("{fault}{took}"))?;
        Ok(PeopleDone::Removed(staff))
    }

    fn own(
        &mut self,
        house: &House,
        register: &Register,
        (me, old, new): (StaffId, &Secret, &Secret),
        tell: &impl Fn(Kept),
    ) -> Result<PeopleDone, Not> {
        let wrong = || "That is not the passphrase that you have. Nothing was changed.".to_owned();
        let keys = house.keys().map_err(says)?;
        let number = keys.ring().person(keys.me()).map(|one| one.number).ok_or_else(wrong)?;
        let old = Passphrase::new(old.reveal()).ok_or_else(wrong)?;
        if house.read().map_err(says)?.confirm(number, &old).is_err() {
            return Err(wrong());
        }
        let new = Passphrase::new(new.reveal()).filter(|new| !new.is_empty()).ok_or_else(|| {
            "That is too long for a passphrase, or too short. Nothing was changed. Type another one.".to_owned()
        })?;
        let Some(doors) = &self.doors else { return Err(says(HouseFault::Lost)) };
        // Sealed to the key that goes: written again under the one that comes.
        let drafts: Vec<_> = doors.papers.drafts().into_iter().filter(|(staff, ..)| *staff == me).collect();
        let kdf = self.kdf(house).map_err(says)?;
        let theirs = groups(register.role(me));
        let ((), set) = house.change(|keys| keys.change_passphrase(&new, kdf, theirs, &System)).map_err(says)?;
        for (staff, note, words) in drafts {
            // The words are still in the form.
            let _ = doors.papers.keep_draft(staff, note, &words);
        }
        let told = self.told(me, Vec::new(), Some(set), tell);
        Ok(counts(PeopleDone::ChangedOwn, told))
    }

    /// What a new passphrase is to cost whoever guesses at it, here.
    fn kdf(&self, house: &House) -> Result<Kdf, HouseFault> {
        let doors = self.doors.as_ref().ok_or(HouseFault::Lost)?;
        Ok(kdf(house.keys()?.ring().kind(), &doors.clock))
    }

    /// Writes what was done, and tells it as anything written.
    fn told(
        &mut self,
        me: StaffId,
        events: Vec<(FileRef, CentreEvent)>,
        set: Option<KeysSet>,
        tell: &impl Fn(Kept),
    ) -> Result<(), Not> {
        // First, so that who may sign it is who might before.
        let set = set.map(|set| (FileRef::Centre, CentreEvent::KeysSet(set)));
        let entries = self.of_centre(By::Staff(me), set.into_iter().chain(events).collect());
        self.write(&entries)?;
        tell(Kept::Stored(entries));
        Ok(())
    }
}

/// It is done, though the register could not be told: what counts is the keyring, which is durable.
fn counts(done: PeopleDone, told: Result<(), Not>) -> PeopleDone {
    match told {
        Ok(()) => done,
        Err(_) => PeopleDone::NotTold(Box::new(done), NOT_TOLD.to_owned()),
    }
}

fn says(fault: impl Into<OpenFault>) -> Not {
    fault.into().to_string()
}

fn unknown() -> Not {
    "Nobody like that is on the team list. Nothing was changed.".to_owned()
}

fn number_is_free(register: &Register, staff: Option<StaffId>, number: u8) -> Result<(), Not> {
    let taken = register.team.values().any(|card| !card.left && card.number == number && Some(card.staff) != staff);
    if taken {
        return Err(format!("Number {number} is somebody else's. Nothing was changed. Choose another one."));
    }
    Ok(())
}

/// The two entries that somebody is held by.
pub(in crate::run) fn cards(
    staff: StaffId,
    card: &Card,
    left: bool,
    leaves: Option<chrono::NaiveDate>,
) -> Vec<(FileRef, CentreEvent)> {
    let (given, family) = (card.given.clone(), card.family.clone());
    let listed = StaffCard { staff, number: card.number, given, family, role: card.role, left };
    let user = UserCard {
        staff,
        title: card.title.clone(),
        given: card.given.clone(),
        family: card.family.clone(),
        email: card.email.clone(),
        job: card.job.clone(),
        undertaking: card.undertaking,
        left: leaves,
        age: if card.of_age { Age::Eighteen } else { Age::Sixteen },
    };
    let file = FileRef::Staff(staff);
    vec![(file, CentreEvent::StaffListed(listed)), (file, CentreEvent::AuthorisedUser(user))]
}

/// What is held of somebody of the team.
fn card_of(register: &Register, staff: StaffId) -> Option<Card> {
    let listed = register.team.get(&staff)?;
    let user = register.users.get(&staff);
    let text = |of: fn(&UserCard) -> &crate::domain::text::Text| user.map(of).cloned().unwrap_or_default();
    Some(Card {
        number: listed.number,
        title: text(|user| &user.title),
        given: listed.given.clone(),
        family: listed.family.clone(),
        email: text(|user| &user.email),
        job: text(|user| &user.job),
        role: listed.role,
        undertaking: user.and_then(|user| user.undertaking),
        of_age: user.is_none_or(|user| user.age == Age::Eighteen || register.policy().user_age < 18),
    })
}

/// Everybody of the team, those who left too.
fn listed(house: &House, register: &Register) -> Vec<Listed> {
    let Ok(keys) = house.keys() else { return Vec::new() };
    let ring = keys.ring();
    let waits = |id: &[u8; 16]| ring.waiting().iter().any(|waiting| waiting.person == *id);
    let one = |card: &StaffCard| {
        let id = card.staff.0.into_bytes();
        let left = register.users.get(&card.staff).and_then(|user| user.left);
        Some(Listed {
            staff: card.staff,
            card: card_of(register, card.staff)?,
            has_key: ring.person(&id).is_some(),
            left: left.or_else(|| card.left.then(chrono::NaiveDate::default)),
            lacks_notes: waits(&id),
        })
    };
    register.team.values().filter_map(one).collect()
}
