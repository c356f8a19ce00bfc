//! Cases of any kind on a practice register, for tests of one kind: `Desk::kinds(&[Case::of(ContactKind::Escorted)])`
//! is a day with these alone, No 1 up; `Desk::practice("08:55").with_case(&case)` puts one beside the twelve.
//!
//! A case is a family of one child unless it says otherwise: Oscar (7), brought by Beth, visited by Mark, supervised by
//! Priya, 10:00 to 11:00 in Elm. Its people are told apart by their given names, which a test may use as it likes.

use chrono::{NaiveDate, NaiveTime, Weekday};
use doorbook::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use doorbook::domain::codes::{ContactKind, Effect, Flag, Legs, Offsite, Origin, Party, Referral, Side};
use doorbook::domain::event::{By, CaseEvent, CentreEvent, Event, FileRef, Source, StaffCard};
use doorbook::domain::ids::{CaseId, PersonId, StaffId};
use doorbook::domain::policy::{Code, Plan};
use doorbook::domain::text::Text;
use doorbook::run::setup::{DESK, Families, outside_days};
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use super::harness::{Desk, ids};

/// A case to be, with its one session on the practice Saturday.
#[derive(Clone)]
pub struct Case {
    pub kind: ContactKind,
    /// The centre's reference: sessions of one start are numbered in its order, and ids hang on it.
    pub code: String,
    pub times: (NaiveTime, NaiveTime),
    pub room: &'static str,
    pub people: Vec<Member>,
    pub instructions: Vec<Instruction>,
    pub apart: Vec<(PersonId, PersonId)>,
    /// First name of who supervises.
    pub supervisor: Option<&'static str>,
    pub legs: Option<Legs>,
    pub offsite: Option<Offsite>,
    /// The plan of the case, where the centre's does not fit.
    pub plan: Option<Plan>,
}

impl Case {
    /// The usual family, of this kind.
    pub fn of(kind: ContactKind) -> Self {
        Self::empty(kind).child("Oscar", 7).brings("Beth", "mother").visits("Mark", "father")
    }

    /// The same with nobody in it.
    pub fn empty(kind: ContactKind) -> Self {
        Self {
            kind,
            code: "T26-00001".to_owned(),
            times: (hm("10:00"), hm("11:00")),
            room: "elm",
            people: Vec::new(),
            instructions: Vec::new(),
            apart: Vec::new(),
            supervisor: kind.is_supervised().then_some("Priya"),
            legs: None,
            offsite: matches!(kind, ContactKind::Handover | ContactKind::Escorted).then_some(Offsite::Order),
            plan: None,
        }
    }

    pub fn code(mut self, code: &str) -> Self {
        assert!(self.people.is_empty(), "the code first: ids hang on it");
        self.code = code.to_owned();
        self
    }

    pub fn at(mut self, start: &str, end: &str) -> Self {
        self.times = (hm(start), hm(end));
        self
    }

    pub fn room(mut self, room: &'static str) -> Self {
        self.room = room;
        self
    }

    pub fn supervised_by(mut self, name: Option<&'static str>) -> Self {
        self.supervisor = name;
        self
    }

    pub fn legs(mut self, legs: Legs) -> Self {
        self.legs = Some(legs);
        self
    }

    pub fn offsite(mut self, offsite: Option<Offsite>) -> Self {
        self.offsite = offsite;
        self
    }

    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = Some(plan);
        self
    }

    pub fn child(self, given: &str, age: i32) -> Self {
        let born = NaiveDate::from_ymd_opt(2026 - age, 3, 1);
        self.member(given, Side::Child, Standing::Party, "", |m| m.born = born)
    }

    pub fn brings(self, given: &str, relation: &str) -> Self {
        self.member(given, Side::Resident, Standing::Party, relation, |m| m.collects = true)
    }

    pub fn collects(self, given: &str, relation: &str) -> Self {
        self.member(given, Side::Resident, Standing::Collector, relation, |m| m.collects = true)
    }

    pub fn visits(self, given: &str, relation: &str) -> Self {
        self.member(given, Side::Visiting, Standing::Party, relation, |_| {})
    }

    pub fn visitor(self, given: &str, standing: Standing, relation: &str) -> Self {
        self.member(given, Side::Visiting, standing, relation, |_| {})
    }

    /// Anybody else: `set` makes of the member what is wanted.
    pub fn member(
        mut self,
        given: &str,
        side: Side,
        standing: Standing,
        relation: &str,
        set: impl FnOnce(&mut Member),
    ) -> Self {
        let adult = side != Side::Child;
        let phone = adult.then(|| Text::name(&format!("07700 900{:03}", 700 + self.people.len())));
        let mut member = Member {
            person: self.person(given),
            side,
            standing,
            given: Text::name(given),
            family: Text::name("Bell"),
            known_as: None,
            born: None,
            relation: Text::name(relation),
            phone,
            collects: false,
            origin: Origin::ReferralForm,
            dated: opened(),
        };
        set(&mut member);
        self.people.push(member);
        self
    }

    /// An instruction on the card of a side; `None`: on both.
    pub fn told(mut self, flag: Flag, effect: Effect, party: Option<Party>, words: &str) -> Self {
        let instruction = Instruction {
            id: self.id(&format!("instruction {}", self.instructions.len())),
            flag,
            effect,
            about: None,
            party,
            words: Text::name(words),
            reason: None,
            consent: None,
            origin: Origin::PreVisit,
            from: opened(),
            to: None,
            limit: None,
        };
        self.instructions.push(instruction);
        self
    }

    /// Two of its people must not meet.
    pub fn apart(mut self, one: &str, other: &str) -> Self {
        self.apart.push((self.person(one), self.person(other)));
        self
    }

    pub fn case(&self) -> CaseId {
        self.id("case")
    }

    pub fn person(&self, given: &str) -> PersonId {
        self.id(&format!("person {given}"))
    }

    fn id<T: From<Uuid>>(&self, part: &str) -> T {
        T::from(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{} {part}", self.code).as_bytes()))
    }

    fn events(&self, supervisor: Option<StaffId>) -> Vec<CaseEvent> {
        let case = self.case();
        let head = CaseHead {
            case,
            code: Text::name(&self.code),
            kind: self.kind,
            referral: Referral::Council,
            opened: opened(),
            closed: None,
            plan: self.plan.clone(),
            supervisor,
            offsite: self.offsite,
        };
        let pattern = Pattern {
            id: self.id("pattern"),
            weekday: Weekday::Sat,
            start: self.times.0,
            end: self.times.1,
            room: Code::new(self.room),
            every_weeks: 1,
            from: opened(),
            to: None,
            legs: self.legs,
        };
        let mut events = vec![CaseEvent::CaseOpened(head)];
        let listed = |m: &Member| CaseEvent::MemberListed { case, member: Box::new(m.clone()) };
        events.extend(self.people.iter().map(listed));
        let given = |i: &Instruction| CaseEvent::InstructionGiven { case, instruction: Box::new(i.clone()) };
        events.extend(self.instructions.iter().map(given));
        let kept =
            |(one, other): &(PersonId, PersonId)| CaseEvent::KeptApart { case, one: *one, other: *other, why: None };
        events.extend(self.apart.iter().map(kept));
        events.push(CaseEvent::PatternSet { case, pattern });
        events
    }
}

