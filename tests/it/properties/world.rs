//! A day to try things on: the practice Saturday or a small invented one, with a clock of its own. Every number becomes
//! a command that fits what stands on the board, or nearly.

use std::sync::Arc;

use chrono::{Duration, FixedOffset, NaiveDate, NaiveTime, Weekday};
use doorbook::book::policy_default;
use doorbook::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use doorbook::domain::codes::*;
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Command, DayAct, Stamp, decide};
use doorbook::domain::event::{By, CaseEvent, CentreEvent, Entry, Event, FileRef, RegisterKind, Source};
use doorbook::domain::ids::*;
use doorbook::domain::policy::{Code, Plan, Policy};
use doorbook::domain::refusal::Refusal;
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::import::practice;
use doorbook::run::setup::{Families, outside_days, practice_entries};
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use super::choose::{Next, choose};
use crate::chance::Chance;

/// What may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// Permissions, and what is written beside them.
    Asked,
    /// Facts and corrections too.
    Anything,
}

pub struct World {
    pub register: Register,
    pub day: DayId,
    pub policy: Arc<Policy>,
    pub entries: Vec<Entry>,
    pub now: Moment,
    pub mix: Mix,
    pub staff: Vec<StaffId>,
    pub desks: [DeskId; 2],
    dealt: u128,
}

/// One command, and what came of it.
pub struct Tried {
    pub command: Command,
    pub stamp: Stamp,
    pub result: Result<Vec<Entry>, Refusal>,
}

pub const PLACES: [&str; 5] = ["hall", "waiting", "small", "oak", "elm"];
pub const DOORS: [&str; 2] = ["front", "side"];

impl World {
    /// By a seed: a third are the practice Saturday.
    pub fn new(seed: u64, mix: Mix) -> Self {
        let mut chance = Chance::new(seed);
        let register = RegisterId(Uuid::from_u128(7));
        let now = at("2026-11-21T08:30:00+00:00");
        let entries = match chance.below(3) {
            0 => practice_entries(register, Families::Invented, now, ids(1)),
            _ => small_day(&mut chance, register, now),
        };
        Self::on(&entries, now, mix)
    }

    pub fn saturday() -> Self {
        let now = at("2026-11-21T08:30:00+00:00");
        let register = RegisterId(Uuid::from_u128(7));
        Self::on(&practice_entries(register, Families::Invented, now, ids(1)), now, Mix::Asked)
    }

    fn on(entries: &[Entry], now: Moment, mix: Mix) -> Self {
        let mut folded = Register::default();
        entries.iter().for_each(|e| folded.fold(e));
        let staff: Vec<StaffId> = folded.present_team().iter().map(|c| c.staff).collect();
        let (day, policy) = (folded.day_id(practice::day()), folded.policy());
        let desks = [DeskId(Uuid::from_u128(1)), DeskId(Uuid::from_u128(2))];
        let mut world =
            Self { register: folded, day, policy, entries: entries.to_vec(), now, mix, staff, desks, dealt: 1000 };
        let open = Command::Day(DayAct::Open { date: practice::day() });
        assert!(world.attempt(&open, None, 4, 0).result.is_ok());
        for staff in world.staff.clone().into_iter().take(3) {
            world.attempt(&Command::Day(DayAct::StaffIn { staff }), None, 4, 0);
        }
        world.now += Duration::minutes(50);
        world
    }

    pub fn day(&self) -> &Day {
        &self.register.days[&self.day]
    }

    pub fn stamp(&mut self, back: Option<Duration>, staff: usize, desk: usize) -> Stamp {
        self.dealt += 1;
        Stamp {
            at: back.map_or(self.now, |back| self.now - back),
            now: self.now,
            by: self.staff[staff % self.staff.len()],
            desk: self.desks[desk % 2],
            ids: ids(self.dealt),
        }
    }

    /// Asks the rules; what they draft is stamped and folded.
    pub fn attempt(&mut self, command: &Command, back: Option<Duration>, staff: usize, desk: usize) -> Tried {
        let stamped = self.stamp(back, staff, desk);
        self.attempt_as(command, stamped)
    }

    pub fn attempt_as(&mut self, command: &Command, by: Stamp) -> Tried {
        let result = decide(&self.register, self.day, command, &by).map(|drafts| {
            let hand = Hand { by: By::Staff(by.by), desk: by.desk, now: by.now, source: Source::Desk };
            self.dealt += 1;
            stamp(drafts, &hand, ids(self.dealt))
        });
        if let Ok(entries) = &result {
            entries.iter().for_each(|e| self.register.fold(e));
            self.entries.extend(entries.iter().cloned());
        }
        Tried { command: command.clone(), stamp: by, result }
    }

    /// One number: time goes on (or, now and then, back), or somebody asks for something.
    pub fn next(&mut self, number: u64) -> Option<Tried> {
        let mut chance = Chance::new(number);
        let next = choose(self, &mut chance);
        match next {
            Next::Wait(by) => {
                self.now += by;
                None
            }
            Next::Offset(hours) => {
                self.now = self.now.with_timezone(&FixedOffset::east_opt(hours * 3600).unwrap());
                None
            }
            Next::Try { command, back, staff, desk } => Some(self.attempt(&command, back, staff, desk)),
        }
    }
}

