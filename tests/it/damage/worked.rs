//! A real register file of a worked day: the practice Saturday, act by act, each act a commit of its own.

use std::path::Path;
use std::sync::LazyLock;

use doorbook::book::{DiskBook, Placed};
use doorbook::domain::event::Entry;
use doorbook::domain::ids::{DayId, RegisterId};
use doorbook::platform;

use crate::chance::Chance;
use crate::properties::world::World;

/// Commands that are tried on the day; not all are accepted.
const COMMANDS: usize = 120;

pub struct Worked {
    /// The file.
    pub bytes: Vec<u8>,
    /// The file as it was after each tenth act.
    pub earlier: Vec<Vec<u8>>,
    /// What is in it.
    pub placed: Vec<Placed>,
    pub day: DayId,
    /// The link of the last one.
    pub link: String,
}

pub fn register() -> RegisterId {
    RegisterId(uuid::Uuid::from_u128(7))
}

/// The entries of the register and of its day, by acts.
pub fn acts() -> (Vec<Vec<Entry>>, DayId) {
    let mut world = World::saturday();
    let mut chance = Chance::new(7);
    for _ in 0..COMMANDS {
        world.next(chance.next());
    }
    let mut acts: Vec<Vec<Entry>> = Vec::new();
    for entry in world.entries {
        match acts.last_mut().filter(|act| act[0].act == entry.act) {
            Some(act) => act.push(entry),
            None => acts.push(vec![entry]),
        }
    }
    (acts, world.day)
}

impl Worked {
    /// Closed as the desk does.
    pub fn closed() -> &'static Self {
        static CLOSED: LazyLock<Worked> = LazyLock::new(|| Worked::made(true));
        &CLOSED
    }

    /// As a kill leaves it.
    pub fn killed() -> &'static Self {
        static KILLED: LazyLock<Worked> = LazyLock::new(|| Worked::made(false));
        &KILLED
    }

    fn made(closed: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.redb");
        let (acts, day) = acts();
        let mut first = acts[0].iter().cloned().map(Ok::<_, ()>);
        let mut book = DiskBook::create_at(&path, register(), &mut first).unwrap();
        let mut earlier = Vec::new();
        for (n, act) in acts.iter().enumerate().skip(1) {
            book.append(act).unwrap();
            if n % 10 == 0 {
                earlier.push(std::fs::read(&path).unwrap());
            }
        }
        let placed = book.read_all().unwrap();
        assert!(placed.len() > 100, "{} entries", placed.len());
        let link = book.head().link.to_string();
        let killed = std::fs::read(&path).unwrap();
        drop(book);
        let bytes = if closed { std::fs::read(&path).unwrap() } else { killed };
        Self { bytes, earlier, placed, day, link }
    }

    /// The entries of the day.
    pub fn of_day(&self) -> Vec<Placed> {
        self.placed.iter().filter(|placed| placed.entry.day == Some(self.day)).cloned().collect()
    }
}

/// Puts bytes there as a private file.
pub fn lay(path: &Path, bytes: &[u8]) {
    let _ = std::fs::remove_file(path);
    std::io::Write::write_all(&mut platform::create_private(path).unwrap(), bytes).unwrap();
}
