//! A family: who is on the file, what the file says, and its booking.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use doorbook::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use doorbook::domain::codes::*;
use doorbook::domain::event::{CaseEvent, Event, FileRef};
use doorbook::domain::ids::{CaseId, InstructionId, PatternId, PersonId};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;
use uuid::Uuid;

use super::{Dice, names, staff, today};

/// When sessions start: most in the morning, as they do.
const STARTS: [(u32, u32); 10] =
    [(10, 0), (10, 0), (10, 15), (10, 0), (10, 30), (10, 30), (11, 0), (13, 0), (13, 30), (14, 0)];
const ROOMS: [&str; 3] = ["oak", "elm", "garden"];
const REFERRALS: [Referral; 6] = [
    Referral::Cafcass,
    Referral::Solicitor,
    Referral::Court,
    Referral::Council,
    Referral::SelfResident,
    Referral::Mediator,
];
/// Who supervises, by place in the team.
const SUPERVISORS: [usize; 3] = [3, 5, 7];

/// The place of a family on the days.
pub(super) struct Booking<'a> {
    pub(super) dates: &'a [NaiveDate],
    /// The how manieth session of its day.
    pub(super) place: usize,
    pub(super) weeks: u16,
    /// It has no end yet.
    pub(super) goes_on: bool,
    /// Not only on its weekday: on every day of the week.
    pub(super) daily: bool,
}

pub(super) struct Family {
    pub(super) number: usize,
    pub(super) opened: NaiveDate,
    pub(super) people: Vec<Member>,
    head: CaseHead,
    instruction: Option<Instruction>,
    pair: bool,
    patterns: Vec<Pattern>,
    /// What is said of it and of another family, in the file of either.
    beside: Vec<(CaseId, CaseEvent)>,
}

impl Family {
    /// The next family; one that never has a session is on file from `else_from`.
    pub(super) fn new(dice: &mut Dice, number: usize, booking: &Booking<'_>, else_from: NaiveDate) -> Self {
        let kind = kind(dice, booking.place);
        let first = booking.dates.first().copied();
        let opened = first.unwrap_or(else_from) - Days::new(5 + dice.below(16) as u64);
        let last = booking.dates.last().copied().unwrap_or(else_from);
        let closed = (!booking.goes_on).then(|| last + Days::new(3)).filter(|at| *at < today());
        let case = CaseId(id(0xCA5E, number, 0));
        let head = CaseHead {
            case,
            code: Text::name(&format!("F{:02}-{number:05}", opened.year() % 100)),
            kind,
            referral: *dice.pick(&REFERRALS),
            opened,
            closed,
            plan: None,
            supervisor: kind.is_supervised().then(|| staff(SUPERVISORS[booking.place % SUPERVISORS.len()])),
            offsite: (kind == ContactKind::Handover).then_some(Offsite::Order),
        };
        let pair = dice.percent(4);
        Self {
            number,
            opened,
            people: people(dice, number, opened),
            instruction: (pair || dice.percent(8)).then(|| instruction(dice, number, opened, pair)),
            patterns: first.map(|first| patterns(number, booking, kind, first, last)).unwrap_or_default(),
            pair,
            head,
            beside: Vec::new(),
        }
    }

    /// What the file says, in the order in which it is written.
    pub(super) fn events(&self) -> Vec<(FileRef, Event)> {
        let case = self.head.case;
        let mut all = vec![CaseEvent::CaseOpened(self.head.clone())];
        all.extend(self.people.iter().map(|m| CaseEvent::MemberListed { case, member: Box::new(m.clone()) }));
        let given = |i: &Instruction| CaseEvent::InstructionGiven { case, instruction: Box::new(i.clone()) };
        all.extend(self.instruction.as_ref().map(given));
        let party = |side| self.people.iter().find(|m| m.side == side && m.is_expected()).map(|m| m.person);
        if let Some((one, other)) = party(Side::Resident).zip(party(Side::Visiting)).filter(|_| self.pair) {
            all.push(CaseEvent::KeptApart { case, one, other, why: None });
        }
        all.extend(self.patterns.iter().map(|p| CaseEvent::PatternSet { case, pattern: p.clone() }));
        let own = all.into_iter().map(|event| (case, event));
        own.chain(self.beside.iter().cloned()).map(|(case, event)| (FileRef::Case(case), Event::Case(event))).collect()
    }

    fn adult(&self, side: Side) -> Option<PersonId> {
        self.people.iter().find(|m| m.side == side && m.is_expected()).map(|m| m.person)
    }

    /// This family and one that was on file before it: they must not meet; two of their people must not; both, and may
    /// again; or an aunt of the one had been listed in the other too. What is said stands in both files.
    fn beside(&self, other: &Self, how: usize) -> Vec<(CaseId, CaseEvent)> {
        let (case, theirs) = (self.head.case, other.head.case);
        let people = self.adult(Side::Visiting).zip(other.adult(Side::Visiting));
        let both = |event: &dyn Fn(CaseId, CaseId) -> CaseEvent| {
            [(case, theirs), (theirs, case)].map(|(case, other)| (case, event(case, other)))
        };
        let why = || Some(Text::note("By both sides"));
        let mut all = Vec::new();
        if how % 4 != 1 {
            all.extend(both(&|case, other| CaseEvent::FamiliesApart { case, other, why: None }));
        }
        if let Some((one, other)) = people.filter(|_| !how.is_multiple_of(4)) {
            all.extend(both(&|case, _| CaseEvent::KeptApart { case, one, other, why: None }));
            if how % 4 == 2 {
                all.extend(both(&|case, other| CaseEvent::FamiliesApartClosed { case, other, why: why() }));
                all.extend(both(&|case, _| CaseEvent::ApartClosed { case, one, other, why: why() }));
            }
        }
        let aunt = |family: &Self| family.people.iter().find(|m| m.standing == Standing::Collector).map(|m| m.person);
        if let Some((gone, into)) = aunt(self).zip(aunt(other)).filter(|_| how % 4 == 3) {
            all.push((case, CaseEvent::PersonMerged { case, gone, into }));
        }
        all
    }
}

