//! Six small families on the practice Saturday's policy, and steps in words.
//!
//! Family n has c (child), r (brings), v (visits), k (collector), each with its number. x1 visits in families 1 and 3;
//! x2 visits in 2 and brings in 4; d1 and d2 are r1 listed again, d1 in family 6 too; b2 is v2 listed again as one who may
//! not come in; family 5 does not come today; x6 is of family 6, which does not come either, and of family 4.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Weekday};
use doorbook::book::policy_default;
use doorbook::clock::Clock;
use doorbook::domain::case::{CaseHead, Member, Pattern, Standing};
use doorbook::domain::codes::{ContactKind, Origin, Referral, Role, Side};
use doorbook::domain::decide::{Command, DayAct, FileAct, Stamp, decide};
use doorbook::domain::event::{By, CaseEvent, CentreEvent, Draft, Entry, Event, FileRef, RegisterKind, Source};
use doorbook::domain::ids::{CaseId, PatternId, PersonId, RegisterId};
use doorbook::domain::policy::Code;
use doorbook::domain::refusal::Refusal;
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::import::practice;
use doorbook::run::setup::DESK;
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use crate::made::Made;

pub struct World {
    name: String,
    pub made: Made,
    clock: Clock,
    minutes: i64,
}

/// A person by their short name.
pub fn person(name: &str) -> PersonId {
    let bytes = name.as_bytes();
    PersonId(Uuid::from_u128(0x1_0000 + u128::from(bytes[0]) * 256 + u128::from(bytes[1])))
}

pub fn case(n: u32) -> CaseId {
    CaseId(Uuid::from_u128(0x500 + u128::from(n)))
}

/// Short name, family, side, standing.
pub const PEOPLE: &[(&str, u32, Side, Standing)] = &[
    ("c1", 1, Side::Child, Standing::Party),
    ("r1", 1, Side::Resident, Standing::Party),
    ("v1", 1, Side::Visiting, Standing::Party),
    ("k1", 1, Side::Resident, Standing::Collector),
    ("x1", 1, Side::Visiting, Standing::Party),
    ("d1", 1, Side::Resident, Standing::Collector),
    ("d2", 1, Side::Resident, Standing::Collector),
    ("c2", 2, Side::Child, Standing::Party),
    ("r2", 2, Side::Resident, Standing::Party),
    ("v2", 2, Side::Visiting, Standing::Party),
    ("x2", 2, Side::Visiting, Standing::Visitor),
    ("b2", 2, Side::Visiting, Standing::NotPermitted),
    ("c3", 3, Side::Child, Standing::Party),
    ("r3", 3, Side::Resident, Standing::Party),
    ("x1", 3, Side::Visiting, Standing::Party),
    ("c4", 4, Side::Child, Standing::Party),
    ("x2", 4, Side::Resident, Standing::Party),
    ("v4", 4, Side::Visiting, Standing::Party),
    ("x6", 4, Side::Visiting, Standing::Visitor),
    ("c5", 5, Side::Child, Standing::Party),
    ("r5", 5, Side::Resident, Standing::Party),
    ("v5", 5, Side::Visiting, Standing::Party),
    ("v6", 6, Side::Visiting, Standing::Party),
    ("x6", 6, Side::Resident, Standing::Party),
    ("d1", 6, Side::Resident, Standing::Collector),
];

const DAY: &str = "2026-11-21";

impl World {
    pub fn new(name: &str) -> Self {
        Self::planned(name, |_, _| {})
    }

