//! Permissions that a reader of the rules found open, each as a small day: what must be refused, and what goes on.

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use doorbook::book::policy_default;
use doorbook::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use doorbook::domain::close;
use doorbook::domain::codes::*;
use doorbook::domain::day::{Clash, Day, Session};
use doorbook::domain::decide::*;
use doorbook::domain::event::*;
use doorbook::domain::ids::*;
use doorbook::domain::policy::Code;
use doorbook::domain::refusal::{Gate, Refusal};
use doorbook::domain::register::Register;
use doorbook::domain::text::Text;
use doorbook::import::practice;
use doorbook::run::setup::outside_days;
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use super::world::{at, ids, instruction};

/// The team, by its numbers: who coordinates, a volunteer, another, who supervises.
const RUTH: usize = 0;
const V: usize = 1;
const OTHER: usize = 2;
const SUP: usize = 3;

const DATE: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

struct Family {
    kind: ContactKind,
    people: Vec<(u128, Side)>,
    instructions: Vec<Instruction>,
    offsite: Option<Offsite>,
    supervisor: Option<usize>,
}

/// A child, the adult who brings, the adult who visits: `base`, `base + 1`, `base + 2`.
fn family(kind: ContactKind, base: u128) -> Family {
    let people = vec![(base, Side::Child), (base + 1, Side::Resident), (base + 2, Side::Visiting)];
    Family { kind, people, instructions: Vec::new(), offsite: None, supervisor: None }
}

fn one_to_one(base: u128) -> Family {
    Family { supervisor: Some(SUP), ..family(ContactKind::Supervised, base) }
}

fn p(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x1000 + n))
}

fn all(people: &[u128]) -> Vec<PersonId> {
    people.iter().copied().map(p).collect()
}

fn c(code: &str) -> Code {
    Code::new(code)
}

/// A small day, a minute at a time.
struct Small {
    register: Register,
    now: Moment,
    by: usize,
    staff: Vec<StaffId>,
    day: DayId,
    dealt: u128,
}

impl Small {
    fn new(families: Vec<Family>, apart: &[(u128, u128)]) -> Self {
        let id = RegisterId(Uuid::from_u128(7));
        let now = at("2026-11-21T09:00:00+00:00");
        let mut team = practice::team(id);
        team.sort_by_key(|card| card.number);
        let staff: Vec<StaffId> = team.iter().map(|card| card.staff).collect();
        let made = CentreEvent::RegisterMade { register: id, kind: RegisterKind::Practice { starts: None } };
        let mut events = vec![
            (FileRef::Centre, Event::Centre(made)),
            (FileRef::Centre, Event::Centre(CentreEvent::PolicySet(Box::new(policy_default())))),
        ];
        events.extend(team.into_iter().map(|c| (FileRef::Staff(c.staff), Event::Centre(CentreEvent::StaffListed(c)))));
        for (n, family) in families.into_iter().enumerate() {
            events.extend(on_file(n, family, &staff).into_iter().map(|e| (FileRef::Case(case(n)), Event::Case(e))));
        }
        let kept = |(one, other): &(u128, u128)| {
            let event = CaseEvent::KeptApart { case: case(0), one: p(*one), other: p(*other), why: None };
            (FileRef::Case(case(0)), Event::Case(event))
        };
        events.extend(apart.iter().map(kept));
        let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
        let hand = Hand { by: By::Program, desk: DeskId(Uuid::from_u128(1)), now, source: Source::Desk };
        let mut register = Register::default();
        stamp(drafts, &hand, ids(1)).iter().for_each(|e| register.fold(e));
        let day = register.day_id(DATE);
        let mut small = Self { register, now, by: RUTH, staff, day, dealt: 10 };
        small.ok(&Command::Day(DayAct::Open { date: DATE }));
        for n in V..=SUP {
            small.ok(&Command::Day(DayAct::StaffIn { staff: small.staff[n] }));
        }
        small.now += Duration::minutes(30);
        small
    }

    fn day(&self) -> &Day {
        &self.register.days[&self.day]
    }

    fn session(&self, n: usize) -> &Session {
        &self.day().sessions[n]
    }

