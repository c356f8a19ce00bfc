//! The parts of the program whose cost is watched, each ready to be run again and again on a day of 40 sessions.

use std::hint::black_box;

use doorbook::app::key::Key;
use doorbook::app::view;
use doorbook::book::Book;
use doorbook::domain::codes::Party;
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Command, Permission, Stamp, decide};
use doorbook::domain::event::{By, Entry, Source};
use doorbook::domain::find::find;
use doorbook::domain::ids::{DayId, Ids};
use doorbook::domain::next::{usual_card, usual_ticks};
use doorbook::domain::register::Register;
use doorbook::journal::{self, Memory};
use doorbook::run::setup::DESK;
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use super::desk::{Desk, forty};
use super::staff;

/// What is run again and again.
pub type Run = Box<dyn FnMut()>;
/// A name, and how it is made ready: making a day of 40 sessions costs more than running most of them.
pub type Task = (&'static str, Box<dyn FnOnce() -> Run>);

/// All of them, in the order in which a key goes through the program.
pub fn all() -> Vec<Task> {
    let all: [Task; 10] = [
        ("fold a day", Box::new(|| Made::new().fold())),
        ("decide a let-in", Box::new(|| Made::new().decide())),
        ("next steps of the board", Box::new(|| Made::new().next())),
        ("find", Box::new(|| Made::new().find())),
        ("view of the board", Box::new(|| viewed((80, 24)))),
        ("view of board and card", Box::new(|| viewed((120, 40)))),
        ("key on the board", Box::new(|| pressed(&[], [Key::Down, Key::Up]))),
        ("key on the card", Box::new(|| pressed(&[Key::Char('1'), Key::Enter], [Key::Char('1'), Key::Char('1')]))),
        ("key on who is in", Box::new(|| pressed(&[Key::F(9)], [Key::Down, Key::Up]))),
        ("append an act", Box::new(|| Made::new().append())),
    ];
    all.into()
}

fn viewed(size: (u16, u16)) -> Run {
    let desk = Desk::forty(size);
    Box::new(move || drop(black_box(view(&desk.app))))
}

/// Two keys by turns, on the screen that others lead to.
fn pressed(to: &[Key], keys: [Key; 2]) -> Run {
    let mut desk = Desk::forty((80, 24));
    desk.keys(to);
    desk.frame();
    let mut turn = keys.into_iter().cycle();
    Box::new(move || {
        black_box(turn.next().map(|key| desk.pressed(key)));
    })
}

/// A book in memory with the made day in it, as rows; opened and folded by `open`.
pub fn book() -> Book<Memory> {
    let (_, entries) = forty();
    let mut book = Book::open(Memory::new(journal::RegisterId([7; 16]))).expect("a book in memory");
    book.append(&entries).expect("a book in memory");
    book
}

/// Reads the whole book and folds it.
pub fn open(book: &mut Book<Memory>) -> Register {
    let mut register = Register::default();
    for placed in book.read_all().expect("a book in memory") {
        register.fold(&placed.entry);
    }
    register
}

struct Made {
    register: Register,
    entries: Vec<Entry>,
    day: DayId,
    stamp: Stamp,
}

impl Made {
    fn new() -> Self {
        let (register, entries) = forty();
        let day = register.days.keys().next().copied().expect("today");
        let now = entries.iter().map(|e| e.recorded_at).max().expect("a day has entries");
        let ids = Ids(Uuid::from_u128(0x0193_5c3a_0000_7abc_8000_0000_0000_0000));
        Self { stamp: Stamp { at: now, now, by: staff(0), desk: DESK, ids }, register, entries, day }
    }

    fn today(&self) -> &Day {
        &self.register.days[&self.day]
    }

    /// The side that brings of a session of the afternoon comes in.
    fn let_in(&self) -> Command {
        let session = self.today().numbered(30).expect("No 30");
        let (door, place) = self.today().usual_way(session, Party::Brings);
        let people = usual_ticks(session, Party::Brings);
        Command::May(Permission::LetIn { session: session.id(), people, door, place, carer: None })
    }

    fn fold(&self) -> Run {
        let mut register = self.register.clone();
        let (entries, day) = (self.entries.clone(), self.day);
        Box::new(move || {
            register.days.remove(&day);
            entries.iter().for_each(|entry| register.fold(entry));
        })
    }

    fn decide(&self) -> Run {
        let (register, day, stamp, command) = (self.register.clone(), self.day, self.stamp, self.let_in());
        assert!(decide(&register, day, &command, &stamp).is_ok());
        Box::new(move || drop(black_box(decide(&register, day, &command, &stamp))))
    }

    fn next(&self) -> Run {
        let (register, day, stamp) = (self.register.clone(), self.day, self.stamp);
        let sessions: Vec<_> = self.today().sessions.iter().map(|s| s.id()).collect();
        Box::new(move || {
            for session in &sessions {
                black_box(usual_card(&register, day, *session, &stamp));
            }
        })
    }

    fn find(&self) -> Run {
        let day = self.today().clone();
        Box::new(move || {
            black_box(find(&day, "si"));
            black_box(find(&day, "nguy"));
        })
    }

    fn append(&self) -> Run {
        let drafts = decide(&self.register, self.day, &self.let_in(), &self.stamp).expect("they may come in");
        let mut book = book();
        let mut base = 1_u128 << 90;
        let by = By::Staff(staff(0));
        let now = self.stamp.now;
        Box::new(move || {
            base += 1 << 20;
            let hand = Hand { by, desk: DESK, now, source: Source::Desk };
            book.append(&stamp(drafts.clone(), &hand, Ids(Uuid::from_u128(base)))).expect("a book in memory");
        })
    }
}