    /// With the heads of the cases changed before they are written.
    pub fn planned(name: &str, change: impl Fn(u32, &mut CaseHead)) -> Self {
        let clock = Clock::standing("Europe/London", format!("{DAY}T09:00:00").parse().unwrap()).unwrap();
        let id = RegisterId(Uuid::from_u128(0x77));
        let mut events = vec![
            CentreEvent::RegisterMade { register: id, kind: RegisterKind::Practice { starts: None } },
            CentreEvent::PolicySet(Box::new(policy_default())),
        ];
        events.extend(practice::team(id).into_iter().map(CentreEvent::StaffListed));
        let mut drafts: Vec<Draft> =
            events.into_iter().map(|e| outside(FileRef::Centre, Event::Centre(e), &clock)).collect();
        for n in 1..=6 {
            let mut first = head(n);
            change(n, &mut first);
            let mut add = |event| drafts.push(outside(FileRef::Case(case(n)), Event::Case(event), &clock));
            add(CaseEvent::CaseOpened(first));
            for (name, _, side, standing) in PEOPLE.iter().filter(|p| p.1 == n) {
                add(CaseEvent::MemberListed { case: case(n), member: Box::new(member(name, *side, *standing)) });
            }
            add(CaseEvent::PatternSet { case: case(n), pattern: pattern(n) });
        }
        let hand = Hand { by: By::Program, desk: DESK, now: clock.now(), source: Source::Desk };
        let mut register = Register::default();
        stamp(drafts, &hand, clock.ids()).iter().for_each(|e| register.fold(e));
        let mut made = Made::on(register, clock.clone());
        made.who = made.register.present_team()[0].staff;
        Self { name: name.to_owned(), made, clock, minutes: 0 }
    }

    pub fn is_open(&self) -> bool {
        self.made.register.days.contains_key(&self.made.register.day_id(self.made.date()))
    }

    pub fn open(&mut self) {
        if !self.is_open() {
            let date = self.made.date();
            self.made.does(Command::Day(DayAct::Open { date }));
        }
    }

    /// Plays a script: each step is a minute.
    pub fn play(&mut self, script: &str) {
        for step in script.split(';').map(str::trim).filter(|s| !s.is_empty()) {
            match step.strip_prefix('!') {
                Some(refused) => {
                    self.open();
                    let before = format!("{:?}", self.made.register);
                    assert!(self.step(refused).is_err(), "{}: {refused} was allowed", self.name);
                    assert_eq!(before, format!("{:?}", self.made.register), "{}: {refused}", self.name);
                }
                None => {
                    if let Err(refusal) = self.step(step) {
                        panic!("{}: {step}: {refusal:?}", self.name);
                    }
                }
            }
        }
    }

    /// One step; the entries that it wrote.
    pub fn step(&mut self, step: &str) -> Result<Vec<Entry>, Refusal> {
        self.minutes += 1;
        self.made.at(&format!("09:{:02}", self.minutes));
        self.clock.set(self.clock.local(format!("{DAY}T09:{:02}:00", self.minutes).parse().unwrap()));
        if let Some(raw) = step.strip_prefix('~') {
            let (case_file, event) = event(raw);
            let draft = outside(FileRef::Case(case_file), Event::Case(event), &self.clock);
            let hand = Hand { by: By::Program, desk: DESK, now: self.made.now, source: Source::Desk };
            let entries = stamp(vec![draft], &hand, self.clock.ids());
            entries.iter().for_each(|e| self.made.register.fold(e));
            return Ok(entries);
        }
        self.open();
        let words: Vec<&str> = step.split_whitespace().collect();
        let team = self.made.register.present_team();
        match words.as_slice() {
            ["day"] => return Ok(Vec::new()),
            ["sign"] => return self.sign(),
            ["as", who] => {
                let role = if *who == "lead" { Role::SessionLead } else { Role::Volunteer };
                let role_or_volunteer = team.iter().find(|c| c.role == role).or(team.last()).unwrap().staff;
                self.made.who = role_or_volunteer;
                return Ok(Vec::new());
            }
            _ => {}
        }
        self.write(&Command::File(act(step)))
    }