    fn id(&self, n: usize) -> SessionId {
        self.session(n).id()
    }

    fn stamp(&self, back: i64) -> Stamp {
        let at = self.now - Duration::minutes(back);
        let desk = DeskId(Uuid::from_u128(1));
        Stamp { at, now: self.now, by: self.staff[self.by], desk, ids: ids(self.dealt) }
    }

    fn go(&mut self, command: &Command, back: i64) -> Result<Vec<Entry>, Refusal> {
        self.dealt += 2;
        let stamped = self.stamp(back);
        let drafts = decide(&self.register, self.day, command, &stamped)?;
        let hand = Hand { by: By::Staff(stamped.by), desk: stamped.desk, now: stamped.now, source: Source::Desk };
        let entries = stamp(drafts, &hand, ids(self.dealt + 1));
        entries.iter().for_each(|e| self.register.fold(e));
        Ok(entries)
    }

    #[track_caller]
    fn ok(&mut self, command: &Command) {
        let result = self.go(command, 0);
        assert!(result.is_ok(), "{:?}: {command:?}", result.err());
    }

    #[track_caller]
    fn may(&mut self, permission: Permission) {
        self.now += Duration::minutes(1);
        self.ok(&Command::May(permission));
    }

    /// Refused; nothing is written.
    fn not(&mut self, permission: Permission) -> Option<Refusal> {
        self.now += Duration::minutes(1);
        self.go(&Command::May(permission), 0).err()
    }

    #[track_caller]
    fn comes(&mut self, n: usize, people: &[u128], door: &str, place: &str) {
        self.now += Duration::minutes(20);
        let permission = self.let_in(n, people, door, place);
        self.may(permission);
    }

    fn let_in(&self, n: usize, people: &[u128], door: &str, place: &str) -> Permission {
        Permission::LetIn { session: self.id(n), people: all(people), door: c(door), place: c(place), carer: None }
    }

    fn goes_to(&self, n: usize, people: &[u128], place: &str) -> Permission {
        Permission::Move { session: self.id(n), people: all(people), place: c(place) }
    }

    fn give(&self, n: usize, child: u128, worker: usize) -> Permission {
        let carer = Carer::Worker(self.staff[worker]);
        Permission::Give { session: self.id(n), children: all(&[child]), carer }
    }

    fn walk(&self, n: usize, children: &[u128], walker: usize, place: &str, into: Carer) -> Permission {
        let (session, walker) = (self.id(n), self.staff[walker]);
        Permission::Walk { session, children: all(children), walker, place: c(place), into }
    }

    fn to_the_room(&self, n: usize, child: u128, worker: usize, place: &str) -> Permission {
        self.walk(n, &[child], worker, place, Carer::Worker(self.staff[worker]))
    }

    fn take_out(&self, n: usize, child: u128, adult: u128) -> Permission {
        let journey = Journey { until: Some(self.now + Duration::minutes(60)), ..Journey::default() };
        Permission::TakeOut { session: self.id(n), children: all(&[child]), adult: p(adult), journey, door: c("side") }
    }

    fn papers(&mut self, n: usize) {
        let session = Some(self.id(n));
        self.ok(&Command::Note(NoteAct::Leave { session, kind: c("PAPERS"), words: Text::default() }));
    }

    fn in_the_way(&self, permission: &Permission) -> Vec<Refusal> {
        in_the_way(&self.register, self.day, permission, &self.stamp(0))
    }

    /// One-to-one: the supervisor has the child in the room, with the side that visits.
    #[track_caller]
    fn in_contact(&mut self, n: usize, base: u128, room: &str) {
        self.comes(n, &[base, base + 1], "front", "waiting");
        self.comes(n, &[base + 2], "side", "small");
        for permission in
            [self.goes_to(n, &[base + 2], room), self.give(n, base, SUP), self.to_the_room(n, base, SUP, room)]
        {
            self.may(permission);
        }
        assert!(self.session(n).is_together());
    }
}

fn case(n: usize) -> CaseId {
    CaseId(Uuid::from_u128(0x500 + n as u128))
}

