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
    /// What comes is more often about this session.
    pub focus: Option<SessionId>,
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
        let on_shift = 3 + chance.below(2);
        Self::on(&entries, now, mix, on_shift)
    }

    /// Two families of a child, a mother and a father each, of these kinds; four of the team are here.
    pub fn two_families(kinds: [ContactKind; 2]) -> Self {
        let (register, now) = (RegisterId(Uuid::from_u128(7)), at("2026-11-21T08:30:00+00:00"));
        let policy = policy_default();
        let team = practice::team(register);
        let supervisor = team[3].staff;
        let mut events = vec![
            (FileRef::Centre, Event::Centre(CentreEvent::RegisterMade { register, kind: RegisterKind::Real })),
            (FileRef::Centre, Event::Centre(CentreEvent::PolicySet(Box::new(policy.clone())))),
        ];
        let listed = |card: doorbook::domain::event::StaffCard| {
            (FileRef::Staff(card.staff), Event::Centre(CentreEvent::StaffListed(card)))
        };
        events.extend(team.into_iter().map(listed));
        for (n, kind) in kinds.into_iter().enumerate() {
            let (case, mut chance) = (case_id(n), Chance::new(1));
            let staff = [supervisor; 4];
            let (supervisor, offsite, plan) = (Some(supervisor), Some(Offsite::Order), Some(policy.plan.clone()));
            let head = CaseHead { kind, supervisor, offsite, plan, ..head(&mut chance, case, n, &policy, &staff) };
            let mut add = |event| events.push((FileRef::Case(case), Event::Case(event)));
            add(CaseEvent::CaseOpened(head));
            for (m, side) in [Side::Child, Side::Resident, Side::Visiting].into_iter().enumerate() {
                let member = Box::new(member(person(n * 20 + m), side, Standing::Party, side == Side::Resident));
                add(CaseEvent::MemberListed { case, member });
            }
            let pattern = Pattern { legs: None, ..pattern(&mut chance, n, 0, kind) };
            add(CaseEvent::PatternSet { case, pattern });
        }
        let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
        let hand = Hand { by: By::Program, desk: DeskId(Uuid::from_u128(1)), now, source: Source::Desk };
        Self::on(&stamp(drafts, &hand, ids(1)), now, Mix::Asked, 4)
    }

    pub fn saturday() -> Self {
        let now = at("2026-11-21T08:30:00+00:00");
        let register = RegisterId(Uuid::from_u128(7));
        Self::on(&practice_entries(register, Families::Invented, now, ids(1)), now, Mix::Asked, 3)
    }

    /// With so many of the team, by their numbers, beside who opens the day: the fourth is the supervisor.
    fn on(entries: &[Entry], now: Moment, mix: Mix, on_shift: usize) -> Self {
        let mut folded = Register::default();
        entries.iter().for_each(|e| folded.fold(e));
        let staff: Vec<StaffId> = folded.present_team().iter().map(|c| c.staff).collect();
        let (day, policy) = (folded.day_id(practice::day()), folded.policy());
        let desks = [DeskId(Uuid::from_u128(1)), DeskId(Uuid::from_u128(2))];
        let mut world = Self {
            register: folded,
            day,
            policy,
            entries: entries.to_vec(),
            now,
            mix,
            staff,
            desks,
            focus: None,
            dealt: 1000,
        };
        let open = Command::Day(DayAct::Open { date: practice::day() });
        assert!(world.attempt(&open, None, 4, 0).result.is_ok());
        for staff in world.staff.clone().into_iter().take(on_shift) {
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

    /// A stamp of now that deals no ids that will be kept: for asking what the Enter line says.
    pub fn stamp_now(&self, by: StaffId) -> Stamp {
        Stamp { at: self.now, now: self.now, by, desk: self.desks[0], ids: ids(self.dealt) }
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
        self.follow(next)
    }

    /// What was chosen.
    pub fn follow(&mut self, next: Next) -> Option<Tried> {
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

/// Two to six cases of every kind: several adults a side, visitors, collectors, pairs who must not meet within a case
/// and across cases, families apart, plans that let them meet or have no hold, brothers and sisters, an adult or a child
/// in two cases, a child who comes twice a day, a case that is suspended, children who may or may not go out.
fn small_day(chance: &mut Chance, register: RegisterId, now: Moment) -> Vec<Entry> {
    let mut policy = policy_default();
    policy.apart_min = chance.pick(&[5, 10, 15]);
    policy.return_min = chance.pick(&[5, 10]);
    policy.gap_min = chance.pick(&[5, 10, 15]);
    let kind = RegisterKind::Practice { starts: None };
    let mut events = vec![
        (FileRef::Centre, Event::Centre(CentreEvent::RegisterMade { register, kind })),
        (FileRef::Centre, Event::Centre(CentreEvent::PolicySet(Box::new(policy.clone())))),
    ];
    let team = practice::team(register);
    let staff: Vec<StaffId> = team.iter().map(|card| card.staff).collect();
    events.extend(
        team.into_iter().map(|card| (FileRef::Staff(card.staff), Event::Centre(CentreEvent::StaffListed(card)))),
    );
    let cases = 2 + chance.below(5);
    let mut everyone: Vec<(usize, Member)> = Vec::new();
    for n in 0..cases {
        let people = family(chance, n, &everyone);
        let case = case_id(n);
        let mut add = |event| events.push((FileRef::Case(case), Event::Case(event)));
        let head = head(chance, case, n, &policy, &staff);
        let kind = head.kind;
        add(CaseEvent::CaseOpened(head));
        people.iter().for_each(|m| add(CaseEvent::MemberListed { case, member: Box::new(m.clone()) }));
        for instruction in instructions(chance, n) {
            add(CaseEvent::InstructionGiven { case, instruction: Box::new(instruction) });
        }
        everyone.extend(people.into_iter().map(|m| (n, m)));
        for _ in 0..chance.below(3) {
            let one = chance.pick(&everyone).1.person;
            let other = chance.pick(&everyone).1.person;
            add(CaseEvent::KeptApart { case, one, other, why: None });
        }
        if n > 0 && chance.below(8) == 0 {
            add(CaseEvent::FamiliesApart { case, other: case_id(chance.below(n)), why: None });
        }
        for part in 0..if chance.below(6) == 0 { 2 } else { 1 } {
            add(CaseEvent::PatternSet { case, pattern: pattern(chance, n, part, kind) });
        }
    }
    let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
    let hand = Hand { by: By::Program, desk: DeskId(Uuid::from_u128(1)), now, source: Source::Desk };
    stamp(drafts, &hand, ids(1))
}

fn case_id(n: usize) -> CaseId {
    CaseId(Uuid::from_u128(0x500 + n as u128))
}

/// Every kind but letters, which have nobody at the door.
const KINDS: [ContactKind; 11] = [
    ContactKind::Video,
    ContactKind::Supported,
    ContactKind::Supported,
    ContactKind::Supervised,
    ContactKind::Supervised,
    ContactKind::Handover,
    ContactKind::Handover,
    ContactKind::Escorted,
    ContactKind::Video,
    ContactKind::LifeStory,
    ContactKind::Assessment,
];

fn head(chance: &mut Chance, case: CaseId, n: usize, policy: &Policy, staff: &[StaffId]) -> CaseHead {
    let plan = Plan {
        hold_min: chance.pick(&[0, 5, 15, 15, 15]),
        may_meet: chance.below(5) == 0,
        first: chance.pick(Party::ALL),
        ..policy.plan.clone()
    };
    let kind = chance.pick(&KINDS);
    CaseHead {
        case,
        code: Text::name(&format!("F26-{n:05}")),
        kind,
        referral: Referral::Court,
        opened: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        closed: None,
        plan: Some(plan),
        supervisor: (kind.is_supervised() && chance.below(5) > 0).then(|| chance.pick(&[staff[1], staff[3], staff[3]])),
        offsite: chance.pick(&[None, Some(Offsite::Order), Some(Offsite::Agreement)]),
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
    let known = |child: bool| -> Vec<PersonId> {
        let fits = others.iter().filter(|(_, m)| (m.side == Side::Child) == child);
        fits.map(|(_, m)| m.person).collect()
    };
    let (adults, children) = (known(false), known(true));
    if !adults.is_empty() && chance.below(3) == 0 {
        let side = chance.pick(&[Side::Visiting, Side::Resident]);
        people.push(member(chance.pick(&adults), side, Standing::Party, side == Side::Resident));
    }
    if !children.is_empty() && chance.below(4) == 0 {
        people.push(member(chance.pick(&children), Side::Child, Standing::Party, false));
    }
    people
}

/// What the file says beside who is who: must not meet, suspended, not out of the building, looked after.
fn instructions(chance: &mut Chance, n: usize) -> Vec<Instruction> {
    let mut all = Vec::new();
    let mut add = |flag, effect| all.push(instruction(0x900 + (n * 8 + all.len()) as u128, flag, effect));
    if chance.below(4) == 0 {
        add(Flag::DoNotMeet, chance.pick(&[Effect::Block, Effect::Block, Effect::Warn]));
    }
    if chance.below(9) == 0 {
        add(Flag::Suspended, chance.pick(&[Effect::Block, Effect::Block, Effect::Show]));
    }
    if chance.below(9) == 0 {
        add(Flag::Premises, chance.pick(&[Effect::Block, Effect::Warn]));
    }
    if chance.below(6) == 0 {
        add(Flag::LookedAfter, Effect::Show);
    }
    all
}

pub fn instruction(id: u128, flag: Flag, effect: Effect) -> Instruction {
    Instruction {
        id: InstructionId(Uuid::from_u128(id)),
        flag,
        effect,
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

/// The second of a day is in the afternoon.
fn pattern(chance: &mut Chance, n: usize, part: usize, kind: ContactKind) -> Pattern {
    let legs = chance.pick(&[None, Some(Legs::Out), Some(Legs::Back), Some(Legs::Both), Some(Legs::Both)]);
    let start = 10 + 4 * part as u32;
    Pattern {
        id: PatternId(Uuid::from_u128(0x700 + (n * 4 + part) as u128)),
        weekday: Weekday::Sat,
        start: NaiveTime::from_hms_opt(start, 0, 0).unwrap(),
        end: NaiveTime::from_hms_opt(start + chance.below(3) as u32, 45, 0).unwrap(),
        room: Code::new(chance.pick(&["oak", "elm"])),
        every_weeks: 1,
        from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        to: None,
        legs: legs.filter(|_| kind == ContactKind::Handover),
    }
}
