//! Making a sealed register: its keys first, then its book, whose first entries name them.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use crate::book::{DiskBook, GivenUp, file_bytes};
use crate::clock::Clock;
use crate::domain::codes::Role;
use crate::domain::event::{By, CentreEvent, Entry, Event, FileRef, KeysSet, Source, StaffCard};
use crate::domain::ids::{DayId, RegisterId};
use crate::run::house::{House, HouseFault, PRACTICE, kdf};
use crate::run::open::{OpenFault, file};
use crate::run::setup::{DESK, outside_days};
use crate::run::stamp::{Hand, stamp};
use crate::vault::{Group, Keys, KeysFault, Kind, NewPerson, Passphrase, RecoveryWords, System};

/// What a role reads beside the ordinary (notice 002, section 12: concerns go to the safeguarding lead and the coordinator,
/// an allegation about one of the team to the lead and the chair).
pub fn groups(role: Role) -> &'static [Group] {
    match role {
        Role::Coordinator => &[Group::Concern],
        Role::SafeguardingLead => &[Group::Concern, Group::Allegation, Group::Lead],
        Role::Chair => &[Group::Allegation, Group::Chair],
        _ => &[],
    }
}

/// The files that entries lie in, as the vault names them.
pub fn files<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<[u8; 17]> {
    let files: BTreeSet<[u8; 17]> = entries.into_iter().map(|entry| file_bytes(entry.file)).collect();
    files.into_iter().collect()
}

/// The keys of a register and its first person, in memory only; they know the files of its first entries.
///
/// # Errors
/// [`HouseFault`].
pub fn keys(
    register: RegisterId,
    kind: Kind,
    first: &StaffCard,
    passphrase: &Passphrase,
    clock: &Clock,
) -> Result<(Keys, RecoveryWords), HouseFault> {
    let id = first.staff.0.into_bytes();
    let person = NewPerson { id, number: first.number, passphrase, kdf: kdf(kind, clock), groups: groups(first.role) };
    Ok(Keys::create(register.0.into_bytes(), kind, &person, &System)?)
}

/// Seals the keys, with those of the files of these entries, writes the keyring, and adds the entry that names it. A keyring
/// that lies there without its book is set aside.
///
/// # Errors
/// [`HouseFault`]; no keyring was written, or one that nothing uses.
pub fn written(house: &House, mut keys: Keys, entries: &mut Vec<Entry>, clock: &Clock) -> Result<(), HouseFault> {
    keys.ensure_files(&files(&*entries), &System)?;
    let change = keys.seal(&System)?;
    house.set_aside()?;
    house.write(&change.bytes)?;
    let set = house.told(&keys);
    house.take(Some(Arc::new(keys)));
    entries.extend(told(set, clock));
    Ok(())
}

/// The entry of a version of the keyring.
pub fn told(keys: KeysSet, clock: &Clock) -> Vec<Entry> {
    of_centre(By::Program, vec![(FileRef::Centre, CentreEvent::KeysSet(keys))], clock)
}

/// Entries of the centre, one act, as of now.
pub fn of_centre(by: By, events: Vec<(FileRef, CentreEvent)>, clock: &Clock) -> Vec<Entry> {
    let now = clock.now();
    let drafts = events.into_iter().map(|(file, event)| outside_days(file, Event::Centre(event), now)).collect();
    stamp(drafts, &Hand { by, desk: DESK, now, source: Source::Desk }, clock.ids())
}

/// The same entries, of a day.
pub fn on_day(day: Option<DayId>, mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.iter_mut().for_each(|entry| entry.day = day);
    entries
}

/// Keys for everybody of a practice team, under the passphrase that all know.
///
/// # Errors
/// [`HouseFault`].
pub fn practice(
    house: &House,
    register: RegisterId,
    entries: &mut Vec<Entry>,
    clock: &Clock,
) -> Result<(), HouseFault> {
    let team: Vec<StaffCard> = entries.iter().filter_map(card).cloned().collect();
    let passphrase = Passphrase::new(PRACTICE).ok_or(KeysFault::Empty)?;
    let (first, others) = team.split_first().ok_or(HouseFault::Locked)?;
    // Nobody needs the sheet of a register that everybody can open.
    let (mut keys, _) = self::keys(register, Kind::Practice, first, &passphrase, clock)?;
    for card in others {
        let id = card.staff.0.into_bytes();
        let kdf = kdf(Kind::Practice, clock);
        let groups = groups(card.role);
        keys.add(&NewPerson { id, number: card.number, passphrase: &passphrase, kdf, groups }, &System)?;
    }
    written(house, keys, entries, clock)
}

fn card(entry: &Entry) -> Option<&StaffCard> {
    match entry.event.open() {
        Some(Event::Centre(CentreEvent::StaffListed(card))) => Some(card),
        _ => None,
    }
}

/// Makes a register of its keys and its first entries: the keyring is durable before the book is there.
///
/// # Errors
/// [`OpenFault`]; there is no register.
pub fn register(
    house: &House,
    folder: &Path,
    keys: Keys,
    mut entries: Vec<Entry>,
    clock: &Clock,
) -> Result<(), OpenFault> {
    let register = RegisterId(uuid::Uuid::from_bytes(*keys.ring().register()));
    written(house, keys, &mut entries, clock)?;
    book(folder, register, house, entries)
}

/// Makes the book, whole or not at all, and closes it.
///
/// # Errors
/// [`OpenFault`].
pub fn book(folder: &Path, register: RegisterId, house: &House, entries: Vec<Entry>) -> Result<(), OpenFault> {
    let mut all = entries.into_iter().map(Ok::<_, Infallible>);
    let sealer = || -> Box<dyn crate::vault::Sealer> { Box::new(house.sealer()) };
    match DiskBook::create_sealed_on((house.disk(), &file(folder)), register, &sealer, &mut all) {
        Ok(_) => Ok(()),
        Err(GivenUp::Write(fault)) => Err(fault.into()),
        Err(GivenUp::Entry(never)) => match never {},
    }
}