fn on_file(n: usize, family: Family, staff: &[StaffId]) -> Vec<CaseEvent> {
    let case = case(n);
    let from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let mut events = vec![CaseEvent::CaseOpened(CaseHead {
        case,
        code: Text::name("F"),
        kind: family.kind,
        referral: Referral::Court,
        opened: from,
        closed: None,
        plan: None,
        supervisor: family.supervisor.map(|s| staff[s]),
        offsite: family.offsite,
    })];
    for (id, side) in family.people {
        let member = Member {
            person: p(id),
            side,
            standing: Standing::Party,
            given: Text::name(&format!("G{id}")),
            family: Text::name(&format!("F{id}")),
            known_as: None,
            born: None,
            relation: Text::default(),
            phone: Some(Text::name(&format!("07700 900{id:03}"))),
            collects: side == Side::Resident,
            origin: Origin::ReferralForm,
            dated: from,
        };
        events.push(CaseEvent::MemberListed { case, member: Box::new(member) });
    }
    let given = |i| CaseEvent::InstructionGiven { case, instruction: Box::new(i) };
    events.extend(family.instructions.into_iter().map(given));
    let pattern = Pattern {
        id: PatternId(Uuid::from_u128(0x700 + n as u128)),
        weekday: Weekday::Sat,
        start: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        end: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
        room: c(if n == 0 { "oak" } else { "elm" }),
        every_weeks: 1,
        from,
        to: None,
        legs: None,
    };
    events.push(CaseEvent::PatternSet { case, pattern });
    events
}

#[test]
fn a_time_set_back_passes_no_gate_that_is_shut_by_now() {
    let mut small =
        Small::new(vec![Family { offsite: Some(Offsite::Order), ..family(ContactKind::Supported, 0) }], &[]);
    small.comes(0, &[0, 1], "front", "waiting");
    small.comes(0, &[2], "side", "oak");
    small.now += Duration::minutes(10);
    small.papers(0);
    small.now += Duration::minutes(1);
    let walk = small.walk(0, &[0], V, "oak", Carer::Adult(p(2)));
    for back in [0, 5] {
        let refused = small.go(&Command::May(walk.clone()), back).err();
        assert!(matches!(refused, Some(Refusal::Gate(Gate::Papers(_)))), "{back}: {refused:?}");
        let refused = small.go(&Command::May(small.take_out(0, 0, 2)), back).err();
        assert!(matches!(refused, Some(Refusal::Gate(Gate::Papers(_)))), "{back}: {refused:?}");
    }
    let into = Carer::Adult(p(2));
    let (session, children, walker) = (small.id(0), all(&[0]), small.staff[V]);
    let fact = Fact::Walked { session, children, walker, place: c("oak"), into };
    assert!(small.go(&Command::Happened(fact), 5).is_ok(), "what has happened is written");
}

#[test]
fn nobody_is_let_in_by_a_time_before_the_suspension() {
    let mut small = Small::new(vec![family(ContactKind::Supported, 0)], &[]);
    small.by = RUTH;
    let suspended = Box::new(instruction(0x901, Flag::Suspended, Effect::Block));
    small.ok(&Command::File(FileAct::Instruct { case: case(0), instruction: suspended }));
    small.now += Duration::minutes(1);
    let let_in = Command::May(small.let_in(0, &[0, 1], "front", "waiting"));
    assert_eq!(small.go(&let_in, 5).err(), Some(Refusal::Gate(Gate::Suspended)));
}

#[test]
fn their_own_adult_takes_no_child_to_the_other_side_one_to_one() {
    let mut small = Small::new(vec![one_to_one(0)], &[]);
    small.comes(0, &[0, 1], "front", "waiting");
    small.comes(0, &[2], "side", "small");
    assert_eq!(small.not(small.goes_to(0, &[2], "waiting")), Some(Refusal::NeverAlone(p(1))));
    small.may(small.goes_to(0, &[2], "oak"));
    assert_eq!(small.not(small.goes_to(0, &[1, 0], "oak")), Some(Refusal::NeverAlone(p(1))));
    let (session, into) = (small.id(0), Carer::Adult(p(1)));
    small.may(small.goes_to(0, &[2], "small"));
    small.may(small.goes_to(0, &[1, 0], "oak"));
    assert_eq!(small.not(small.goes_to(0, &[2], "oak")), Some(Refusal::NeverAlone(p(1))));
    small.may(small.give(0, 0, SUP));
    small.may(small.goes_to(0, &[2], "oak"));
    assert!(small.session(0).is_together());
    let back = Permission::Give { session, children: all(&[0]), carer: into };
    assert_eq!(small.not(back), Some(Refusal::NeverAlone(p(1))));
}