pub fn at(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

pub fn ids(n: u128) -> Ids {
    Ids(Uuid::from_u128((0x0193_5c3a_0000_7abc_8000_0000_0000_0000) + (n << 20)))
}

fn person(n: usize) -> PersonId {
    PersonId(Uuid::from_u128(0x1000 + n as u128))
}

/// Two to six cases: several adults a side, visitors, collectors, pairs who must not meet within a case and across
/// cases, plans that let them meet or have no hold, brothers and sisters, an adult in two cases.
fn small_day(chance: &mut Chance, register: RegisterId, now: Moment) -> Vec<Entry> {
    let mut policy = policy_default();
    policy.apart_min = chance.pick(&[5, 10, 15]);
    policy.return_min = chance.pick(&[5, 10]);
    let kind = RegisterKind::Practice { starts: None };
    let mut events = vec![
        (FileRef::Centre, Event::Centre(CentreEvent::RegisterMade { register, kind })),
        (FileRef::Centre, Event::Centre(CentreEvent::PolicySet(Box::new(policy.clone())))),
    ];
    let team = practice::team(register).into_iter();
    events.extend(team.map(|card| (FileRef::Staff(card.staff), Event::Centre(CentreEvent::StaffListed(card)))));
    let cases = 2 + chance.below(5);
    let mut everyone: Vec<(usize, Member)> = Vec::new();
    for n in 0..cases {
        let people = family(chance, n, &everyone);
        let case = CaseId(Uuid::from_u128(0x500 + n as u128));
        let mut add = |event| events.push((FileRef::Case(case), Event::Case(event)));
        add(CaseEvent::CaseOpened(head(chance, case, n, &policy)));
        people.iter().for_each(|m| add(CaseEvent::MemberListed { case, member: Box::new(m.clone()) }));
        if chance.below(4) == 0 {
            add(CaseEvent::InstructionGiven { case, instruction: Box::new(do_not_meet(chance, n)) });
        }
        everyone.extend(people.into_iter().map(|m| (n, m)));
        for _ in 0..chance.below(3) {
            let one = chance.pick(&everyone).1.person;
            let other = chance.pick(&everyone).1.person;
            add(CaseEvent::KeptApart { case, one, other, why: None });
        }
        add(CaseEvent::PatternSet { case, pattern: pattern(chance, n) });
    }
    let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
    let hand = Hand { by: By::Program, desk: DeskId(Uuid::from_u128(1)), now, source: Source::Desk };
    stamp(drafts, &hand, ids(1))
}

fn head(chance: &mut Chance, case: CaseId, n: usize, policy: &Policy) -> CaseHead {
    let plan = Plan {
        hold_min: chance.pick(&[0, 5, 15, 15, 15]),
        may_meet: chance.below(5) == 0,
        first: chance.pick(Party::ALL),
        ..policy.plan.clone()
    };
    CaseHead {
        case,
        code: Text::name(&format!("F26-{n:05}")),
        kind: chance.pick(&[
            ContactKind::Supported,
            ContactKind::Supported,
            ContactKind::Supervised,
            ContactKind::Handover,
        ]),
        referral: Referral::Court,
        opened: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        closed: None,
        plan: Some(plan),
        supervisor: None,
        offsite: None,
    }
}

fn family(chance: &mut Chance, n: usize, others: &[(usize, Member)]) -> Vec<Member> {
    let mut people = Vec::new();
    let mut add = |side, standing, collects| {
        let id = person(n * 20 + people.len());
        people.push(member(id, side, standing, collects));
    };
    (0..=chance.below(3)).for_each(|_| add(Side::Child, Standing::Party, false));
    (0..=chance.below(2)).for_each(|_| add(Side::Resident, Standing::Party, true));
    (0..=chance.below(2)).for_each(|_| add(Side::Visiting, Standing::Party, chance.below(6) == 0));
    (0..chance.below(2)).for_each(|_| add(Side::Resident, Standing::Collector, true));
    (0..chance.below(2)).for_each(|_| add(Side::Resident, Standing::Visitor, false));
    (0..chance.below(2)).for_each(|_| add(Side::Visiting, Standing::Visitor, false));
    (0..chance.below(2)).for_each(|_| add(Side::Visiting, Standing::VisitorSupervised, false));
    if chance.below(3) == 0 {
        let side = chance.pick(&[Side::Visiting, Side::Resident]);
        add(side, Standing::NotPermitted, chance.below(3) == 0);
    }
    let adults: Vec<&Member> = others.iter().map(|(_, m)| m).filter(|m| m.side != Side::Child).collect();
    if !adults.is_empty() && chance.below(3) == 0 {
        let known = chance.pick(&adults).person;
        let side = chance.pick(&[Side::Visiting, Side::Resident]);
        people.push(member(known, side, Standing::Party, side == Side::Resident));
    }
    people
}

fn member(person: PersonId, side: Side, standing: Standing, collects: bool) -> Member {
    let n = person.0.as_u128() % 1000;
    Member {
        person,
        side,
        standing,
        given: Text::name(&format!("Given{n}")),
        family: Text::name(&format!("Family{n}")),
        known_as: None,
        born: None,
        relation: Text::default(),
        phone: Some(Text::name(&format!("07700 900{n:03}"))),
        collects,
        origin: Origin::ReferralForm,
        dated: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
    }
}

fn do_not_meet(chance: &mut Chance, n: usize) -> Instruction {
    Instruction {
        id: InstructionId(Uuid::from_u128(0x900 + n as u128)),
        flag: Flag::DoNotMeet,
        effect: chance.pick(&[Effect::Block, Effect::Block, Effect::Warn]),
        about: None,
        party: None,
        words: Text::name("By the side door."),
        reason: None,
        consent: None,
        origin: Origin::PreVisit,
        from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        to: None,
        limit: None,
    }
}

fn pattern(chance: &mut Chance, n: usize) -> Pattern {
    Pattern {
        id: PatternId(Uuid::from_u128(0x700 + n as u128)),
        weekday: Weekday::Sat,
        start: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        end: NaiveTime::from_hms_opt(10 + chance.below(3) as u32, 45, 0).unwrap(),
        room: Code::new(chance.pick(&["oak", "elm"])),
        every_weeks: 1,
        from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        to: None,
        legs: None,
    }
}
