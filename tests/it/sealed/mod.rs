//! A sealed register attacked: its files, its rows, its keyring, its people; those of docs/SECURITY.md.

#[cfg(unix)]
mod back;
mod cut;
#[cfg(unix)]
mod fields;
mod files;
mod follows;
mod keyring;
mod looked;
#[cfg(target_os = "linux")]
mod memory;
mod naming;
mod plaintext;
mod roles;
mod rows;
mod shown;
mod signed;
mod slots;
mod taken_along;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use doorbook::app::action::Action;
use doorbook::app::lock::NotUnlocked;
use doorbook::app::people::{Card, Listed, PeopleAct, PeopleDone};
use doorbook::app::secret::Secret;
use doorbook::book::{Book, DiskBook, Placed};
use doorbook::clock::Clock;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{By, Draft, Entry, Event, FileRef, Source};
use doorbook::domain::ids::StaffId;
use doorbook::domain::text::Text;
use doorbook::journal::{self, Abandon, AppendFault, Fault, Head, Journal, Kept as Stored, Row, Seq, Which};
use doorbook::run::house::House;
use doorbook::run::setup::{DESK, Families};
use doorbook::run::stamp::{Hand, stamp};
use doorbook::run::{Door, Doors, In, Keeper, Kept, Papers, open};
use doorbook::vault::{Keys, Passphrase};

/// When all of it happens.
pub const AT: &str = "2026-11-21T10:00:00";

pub fn clock() -> Clock {
    Clock::standing("Europe/London", AT.parse().unwrap()).unwrap()
}

pub fn words(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

/// A sealed practice register in a folder of its own.
pub struct Centre {
    home: tempfile::TempDir,
}

impl Centre {
    pub fn new() -> Self {
        Self::with(Families::None)
    }

    pub fn with(families: Families) -> Self {
        let centre = Self { home: tempfile::tempdir().unwrap() };
        open::make(&centre.folder(), families, &clock()).unwrap();
        centre
    }

    /// Another folder with the same files.
    pub fn copy(&self) -> Self {
        let copy = Self { home: tempfile::tempdir().unwrap() };
        doorbook::platform::private_folder(&copy.folder()).unwrap();
        for name in ["register.redb", "keyring"] {
            put(&copy.folder().join(name), &std::fs::read(self.folder().join(name)).unwrap());
        }
        copy
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("register")
    }

    pub fn keyring(&self) -> Vec<u8> {
        std::fs::read(self.folder().join("keyring")).unwrap()
    }

    pub fn put_keyring(&self, bytes: &[u8]) {
        put(&self.folder().join("keyring"), bytes);
    }

    pub fn desk(&self) -> Desk {
        Desk::of(&self.folder())
    }

    pub fn register(&self) -> [u8; 16] {
        DiskBook::look_at(&open::file(&self.folder())).unwrap().head().register.0
    }

    /// Somebody's keys, out of the keyring that lies there.
    pub fn keys(&self, number: u8, passphrase: &str) -> Keys {
        House::of(&self.folder()).unlock(self.register(), number, &words(passphrase)).unwrap()
    }

    /// All entries, as somebody reads them.
    pub fn reads(&self, number: u8, passphrase: &str) -> Vec<Placed> {
        let passphrase = words(passphrase);
        open::look(&self.folder(), open::Who::Is(number, &passphrase)).unwrap().book.read_all().unwrap()
    }

    /// Why it does not open.
    #[track_caller]
    pub fn refuses(&self, number: u8, passphrase: &str) -> String {
        let passphrase = words(passphrase);
        match open::look(&self.folder(), open::Who::Is(number, &passphrase)) {
            Err(fault) => fault.to_string(),
            Ok(mut opened) => opened.all().expect_err("it opens, and all of it is read").to_string(),
        }
    }
}

/// Writes a file as the program does: for its owner alone.
pub fn put(path: &Path, bytes: &[u8]) {
    use std::io::Write;
    let _ = std::fs::remove_file(path);
    doorbook::platform::create_private(path).unwrap().write_all(bytes).unwrap();
}

/// How the next appends end.
#[derive(Clone, Default)]
pub struct Ends {
    /// The disk is full.
    pub full: Arc<AtomicBool>,
    /// Appends that were asked for.
    pub asked: Arc<AtomicUsize>,
    /// Rows that were read.
    pub read: Arc<AtomicUsize>,
    /// The row of this place cannot be read; of none, where it is 0.
    pub lost: Arc<AtomicU64>,
}

/// A journal on disk whose appends fail where it is told to.
struct Fails {
    inner: Box<dyn Journal>,
    ends: Ends,
}

impl Journal for Fails {
    fn head(&mut self) -> Result<Head, Fault> {
        self.inner.head()
    }
    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        self.ends.asked.fetch_add(1, Ordering::SeqCst);
        if self.ends.full.load(Ordering::SeqCst) {
            rows.for_each(drop);
            return Err(Fault::Full.into());
        }
        self.inner.append(expected, rows)
    }
    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Stored>, Fault> {
        let rows = self.inner.read(which, after, limit)?;
        self.ends.read.fetch_add(rows.len(), Ordering::SeqCst);
        let lost = self.ends.lost.load(Ordering::SeqCst);
        if rows.iter().any(|row| row.seq.0 == lost) {
            return Err(Fault::Device("it cannot be read".to_owned()));
        }
        Ok(rows)
    }
    fn find(&mut self, id: journal::EntryId) -> Result<Option<Seq>, Fault> {
        self.inner.find(id)
    }
    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.inner.forget(bodies)
    }
    fn check(&mut self) -> Result<(), Fault> {
        self.inner.check()
    }
    fn watcher(&mut self) -> Box<dyn journal::Watch> {
        self.inner.watcher()
    }
}