#[test]
fn a_worker_is_in_one_room() {
    let mut small = Small::new(vec![one_to_one(0), one_to_one(10)], &[]);
    let sup = small.staff[SUP];
    small.in_contact(0, 0, "oak");
    small.comes(1, &[10, 11], "front", "waiting");
    small.comes(1, &[12], "side", "elm");
    let busy = Some(Refusal::WorkerHasChild(sup));
    assert_eq!(small.not(small.give(1, 10, SUP)), busy, "given");
    assert_eq!(small.not(small.to_the_room(1, 10, SUP, "elm")), busy, "walked");
    let alone = small.walk(1, &[10], SUP, "small", Carer::Worker(small.staff[V]));
    assert_eq!(small.not(alone), busy, "walks another's child, and leaves hers");
    small.may(small.give(1, 10, OTHER));
}

#[test]
fn a_worker_who_has_a_child_is_not_named_over_another() {
    let mut small = Small::new(vec![one_to_one(0), family(ContactKind::Supported, 10)], &[]);
    small.in_contact(0, 0, "oak");
    small.comes(1, &[10, 11], "front", "waiting");
    small.may(small.give(1, 10, V));
    let (session, staff) = (small.id(0), small.staff[V]);
    let named = small.go(&Command::Write(Record::Supervisor { session, staff }), 0).err();
    assert_eq!(named, Some(Refusal::WorkerHasChild(staff)));
    let staff = small.staff[OTHER];
    small.ok(&Command::Write(Record::Supervisor { session, staff }));
}

#[test]
fn who_takes_a_child_out_leaves_none_of_another_family() {
    let mut other = family(ContactKind::Supported, 10);
    other.people[2].0 = 2;
    let mine = Family { offsite: Some(Offsite::Order), ..family(ContactKind::Supported, 0) };
    let mut small = Small::new(vec![mine, other], &[]);
    small.comes(0, &[0, 1], "front", "waiting");
    small.comes(1, &[10, 11], "front", "waiting");
    small.comes(0, &[2], "side", "oak");
    small.comes(1, &[2], "side", "oak");
    small.may(small.walk(0, &[0], V, "oak", Carer::Adult(p(2))));
    small.may(small.walk(1, &[10], V, "oak", Carer::Adult(p(2))));
    assert_eq!(small.not(small.take_out(0, 0, 2)), Some(Refusal::HasChild(p(2))));
    small.may(small.give(1, 10, V));
    small.may(small.take_out(0, 0, 2));
}

#[test]
fn a_child_who_is_kept_from_the_other_side_is_not_in_contact() {
    let mut small = Small::new(vec![one_to_one(0)], &[]);
    small.in_contact(0, 0, "oak");
    let (session, with) = (small.id(0), small.staff[V]);
    small.now += Duration::minutes(10);
    small.ok(&Command::Write(Record::Keep { session, children: all(&[0]), with }));
    let counted = small.session(0).contact_minutes(small.now);
    small.now += Duration::minutes(30);
    assert_eq!(small.session(0).contact_minutes(small.now), counted, "no minutes of contact");
    assert!(breaches(small.day()).is_empty(), "kept from them: safe");
    small.may(small.goes_to(0, &[0], "waiting"));
    assert_eq!(small.not(small.goes_to(0, &[2], "waiting")), Some(Refusal::NotSupervisor(with)));
}

#[test]
fn nobody_follows_the_children_in_a_pause() {
    let mut small = Small::new(vec![one_to_one(0)], &[]);
    small.in_contact(0, 0, "oak");
    let (session, place) = (small.id(0), Some(c("elm")));
    small.now += Duration::minutes(1);
    small.ok(&Command::Write(Record::Pause { session, why: c("P-UPS"), place }));
    assert_eq!(small.not(small.goes_to(0, &[2], "elm")), Some(Refusal::Paused));
    small.may(Permission::Resume { session });
    assert!(small.session(0).is_together());
}