    /// Signed, whatever was open: what a signature changes is looked at here, not what it takes.
    fn sign(&mut self) -> Result<Vec<Entry>, Refusal> {
        let signed = doorbook::domain::event::Signed {
            by: self.made.who,
            close: 1,
            counted: Default::default(),
            held: 0,
            not_held: 4,
            entries: 0,
            second: None,
        };
        let event = Event::Day(doorbook::domain::event::DayEvent::Signed(signed));
        let day = Some(self.made.day().id);
        let draft = Draft { day, ..outside(FileRef::Centre, event, &self.clock) };
        let hand = Hand { by: By::Staff(self.made.who), desk: DESK, now: self.made.now, source: Source::Desk };
        let entries = stamp(vec![draft], &hand, self.clock.ids());
        entries.iter().for_each(|e| self.made.register.fold(e));
        Ok(entries)
    }

    /// A command of who is at the desk, folded if it is allowed.
    pub fn write(&mut self, command: &Command) -> Result<Vec<Entry>, Refusal> {
        let made = &mut self.made;
        let asked = Stamp { at: made.now, now: made.now, by: made.who, desk: DESK, ids: self.clock.ids() };
        let drafts = decide(&made.register, made.register.day_id(made.date()), command, &asked)?;
        let hand = Hand { by: By::Staff(made.who), desk: DESK, now: made.now, source: Source::Desk };
        let entries = stamp(drafts, &hand, self.clock.ids());
        entries.iter().for_each(|entry| made.register.fold(entry));
        Ok(entries)
    }

    /// What must be so, now.
    #[track_caller]
    pub fn holds(&mut self, so: &str) {
        self.open();
        let mut words = so.split_whitespace();
        while let Some(word) = words.next() {
            let said = format!("{}: {word}", self.name);
            let pairs = &self.made.register.pairs;
            if let Some(n) = number(word, 'n') {
                assert_eq!(pairs.open().count(), n, "{said}");
            } else if let Some(n) = number(word, 'h') {
                let (one, other) = (person(words.next().unwrap()), person(words.next().unwrap()));
                assert_eq!(pairs.history(one, other).len(), n, "{said} {one} {other}");
                assert_eq!(pairs.history(other, one).len(), n, "{said} {one} {other}");
            } else if let Some(n) = number(word, 'c') {
                let (one, other) = (person(words.next().unwrap()), person(words.next().unwrap()));
                let closed = pairs.history(one, other).iter().filter(|s| s.closed.is_some());
                assert_eq!(closed.count(), n, "{said} {one} {other}");
            } else {
                let at = word.find(['-', '/', ':', '%']).unwrap();
                let (one, other) = (person(&word[..at]), person(&word[at + 1..]));
                let (file, today) = match &word[at..=at] {
                    "-" => (Some(true), Some(true)),
                    "/" => (Some(false), None),
                    ":" => (None, Some(true)),
                    _ => (None, Some(false)),
                };
                let day = self.made.day();
                let frozen = |p| day.sessions.iter().any(|s| s.member(p).is_some());
                for (one, other) in [(one, other), (other, one)] {
                    assert!(file.is_none_or(|is| pairs.is_open(one, other) == is), "{said} on file");
                    let apart = day.apart_from(one).contains(&other);
                    // Whoever is on no list of today is not met today.
                    let listed = frozen(one) || frozen(other);
                    let merged = pairs.stays(one) != one || pairs.stays(other) != other;
                    let unfrozen = merged && (!frozen(one) || !frozen(other));
                    assert!(!listed || unfrozen || today.is_none_or(|is| apart == is), "{said} today");
                }
            }
        }
        self.is_sound();
    }

    /// What is so after anything: symmetric, one open per pair, nobody apart from themselves on file.
    #[track_caller]
    pub fn is_sound(&self) {
        let pairs = &self.made.register.pairs;
        for ((one, other), spells) in pairs.all() {
            assert!(spells.iter().filter(|s| s.closed.is_none()).count() <= 1, "{}: two open", self.name);
            assert!(one != other || spells.iter().all(|s| s.closed.is_some()), "{}: a self pair is open", self.name);
            let open = pairs.is_open(one, other);
            assert_eq!(open, pairs.is_open(other, one));
            assert_eq!(open, pairs.apart_from(one).contains(&other) && one != other);
            assert_eq!(open, pairs.apart_from(other).contains(&one) && one != other);
        }
        if !self.is_open() {
            return;
        }
        let day = self.made.day();
        let people: BTreeSet<PersonId> = PEOPLE.iter().map(|p| person(p.0)).collect();
        for one in &people {
            for other in day.apart_from(*one) {
                assert!(day.apart_from(other).contains(one), "{}: not both ways", self.name);
            }
        }
    }
}

