//! A sealed register on a disk in memory, and each thing that is done with its keys, by the real code.

use std::path::Path;
use std::sync::Arc;

use doorbook::app::people::{PeopleAct, PeopleDone};
use doorbook::book::Book;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{CentreEvent, Entry, Event, FileRef, StaffCard};
use doorbook::domain::ids::{RegisterId, StaffId};
use doorbook::domain::text::Text;
use doorbook::import::practice::team;
use doorbook::journal::{Redb, Whole};
use doorbook::run::house::House;
use doorbook::run::making;
use doorbook::run::setup::{Families, practice_entries};
use doorbook::vault::{KeyedSealer, Keyring, Keys, Kind};

use super::disk::{Image, MemDisk};
use crate::sealed::{Desk, card, clock, words};

/// No such folder is on any machine: the drafts, which lie in it too, cannot be kept.
pub const FOLDER: &str = "/no-such-folder-of-doorbook";
pub const REGISTER: RegisterId = RegisterId(uuid::Uuid::from_u128(0xD00B));
pub const FIRST: &str = "first of all";
pub const OWN: &str = "another of my own";

pub fn folder() -> &'static Path {
    Path::new(FOLDER)
}

pub fn file(name: &str) -> std::path::PathBuf {
    folder().join(name)
}

pub fn desk(disk: &MemDisk) -> Desk {
    desk_of(disk, House::on(disk.arc(), folder()))
}

pub fn desk_of(disk: &MemDisk, house: House) -> Desk {
    let inner = disk.arc();
    Desk::over(house, folder(), move || Ok(Box::new(Redb::open_on(inner, &file("register.redb"))?)))
}

pub fn ring(disk: &MemDisk) -> Result<Keyring, String> {
    let bytes = Whole::on(disk.arc(), &file("keyring")).read().map_err(|fault| fault.to_string())?;
    Keyring::read(&bytes.ok_or("there is no keyring")?).map_err(|fault| format!("the keyring: {fault}"))
}

/// A centre is set up: Ruth, its first coordinator, and her recovery sheet.
pub fn set_up(disk: &MemDisk) -> Result<String, String> {
    let mut entries = practice_entries(REGISTER, Families::None, clock().now(), clock().ids());
    // Long, and of no account here: without it the default holds.
    entries.retain(|entry| !matches!(entry.event.open(), Some(Event::Centre(CentreEvent::PolicySet(_)))));
    let first = team(REGISTER).swap_remove(0);
    let made = making::keys(REGISTER, Kind::Practice, &first, &words(FIRST), &clock());
    let (keys, sheet) = made.map_err(|fault| fault.to_string())?;
    making::register(&House::on(disk.arc(), folder()), folder(), keys, entries, &clock())
        .map_err(|fault| fault.to_string())?;
    Ok(sheet.text().to_string())
}

/// A disk with a register, all of it safe: Ruth (1), and Ada (6), Nora (8) and Ida (9), a second coordinator.
pub struct World {
    pub image: Image,
    pub sheet: String,
    pub people: Vec<(u8, StaffId, String)>,
}

impl World {
    pub fn new() -> Self {
        let disk = MemDisk::of(Image::default());
        let sheet = set_up(&disk).unwrap();
        let desk = desk(&disk);
        desk.unlock(1, FIRST).unwrap();
        let mut people = vec![(1, team(REGISTER)[0].staff, FIRST.to_owned())];
        for (number, given, role) in
            [(6, "Ada", Role::SafeguardingLead), (8, "Nora", Role::Volunteer), (9, "Ida", Role::Coordinator)]
        {
            let (staff, passphrase) = desk.given(PeopleAct::Add(card(number, given, role)));
            people.push((number, staff, passphrase));
        }
        drop(desk);
        Self { image: disk.live(), sheet, people }
    }

    pub fn staff(&self, number: u8) -> StaffId {
        self.people.iter().find(|one| one.0 == number).unwrap().1
    }

    pub fn passphrase(&self, number: u8) -> &str {
        &self.people.iter().find(|one| one.0 == number).unwrap().2
    }
}

/// What is done with keys.
#[derive(Debug, Clone)]
pub enum Act {
    SetUp,
    People(u8, PeopleAct),
    Recover(u8),
    NewFile,
}

impl Act {
    /// Does it; the passphrase that comes of it.
    pub fn does(&self, disk: &MemDisk, world: &World) -> Result<Option<String>, String> {
        match self {
            Self::SetUp => set_up(disk).map(Some),
            Self::People(_, act) => {
                let desk = desk(disk);
                desk.unlock(1, world.passphrase(1))?;
                let done = desk.people(act.clone())?.0;
                disk.mark(1);
                Ok(match done {
                    Some(PeopleDone::Passphrase { passphrase, .. }) => Some(passphrase.reveal().to_owned()),
                    Some(PeopleDone::ChangedOwn) => Some(OWN.to_owned()),
                    _ => None,
                })
            }
            Self::Recover(number) => {
                let desk = desk(disk);
                let new = desk.recover(*number, &world.sheet)?;
                disk.mark(1);
                Ok(Some(new))
            }
            Self::NewFile => {
                let desk = desk(disk);
                desk.unlock(1, world.passphrase(1))?;
                listed(&desk, world.staff(1), 41)?;
                disk.mark(1);
                Ok(None)
            }
        }
    }

    /// Whose passphrase it changes.
    pub fn whose(&self) -> Option<u8> {
        match self {
            Self::SetUp | Self::NewFile | Self::People(_, PeopleAct::Change(..)) => None,
            Self::People(number, _) | Self::Recover(number) => Some(*number),
        }
    }
}

/// Somebody is put on the team list, without a key: an entry in a file that has no keys yet.
pub fn listed(desk: &Desk, by: StaffId, number: u8) -> Result<Vec<Entry>, String> {
    let staff = StaffId(clock().ids().0);
    let (given, family) = (Text::name("Somebody"), Text::name("Else"));
    let card = StaffCard { staff, number, given, family, role: Role::Volunteer, left: false };
    desk.write(by, Event::Centre(CentreEvent::StaffListed(card)), FileRef::Staff(staff))
}

/// The whole book, verified, as somebody reads it.
pub fn read(disk: &MemDisk, keys: Keys) -> Result<Vec<Entry>, String> {
    let told = |what: &str, fault: &dyn std::fmt::Display| format!("{what}: {fault}");
    let journal = Redb::open_on(disk.arc(), &file("register.redb")).map_err(|fault| told("opened again", &fault))?;
    let sealer = KeyedSealer::new(Some(Arc::new(keys)));
    let mut book = Book::sealed(journal, Box::new(sealer)).map_err(|fault| told("as a book", &fault))?;
    let report = book.verify();
    if !report.is_good() {
        return Err(report.sentence());
    }
    let all = book.read_all().map_err(|fault| told("read whole", &fault))?;
    Ok(all.into_iter().map(|placed| placed.entry).collect())
}