#[test]
fn life_story_work_is_with_its_worker() {
    let life_story = Family { supervisor: Some(SUP), ..family(ContactKind::LifeStory, 0) };
    let mut small = Small::new(vec![life_story], &[]);
    small.comes(0, &[0, 1], "front", "waiting");
    let refused = Some(Refusal::NotSupervisor(small.staff[V]));
    assert_eq!(small.not(small.to_the_room(0, 0, V, "oak")), refused);
    let (session, carer) = (small.id(0), Carer::Worker(small.staff[V]));
    small.may(small.goes_to(0, &[1, 0], "oak"));
    assert_eq!(small.not(Permission::Give { session, children: all(&[0]), carer }), refused);
    small.may(small.give(0, 0, SUP));
    assert!(small.session(0).is_together());
}

#[test]
fn what_was_not_shown_is_not_allowed() {
    let suspended = vec![instruction(0x900, Flag::Suspended, Effect::Block)];
    let mut small = Small::new(vec![Family { instructions: suspended, ..family(ContactKind::Supported, 0) }], &[]);
    small.papers(0);
    let by = small.staff[RUTH];
    let allow = |permission| Command::Allowed(Allowance { permission, by, how: How::Said, why: c("A-SAW") });
    small.by = V;
    small.ok(&allow(small.let_in(0, &[0, 1], "front", "waiting")));
    small.now += Duration::minutes(30);
    small.ok(&allow(small.let_in(0, &[2], "side", "oak")));
    small.now += Duration::minutes(1);
    let stands = small.in_the_way(&small.walk(0, &[0], V, "oak", Carer::Adult(p(2))));
    assert!(
        matches!(stands.as_slice(), [Refusal::Gate(Gate::Suspended), Refusal::Gate(Gate::Papers(_))]),
        "{stands:?}"
    );
}

#[test]
fn every_pair_that_stands_in_the_way_is_shown() {
    let mut small =
        Small::new(vec![family(ContactKind::Supported, 0), family(ContactKind::Supported, 10)], &[(1, 2), (0, 12)]);
    small.comes(0, &[2], "side", "waiting");
    small.comes(1, &[12], "front", "hall");
    small.now += Duration::minutes(2);
    let stands = small.in_the_way(&small.let_in(0, &[0, 1], "front", "waiting"));
    let clashes = stands.iter().filter(|r| matches!(r, Refusal::Clash(_))).count();
    assert_eq!((clashes, stands.len()), (2, 2), "{stands:?}");
}

#[test]
fn a_call_keeps_apart_too() {
    let mut small = Small::new(vec![family(ContactKind::Video, 0)], &[(1, 2)]);
    let (session, person) = (small.id(0), p(2));
    let clash = Some(Refusal::Clash(Clash::Place(c("oak"))));
    small.comes(0, &[0, 1], "front", "waiting");
    small.may(small.goes_to(0, &[1, 0], "oak"));
    assert_eq!(small.not(Permission::Connect { session, person }), clash, "she is in the room of the call");
    small.may(small.goes_to(0, &[1, 0], "waiting"));
    small.may(Permission::Connect { session, person });
    assert_eq!(small.not(small.goes_to(0, &[1, 0], "oak")), clash, "he is on line");
    let stamp = small.stamp(0);
    let (door, place) = small.day().usual_way(small.session(0), Party::Brings);
    let ticked = all(&[0, 1]);
    let step = doorbook::domain::next::next_step(
        &small.register,
        small.day,
        session,
        Party::Brings,
        &ticked,
        (&door, &place),
        &stamp,
    );
    let asks = doorbook::domain::next::Question::WhoMeets { children: all(&[0]), supervisor: None };
    assert_eq!(step, doorbook::domain::next::Step::Ask(asks));
    small.may(small.give(0, 0, V));
    small.may(small.goes_to(0, &[0], "oak"));
    assert!(small.session(0).is_together());
}