fn number(word: &str, of: char) -> Option<usize> {
    word.strip_prefix(of).and_then(|n| n.parse().ok()).filter(|_| !word.contains(['-', '/', ':', '%']))
}

fn outside(file: FileRef, event: Event, clock: &Clock) -> Draft {
    Draft { day: None, file, occurred_at: clock.now(), against: Vec::new(), source: Source::Desk, event }
}

/// A step as a command.
pub fn act(step: &str) -> FileAct {
    let words: Vec<&str> = step.split_whitespace().collect();
    let why = |from: usize| Text::name(&words.get(from..).unwrap_or_default().join(" "));
    let some = |text: Text| Some(text).filter(|t| !t.is_empty());
    let file = |n: &str| case(n.trim_start_matches('@').parse().unwrap());
    match words.as_slice() {
        ["keep", one, other, at, ..] => {
            FileAct::KeepApart { case: file(at), one: person(one), other: person(other), why: some(why(5)) }
        }
        ["close", one, other, at, ..] => {
            FileAct::CloseApart { case: file(at), one: person(one), other: person(other), why: why(4) }
        }
        ["fam", one, other, ..] => FileAct::FamiliesApart { case: file(one), other: file(other), why: some(why(3)) },
        ["unfam", one, other, ..] => FileAct::CloseFamilies { case: file(one), other: file(other), why: why(3) },
        ["merge", gone, into] => FileAct::Merge { gone: person(gone), into: person(into) },
        other => panic!("no step {other:?}"),
    }
}

/// The same as an event of a file, as an import or another desk would write it.
pub fn event(step: &str) -> (CaseId, CaseEvent) {
    match act(step) {
        FileAct::KeepApart { case, one, other, why } => (case, CaseEvent::KeptApart { case, one, other, why }),
        FileAct::CloseApart { case, one, other, why } => {
            (case, CaseEvent::ApartClosed { case, one, other, why: Some(why) })
        }
        FileAct::FamiliesApart { case, other, why } => (case, CaseEvent::FamiliesApart { case, other, why }),
        FileAct::CloseFamilies { case, other, why } => {
            (case, CaseEvent::FamiliesApartClosed { case, other, why: Some(why) })
        }
        FileAct::Merge { gone, into } => (case(1), CaseEvent::PersonMerged { case: case(1), gone, into }),
        other => panic!("no event {other:?}"),
    }
}

fn head(n: u32) -> CaseHead {
    CaseHead {
        case: case(n),
        code: Text::name(&format!("F26-{n:05}")),
        kind: ContactKind::Supported,
        referral: Referral::Court,
        opened: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        closed: None,
        plan: None,
        supervisor: None,
        offsite: None,
    }
}

fn member(name: &str, side: Side, standing: Standing) -> Member {
    Member {
        person: person(name),
        side,
        standing,
        given: Text::name(&format!("Given{name}")),
        family: Text::name(&format!("Family{name}")),
        known_as: None,
        born: None,
        relation: Text::default(),
        phone: None,
        collects: side == Side::Resident,
        origin: Origin::ReferralForm,
        dated: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
    }
}

/// On Saturdays; families 5 and 6 on Sundays.
fn pattern(n: u32) -> Pattern {
    Pattern {
        id: PatternId(Uuid::from_u128(0x700 + u128::from(n))),
        weekday: if n < 5 { Weekday::Sat } else { Weekday::Sun },
        start: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        end: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
        room: Code::new(if n.is_multiple_of(2) { "elm" } else { "oak" }),
        every_weeks: 1,
        from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        to: None,
        legs: None,
    }
}