/// The keeper of a sealed register, as the desk has it.
pub struct Desk {
    pub keeper: Keeper,
    says: Receiver<Action>,
    lets: Receiver<In>,
    pub kept: Receiver<Kept>,
    pub ends: Ends,
}

impl Desk {
    pub fn of(folder: &Path) -> Self {
        Self::on(Arc::new(journal::RealDisk), folder)
    }

    /// Its keyring on another disk.
    pub fn on(disk: Arc<dyn journal::Disk>, folder: &Path) -> Self {
        let path = folder.join("register.redb");
        Self::over(House::on(disk, folder), folder, move || journal::open_file(&path))
    }

    /// Keyring and book on other disks.
    pub fn over(
        house: House,
        folder: &Path,
        journal: impl FnOnce() -> Result<Box<dyn Journal>, Fault> + Send + 'static,
    ) -> Self {
        let (say, says) = channel();
        let (let_in, lets) = channel();
        let (tell, kept) = channel();
        let wakes = say.clone();
        let doors = Doors {
            folder: folder.to_owned(),
            at: Some(AT.parse().unwrap()),
            papers: Papers::sealed(folder, house.sealer()),
            house: house.clone(),
            noted: Arc::new(Mutex::new(None)),
            knows_the_time: false,
            clock: clock(),
            say: Box::new(move |action| drop(say.send(action))),
            let_in: Box::new(move |all| {
                let _ = let_in.send(all);
                // Whoever waits for an answer looks at once.
                let _ = wakes.send(Action::Flooded);
            }),
        };
        let ends = Ends::default();
        let inner = ends.clone();
        let open = move || {
            let journal = Fails { inner: journal()?, ends: inner };
            Ok((Book::sealed(journal, Box::new(house.sealer()))?, false))
        };
        let keeper = Keeper::sealed(open, doors, false, move |kept| drop(tell.send(kept))).unwrap();
        Self { keeper, says, lets, kept, ends }
    }

    /// Somebody unlocks it.
    pub fn unlock(&self, number: u8, passphrase: &str) -> Result<In, String> {
        self.keeper.door(Door::Unlock { number, passphrase: Secret::new(passphrase), change: false }).unwrap();
        loop {
            if let Ok(all) = self.lets.try_recv() {
                return Ok(self.whole(all));
            }
            match self.says.recv_timeout(Duration::from_millis(20)) {
                Ok(Action::NotUnlocked(NotUnlocked::Wrong)) => return Err("wrong".to_owned()),
                Ok(Action::NotUnlocked(NotUnlocked::Trouble(says))) => return Err(says),
                _ => {}
            }
        }
    }