#[test]
fn a_file_changed_under_a_signed_day_holds_when_it_is_reopened() {
    let mut small = Small::new(vec![family(ContactKind::Supported, 0)], &[]);
    for person in [0, 1, 2] {
        let (session, why) = (small.id(0), c("N-ILL"));
        let people = all(&[person]);
        let why = small.day().policy.reasons.first().map_or(why, |r| r.code.clone());
        small.ok(&Command::Write(Record::NotComing { session, people, why, told: None }));
    }
    let team = small.day().heads().team;
    small.ok(&Command::Day(DayAct::Count(Counted { children: 0, adults: 0, team, others: 0 })));
    while let Some(question) = close::questions(small.day(), small.now).into_iter().next() {
        let mut answers = question.answers.iter().filter_map(|a| a.command.clone());
        assert!(answers.any(|answer| small.go(&answer, 0).is_ok()), "{:?}", question.about);
    }
    small.ok(&Command::Day(DayAct::Sign));
    let suspended = Box::new(instruction(0x901, Flag::Suspended, Effect::Block));
    small.ok(&Command::File(FileAct::Instruct { case: case(0), instruction: suspended }));
    small.ok(&Command::File(FileAct::KeepApart { case: case(0), one: p(1), other: p(2), why: None }));
    assert!(small.session(0).is_suspended());
    assert_eq!(small.day().apart_from(p(1)), all(&[2]));
}

#[test]
fn who_fetches_one_child_leaves_no_other_alone() {
    let mut two = family(ContactKind::Supported, 0);
    two.people.push((3, Side::Child));
    let mut small = Small::new(vec![two], &[]);
    small.comes(0, &[0, 3, 1], "front", "waiting");
    let (session, basis, door) = (small.id(0), Basis::Listed(p(1)), c("front"));
    let hand_over =
        |children| Permission::HandOver { session, children, basis: basis.clone(), walker: None, door: door.clone() };
    assert_eq!(small.not(hand_over(all(&[0]))), Some(Refusal::HasChild(p(1))));
    small.may(small.give(0, 3, V));
    small.may(hand_over(all(&[0])));
}

#[test]
fn nobody_comes_to_a_session_that_the_centre_cancelled() {
    let mut small = Small::new(vec![family(ContactKind::Supported, 0)], &[]);
    let session = small.id(0);
    small.ok(&Command::May(Permission::Cancel { session, why: c("X-SAF") }));
    let let_in = small.let_in(0, &[0, 1], "front", "waiting");
    assert_eq!(small.not(let_in.clone()), Some(Refusal::Gate(Gate::Cancelled)));
    assert_eq!(small.in_the_way(&let_in), [Refusal::Gate(Gate::Cancelled)], "somebody may allow it");
}

#[test]
fn a_place_is_one_of_the_centre_and_not_outside_it() {
    let mut small = Small::new(vec![family(ContactKind::Supported, 0)], &[]);
    small.comes(0, &[0, 1], "front", "waiting");
    small.comes(0, &[2], "side", "oak");
    small.may(small.walk(0, &[0], V, "oak", Carer::Adult(p(2))));
    assert_eq!(small.not(small.goes_to(0, &[2], "carpark")), Some(Refusal::Offsite));
    assert_eq!(small.not(small.goes_to(0, &[2], "xyzzy")), Some(Refusal::Unknown));
    let small = &mut Small::new(vec![family(ContactKind::Supported, 0)], &[]);
    for (door, place) in [("front", "xyzzy"), ("xyzzy", "waiting")] {
        assert_eq!(small.not(small.let_in(0, &[0, 1], door, place)), Some(Refusal::Unknown));
    }
}

#[test]
fn two_who_must_not_meet_are_not_one_person() {
    let mut small = Small::new(vec![family(ContactKind::Supported, 0), family(ContactKind::Supported, 10)], &[(2, 12)]);
    let merge = Command::File(FileAct::Merge { gone: p(2), into: p(12) });
    assert_eq!(small.go(&merge, 0).err(), Some(Refusal::KeptApart));
    assert!(small.register.pairs.is_open(p(2), p(12)));
}