/// So many pairs of families that must not meet, over all of them; some are of one day, some of two.
pub(super) fn clash(families: &mut [Family], many: usize) {
    let all = families.len();
    for how in 0..many {
        let later = ((how + 1) * all / (many + 1)).max(1);
        let earlier = if how % 2 == 0 { later - 1 } else { later / 2 };
        let Some((before, [family, ..])) = families.split_at_mut_checked(later) else { return };
        let Some(other) = before.get(earlier) else { return };
        family.beside = family.beside(other, how);
    }
}

/// Of every ten sessions of a day, one or two are one-to-one and one is a handover.
fn kind(dice: &mut Dice, place: usize) -> ContactKind {
    match place % 10 {
        4 => ContactKind::Handover,
        7 | 9 if dice.percent(70) => ContactKind::Supervised,
        _ => ContactKind::Supported,
    }
}

fn id(table: u128, number: usize, part: usize) -> Uuid {
    Uuid::from_u128((table << 112) | (8 << 76) | (2 << 62) | ((number as u128) << 8) | part as u128)
}

/// Children, the side that brings, the side that visits, and now and then an aunt who collects or comes along.
fn people(dice: &mut Dice, number: usize, opened: NaiveDate) -> Vec<Member> {
    let (theirs, others) = (names::people(dice), names::people(dice));
    let surname = theirs.family(dice);
    let mut used = Vec::new();
    let mut called = |dice: &mut Dice, people: &names::People| fresh(dice, people, &mut used);
    let mut all: Vec<Member> = Vec::new();
    let mut add = |side, standing, (given, family): (&str, &str), relation: &str, born: Option<NaiveDate>| {
        let part = all.len();
        all.push(Member {
            person: PersonId(id(0x9E05, number, part)),
            side,
            standing,
            given: Text::name(given),
            family: Text::name(family),
            known_as: None,
            born,
            relation: Text::name(relation),
            phone: born.is_none().then(|| Text::name(&format!("07700 900{:03}", (number * 7 + part) % 1000))),
            collects: side == Side::Resident,
            origin: Origin::ReferralForm,
            dated: opened,
        });
    };
    for _ in 0..1 + dice.below(3).min(dice.below(4)) {
        let days = 900 + dice.below(4200) as u64;
        add(Side::Child, Standing::Party, (called(dice, theirs), surname), "", Some(opened - Days::new(days)));
    }
    add(Side::Resident, Standing::Party, (called(dice, theirs), surname), "mother", None);
    let family = if dice.percent(60) { surname } else { others.family(dice) };
    add(Side::Visiting, Standing::Party, (called(dice, others), family), "father", None);
    if dice.percent(45) {
        add(Side::Resident, Standing::Collector, (called(dice, theirs), surname), "aunt", None);
    }
    if dice.percent(25) {
        add(Side::Visiting, Standing::Visitor, (called(dice, others), family), "grandmother", None);
    }
    all
}

/// A name that nobody of the family has, while the list goes on.
fn fresh(dice: &mut Dice, people: &names::People, used: &mut Vec<&'static str>) -> &'static str {
    let mut given = people.given(dice);
    for _ in 0..8 {
        if !used.contains(&given) {
            break;
        }
        given = people.given(dice);
    }
    used.push(given);
    given
}

/// Where the two must not meet, the side that brings comes by the side door; else a word about the day.
fn instruction(dice: &mut Dice, number: usize, opened: NaiveDate, pair: bool) -> Instruction {
    let words = ["Nut allergy: no biscuits.", "Mother tongue first, please.", "No photographs.", "Fed at noon."];
    Instruction {
        id: InstructionId(id(0x1257, number, 0)),
        flag: if pair { Flag::DoNotMeet } else { Flag::Other },
        effect: if pair { Effect::Block } else { Effect::Show },
        about: None,
        party: pair.then_some(Party::Brings),
        words: Text::name(if pair { "Side door, then the small waiting room." } else { dice.pick::<&str>(&words) }),
        reason: None,
        consent: None,
        origin: Origin::PreVisit,
        from: opened,
        to: None,
        limit: None,
    }
}

/// One; of a family that comes daily, one for each day of the week.
fn patterns(
    number: usize,
    booking: &Booking<'_>,
    kind: ContactKind,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<Pattern> {
    let (hour, minute) = STARTS[booking.place % STARTS.len()];
    let hours = if kind == ContactKind::Handover { 5 } else { 2 };
    let days = if booking.daily { 7 } else { 1 };
    let on = |n: u64| {
        let from = first + Days::new(n);
        Pattern {
            id: PatternId(id(0xB00C, number, usize::try_from(n).unwrap_or(0))),
            weekday: from.weekday(),
            start: NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default(),
            end: NaiveTime::from_hms_opt(hour + hours, minute, 0).unwrap_or_default(),
            room: Code::new(ROOMS[booking.place % ROOMS.len()]),
            every_weeks: booking.weeks,
            from,
            to: (!booking.goes_on).then_some(last),
            legs: (kind == ContactKind::Handover).then_some(Legs::Both),
        }
    };
    (0..days).map(on).collect()
}