impl Desk {
    /// A day with these cases alone, opened at 08:55 by Jean with the whole team on shift, Jean at the desk.
    pub fn kinds(at: &str, cases: &[Case]) -> Self {
        let mut desk = Self::with(Families::None, "2026-11-21T08:55");
        cases.iter().for_each(|case| desk.with_case(case));
        desk.keys("5 f2 1 2 3 4 esc");
        desk.keys(&format!("@{at}"));
        desk
    }

    /// Puts a case on file, before the day is opened.
    #[track_caller]
    pub fn with_case(&mut self, case: &Case) {
        assert!(self.app.day().is_none(), "the day is open: what is expected is frozen");
        let supervisor = case.supervisor.map(|name| {
            let mut team = self.app.register.team.values();
            team.find(|c| c.given.as_str() == name).unwrap_or_else(|| panic!("nobody is called {name}")).staff
        });
        let file = FileRef::Case(case.case());
        let events = case.events(supervisor).into_iter().map(|e| (file, Event::Case(e))).collect();
        self.files(events);
    }

    /// Lists somebody of the team more; sign them in with F2.
    pub fn with_worker(&mut self, number: u8, given: &str, role: doorbook::domain::codes::Role) -> StaffId {
        let staff = StaffId(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("worker {number}").as_bytes()));
        let (given, family) = (Text::name(given), Text::name("Worker"));
        let card = StaffCard { staff, number, given, family, role, left: false };
        self.files(vec![(FileRef::Staff(staff), Event::Centre(CentreEvent::StaffListed(card)))]);
        staff
    }

    /// Entries that belong to no day, as an import would write them.
    pub fn files(&mut self, events: Vec<(FileRef, Event)>) {
        let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, self.now)).collect();
        let hand = Hand { by: By::Program, desk: DESK, now: self.now, source: Source::Desk };
        // Far from those that the keys deal: an act has fewer entries than that.
        let entries = stamp(drafts, &hand, ids((1 << 28) + self.written() as u128));
        if let Some(book) = &mut self.book {
            book.append(&entries).unwrap();
        }
        entries.iter().for_each(|e| self.app.register.fold(e));
        self.log.extend(entries);
    }
}

fn opened() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 12).unwrap()
}

fn hm(time: &str) -> NaiveTime {
    NaiveTime::parse_from_str(time, "%H:%M").unwrap()
}

#[test]
fn a_case_of_every_kind_opens_in_the_order_of_its_start() {
    let hours = ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"];
    let cases: Vec<Case> = ContactKind::ALL
        .iter()
        .zip(hours)
        .enumerate()
        .map(|(n, (kind, start))| {
            let case = Case::empty(*kind).code(&format!("T26-{n:05}")).at(start, "17:00");
            case.child("Oscar", 7).brings("Beth", "mother").visits("Mark", "father")
        })
        .collect();
    let mut desk = Desk::kinds("08:56", &cases);
    let day = desk.app.day().unwrap();
    let kinds: Vec<ContactKind> = day.sessions.iter().map(|s| s.plan.kind).collect();
    // Nobody comes to the door for what goes by post.
    let at_the_door: Vec<ContactKind> = ContactKind::ALL.iter().copied().filter(|k| !k.is_by_post()).collect();
    assert_eq!(kinds, at_the_door);
    desk.reloads();
}
