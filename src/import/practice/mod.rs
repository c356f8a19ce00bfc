//! Invented people to practise on: the team of the cast, and twelve families on one Saturday (screens.md).
//!
//! Everything has the same id in the same register, whenever it is made. No one here is real; numbers are from the range
//! that Ofcom keeps for drama.

mod saturday;
mod team;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

pub use team::team;

use crate::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use crate::domain::codes::{ContactKind, Effect, Flag, Legs, Offsite, Origin, Party, Side};
use crate::domain::event::{CaseEvent, Event, FileRef};
use crate::domain::ids::{CaseId, PersonId, RegisterId, StaffId};
use crate::domain::policy::{Code, Plan, Policy, Use};
use crate::domain::text::Text;
use crate::import::ids::imported;
use saturday::{Family, Person, Special};

/// The Saturday to practise on.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("21 November 2026 is a date")
}

/// Where the clock of a practice register starts: the doors are still shut.
pub fn starts() -> NaiveDateTime {
    day().and_time(time((8, 55)))
}

/// The practice families, in the order in which their entries are to be written. Their sessions, sorted by start and
/// case code, are No 1 to 12 of [`day`].
pub fn families(register: RegisterId, policy: &Policy) -> Vec<(FileRef, Event)> {
    let mut out = Vec::new();
    for family in saturday::FAMILIES {
        let maker = Maker { register, policy, family };
        let case = maker.case();
        out.extend(maker.events().into_iter().map(|event| (FileRef::Case(case), Event::Case(event))));
    }
    out
}

/// Makes the entries of one family.
struct Maker<'a> {
    register: RegisterId,
    policy: &'a Policy,
    family: &'a Family,
}

impl Maker<'_> {
    fn id<T: From<uuid::Uuid>>(&self, table: &str, part: &str) -> T {
        imported(self.register, &format!("practice {table}"), &format!("{} {part}", self.family.no))
    }

    fn case(&self) -> CaseId {
        self.id("case", "")
    }

    fn person(&self, person: &Person) -> PersonId {
        self.id("person", person.given)
    }

    fn opened(&self) -> NaiveDate {
        let (month, day) = self.family.from;
        NaiveDate::from_ymd_opt(2026, month, day).expect("the practice families start on dates of 2026")
    }

    fn events(&self) -> Vec<CaseEvent> {
        let case = self.case();
        let mut out = vec![CaseEvent::CaseOpened(self.head())];
        for person in self.family.people {
            out.push(CaseEvent::MemberListed { case, member: Box::new(self.member(person)) });
        }
        if self.family.special == Special::KeptApart {
            let instructions = saturday::APART.iter().enumerate();
            out.extend(instructions.map(|(n, words)| {
                let instruction = Box::new(self.instruction(n, *words));
                CaseEvent::InstructionGiven { case, instruction }
            }));
            out.extend(self.pair());
        }
        out.push(CaseEvent::PatternSet { case, pattern: self.pattern() });
        out.extend(self.back().map(|pattern| CaseEvent::PatternSet { case, pattern }));
        out
    }

    fn head(&self) -> CaseHead {
        CaseHead {
            case: self.case(),
            code: Text::name(&format!("F26-{:05}", self.family.no)),
            kind: self.family.kind,
            referral: self.family.referral,
            opened: self.opened(),
            closed: None,
            plan: self.plan(),
            supervisor: self.supervisor(),
            offsite: (self.family.kind == ContactKind::Handover).then_some(Offsite::Order),
        }
    }

    /// No 3 has no way in of its own, so that the rule of keeping apart is met at the front door, and the side that
    /// brings is due three minutes before the start. One-to-one families come ten minutes before.
    fn plan(&self) -> Option<Plan> {
        let usual = self.policy.plan.clone();
        match self.family.special {
            Special::None => None,
            Special::KeptApart => {
                Some(Plan { second_min: 3, hold_min: 15, may_meet: false, routes: Vec::new(), ..usual })
            }
            Special::OneToOne => Some(Plan { second_min: 10, ..usual }),
        }
    }

    fn member(&self, person: &Person) -> Member {
        let born =
            person.born.map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).expect("a practice child has a birthday"));
        Member {
            person: self.person(person),
            side: person.side,
            standing: person.standing,
            given: Text::name(person.given),
            family: Text::name(person.surname),
            known_as: None,
            born,
            relation: Text::name(person.relation),
            phone: person.phone.map(|n| Text::name(&format!("07700 900{n:03}"))),
            collects: person.collects,
            origin: Origin::ReferralForm,
            dated: self.opened(),
        }
    }

    fn instruction(&self, n: usize, (flag, party, words): (Flag, Party, &str)) -> Instruction {
        Instruction {
            id: self.id("instruction", &n.to_string()),
            flag,
            effect: if flag == Flag::DoNotMeet { Effect::Block } else { Effect::Show },
            about: None,
            party: Some(party),
            words: Text::name(words),
            reason: None,
            consent: None,
            origin: Origin::PreVisit,
            from: self.opened(),
            to: None,
            limit: None,
        }
    }

    /// The two parties, who must not meet.
    fn pair(&self) -> Option<CaseEvent> {
        let party = |side: Side| self.family.people.iter().find(|p| p.side == side && p.standing == Standing::Party);
        let (one, other) = (party(Side::Resident)?, party(Side::Visiting)?);
        Some(CaseEvent::KeptApart { case: self.case(), one: self.person(one), other: self.person(other), why: None })
    }

    fn pattern(&self) -> Pattern {
        Pattern {
            id: self.id("pattern", ""),
            weekday: Weekday::Sat,
            start: time(self.family.start),
            end: time(self.family.end),
            room: self.room(),
            every_weeks: self.family.every_weeks,
            from: self.opened(),
            to: None,
            legs: (self.family.no == 10).then_some(Legs::Out),
        }
    }

    /// Whoever goes out overnight on the Saturday is brought back on the Sunday: a session of its own.
    fn back(&self) -> Option<Pattern> {
        let (id, start, end) = (self.id("pattern", "back"), time((17, 0)), time((17, 30)));
        let from = self.opened() + chrono::Duration::days(1);
        let back = Pattern { id, weekday: Weekday::Sun, start, end, from, legs: Some(Legs::Back), ..self.pattern() };
        (self.family.no == 10).then_some(back)
    }

    /// Priya supervises.
    fn supervisor(&self) -> Option<StaffId> {
        let supervised = self.family.kind.is_supervised();
        supervised.then(|| imported(self.register, "practice staff", "4"))
    }

    /// The room, if the policy has it, else its first contact room: a practice register may carry another policy.
    fn room(&self) -> Code {
        let mut rooms = self.policy.places.iter().filter(|p| p.use_for == Use::Contact && !p.retired);
        let first = rooms.clone().next();
        let place = rooms.find(|p| p.code.as_str() == self.family.room).or(first);
        place.map_or_else(|| Code::new(self.family.room), |p| p.code.clone())
    }
}

fn time((hour, minute): (u32, u32)) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("practice sessions have times of the day")
}
