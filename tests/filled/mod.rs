//! A practice book of any size, made by the rules: families, every day worked from its opening to its signature, and
//! today in mid-morning. For the benches and `fill`; the same seed makes the same book.
#![allow(dead_code, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

mod day;
pub mod desk;
mod families;
mod names;
mod plan;
pub mod tasks;

use chrono::NaiveDate;
use doorbook::book::policy_default;
use doorbook::domain::codes::{Moment, Role};
use doorbook::domain::event::{By, CentreEvent, Entry, Event, FileRef, RegisterKind, Source, StaffCard};
use doorbook::domain::ids::{Ids, RegisterId, StaffId};
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::import::practice;
use doorbook::run::setup::{DESK, outside_days};
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use families::Family;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Case files, at least.
    pub families: usize,
    /// People on them, at least.
    pub people: usize,
    /// The first day is so many years before today; fewer where the entries are enough before that.
    pub years: u32,
    /// About so many entries; 0: every Saturday of the years is worked.
    pub entries: usize,
    /// Sessions of a day, today's too.
    pub sessions: usize,
    /// Families come on every day of the week.
    pub daily: bool,
    /// So many pairs of families that must not meet, or two people of theirs.
    pub clashes: usize,
    /// The same seed makes the same book.
    pub seed: u64,
}

/// Chance by a seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// So many times of a hundred.
    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The team: number, first name, surname, role.
const TEAM: [(&str, &str, Role); 12] = [
    ("Ruth", "Pemberton", Role::Coordinator),
    ("Sam", "Okoro", Role::Volunteer),
    ("Walter", "Finch", Role::SessionLead),
    ("Priya", "Nair", Role::Supervisor),
    ("Jean", "Ashworth", Role::Volunteer),
    ("Tomasz", "Zając", Role::Supervisor),
    ("Olwen", "Prys", Role::SessionLead),
    ("Nadia", "Rahman", Role::Supervisor),
    ("Bill", "Cartwright", Role::Volunteer),
    ("Grace", "Adeyemi", Role::Volunteer),
    ("Marta", "Costa", Role::Volunteer),
    ("Ken", "Lloyd", Role::Volunteer),
];

/// What came out.
#[derive(Debug, Default, Clone, Copy)]
pub struct Made {
    pub entries: usize,
    pub families: usize,
    pub people: usize,
    pub days: usize,
    pub sessions: usize,
    /// Names with a letter beyond ASCII, of all people.
    pub beyond_ascii: usize,
}

/// Makes a book: its entries go to `write` in the order of the book, those of a day at once; the answer is the register
/// as it stands, with today as its only day.
pub fn make<E>(order: &Order, mut write: impl FnMut(&[Entry]) -> Result<(), E>) -> Result<(Register, Made), E> {
    let mut dice = Dice::new(order.seed);
    let plan = plan::Plan::new(order, &mut dice);
    let mut maker = Maker { register: Register::default(), dealt: 0, dice, made: Made::default() };
    let first = maker.centre(plan.starts());
    write(&first)?;
    let mut waiting = plan.families.iter().peekable();
    for (n, date) in plan.days.iter().enumerate() {
        let mut files = Vec::new();
        let is_today = n + 1 == plan.days.len();
        while let Some(family) = waiting.next_if(|f| is_today || f.opened <= *date) {
            files.extend(maker.file(family));
        }
        if !files.is_empty() {
            write(&files)?;
        }
        let id = maker.register.day_id(*date);
        let entries = day::work(&mut maker, *date, is_today);
        maker.made.days += 1;
        maker.made.sessions += maker.register.days.get(&id).map_or(0, |d| d.sessions.len());
        write(&entries)?;
        if !is_today {
            maker.register.days.remove(&id);
        }
    }
    Ok((maker.register, maker.made))
}

/// The register as far as it is made.
struct Maker {
    register: Register,
    dealt: u128,
    dice: Dice,
    made: Made,
}

impl Maker {
    /// Ids of an act, by the time that it is written at.
    fn ids(&mut self, now: Moment) -> Ids {
        self.dealt += 1;
        let millis = u128::try_from(now.timestamp_millis()).unwrap_or(0);
        let tail = (self.dealt << 20) & ((1 << 62) - 1);
        Ids(Uuid::from_u128((millis << 80) | (7 << 76) | (2 << 62) | tail))
    }

    fn fold(&mut self, entries: &[Entry]) {
        entries.iter().for_each(|entry| self.register.fold(entry));
        self.made.entries += entries.len();
    }

    fn outside(&mut self, events: Vec<(FileRef, Event)>, now: Moment) -> Vec<Entry> {
        let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
        let hand = Hand { by: By::Program, desk: DESK, now, source: Source::Desk };
        let entries = stamp(drafts, &hand, self.ids(now));
        self.fold(&entries);
        entries
    }

    /// The register, its policy, its team.
    fn centre(&mut self, now: Moment) -> Vec<Entry> {
        let register = RegisterId(Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_00F1));
        let kind = RegisterKind::Practice { starts: Some(practice::starts()) };
        let mut events = vec![
            (FileRef::Centre, Event::Centre(CentreEvent::RegisterMade { register, kind })),
            (FileRef::Centre, Event::Centre(CentreEvent::PolicySet(Box::new(policy_default())))),
        ];
        events.extend(TEAM.iter().enumerate().map(|(n, (given, family, role))| {
            let number = u8::try_from(n + 1).unwrap_or(u8::MAX);
            let (given, family) = (Text::name(given), Text::name(family));
            let card = StaffCard { staff: staff(n), number, given, family, role: *role, left: false };
            (FileRef::Staff(card.staff), Event::Centre(CentreEvent::StaffListed(card)))
        }));
        self.outside(events, now)
    }

    /// The file of a family.
    fn file(&mut self, family: &Family) -> Vec<Entry> {
        self.made.families += 1;
        self.made.people += family.people.len();
        self.made.beyond_ascii +=
            family.people.iter().filter(|m| !m.given.as_str().is_ascii() || !m.family.as_str().is_ascii()).count();
        self.outside(family.events(), plan::moment(family.opened, 17, 30))
    }
}

/// Of the team, by place in the list.
pub fn staff(n: usize) -> StaffId {
    StaffId(Uuid::from_u128(0xD00B_5700_0000_8000_8000_0000_0000_0000 + n as u128))
}

/// The Saturday that today is.
pub fn today() -> NaiveDate {
    practice::day()
}