    /// Whoever is let in next, as they are at first.
    pub fn let_in(&self) -> In {
        self.lets.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    /// With what follows, as the screen has it before it takes a key.
    fn whole(&self, mut all: In) -> In {
        while let Some(want) = all.unlocked.comes {
            if let Kept::Read(read, brought) = self.kept.recv_timeout(Duration::from_secs(60)).unwrap()
                && read == want
            {
                all.unlocked.register.bring(&want, brought.unwrap());
                all.unlocked.comes = None;
            }
        }
        all
    }

    /// Somebody has the recovery sheet; the new passphrase of that number.
    pub fn recover(&self, number: u8, words: &str) -> Result<String, String> {
        self.keeper.door(Door::Recover { number, words: Secret::new(words) }).unwrap();
        loop {
            match self.says.recv_timeout(Duration::from_secs(60)).unwrap() {
                Action::Recovered { passphrase, .. } => return Ok(passphrase.reveal().to_owned()),
                Action::NotUnlocked(NotUnlocked::Wrong) => return Err("wrong".to_owned()),
                Action::NotUnlocked(NotUnlocked::Trouble(says)) => return Err(says),
                _ => {}
            }
        }
    }

    /// What it says to the screen next, if it does in time.
    pub fn says(&self, within: Duration) -> Option<Action> {
        let until = std::time::Instant::now() + within;
        while let Ok(action) = self.says.recv_timeout(until.saturating_duration_since(std::time::Instant::now())) {
            if !matches!(action, Action::Flooded) {
                return Some(action);
            }
        }
        None
    }

    pub fn door(&self, door: Door) {
        self.keeper.door(door).unwrap();
    }

    /// Does one act on people; the team after it.
    pub fn people(&self, act: PeopleAct) -> Result<(Option<PeopleDone>, Vec<Listed>), String> {
        self.keeper.door(Door::People(act)).unwrap();
        let mut done = None;
        loop {
            match self.says.recv_timeout(Duration::from_secs(60)).unwrap() {
                Action::PeopleDone(one) => done = Some(one),
                Action::People(all) => return Ok((done, all)),
                Action::PeopleNot(says) => return Err(says),
                _ => {}
            }
        }
    }

    /// Writes what somebody drafted, as the desk does.
    pub fn write(&self, by: StaffId, event: Event, file: FileRef) -> Result<Vec<Entry>, String> {
        let now = clock().now();
        let draft = Draft { day: None, file, occurred_at: now, against: Vec::new(), source: Source::Desk, event };
        let hand = Hand { by: By::Staff(by), desk: DESK, now, source: Source::Desk };
        self.stores(stamp(vec![draft], &hand, clock().ids()))
    }

    /// Writes one act; what comes back to the screen.
    pub fn stores(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, String> {
        while self.kept.try_recv().is_ok() {}
        self.keeper.append(entries).unwrap();
        loop {
            match self.kept.recv_timeout(Duration::from_secs(60)).unwrap() {
                Kept::Stored(entries) => return Ok(entries),
                Kept::NotStored(says) => return Err(says),
                _ => {}
            }
        }
    }

    /// The passphrase that was shown.
    pub fn given(&self, act: PeopleAct) -> (StaffId, String) {
        match self.people(act).unwrap().0 {
            Some(PeopleDone::Passphrase { staff, passphrase }) => (staff, passphrase.reveal().to_owned()),
            other => panic!("{other:?}"),
        }
    }
}

/// Somebody for the list.
pub fn card(number: u8, given: &str, role: Role) -> Card {
    Card {
        number,
        title: Text::name("Ms"),
        given: Text::name(given),
        family: Text::name("Marked"),
        email: Text::name("marked@centre.example"),
        job: Text::name("Helper"),
        role,
        undertaking: chrono::NaiveDate::from_ymd_opt(2026, 5, 3),
        of_age: true,
    }
}
