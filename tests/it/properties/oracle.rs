//! What the rules of the house say of a day, read from its plain entries alone: written from design.md and domain.md,
//! with nothing from `domain::day` or `domain::decide` in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use doorbook::domain::case::{Instruction, Member, Standing};
use doorbook::domain::codes::{ContactKind, Effect, Flag, Moment, Party, Role, Rule, Side};
use doorbook::domain::event::{
    Basis, Carer, CentreEvent, DayEvent, DoorEvent, Entry, Event, Expected, Leaving, OutFor,
};
use doorbook::domain::ids::{EntryId, PersonId, SessionId, StaffId};
use doorbook::domain::policy::{Code, Policy};

use super::naive::{Sheet, corrected};

/// One thing that no permission may bring about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// 1: a child is here without exactly one responsible adult who is here too.
    Care(PersonId),
    /// 1: a child was walked by somebody who was not on shift.
    Walker(EntryId),
    /// 2: two people who must not meet were in one place: by these two movements.
    Place(EntryId, EntryId),
    /// 2: they used one entrance within the minutes set.
    Entrance(EntryId, EntryId),
    /// 3: a child left without a listed collector, a checked one, or an agency.
    Collector(EntryId),
    /// 4: the visiting side was let go while a child was in, or before the hold had run.
    Hold(EntryId),
    /// 1: a worker who is out with one child has, or walks, another.
    Escort(SessionId, PersonId),
    /// Contact began, or people came in, where the session may not begin.
    Gate(SessionId),
    /// 4: in a handover somebody came while the other side was here, or before the minutes had passed.
    Gap(SessionId, PersonId),
    /// 3: a child went out where nothing lets them.
    Offsite(SessionId, PersonId),
    /// 1: in one-to-one contact somebody else than the supervisor had the child with the side that visits.
    Supervisor(SessionId, PersonId),
    /// 4: the side that brings was let go too soon after the visiting side, which had left first.
    Return(EntryId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    In(Code),
    Out,
    Left,
}

#[derive(Debug, Clone)]
pub struct Step<'a> {
    pub at: Moment,
    pub seq: usize,
    pub entry: &'a Entry,
    pub door: Option<&'a Code>,
    pub to: To,
}

type Line<'a> = (Moment, usize, &'a Entry, &'a Event);

pub struct Oracle<'a> {
    pub plans: BTreeMap<SessionId, &'a Expected>,
    policy: &'a Policy,
    entries: &'a [Entry],
    /// What counts, in order of time and then of writing.
    lines: Vec<Line<'a>>,
    roles: BTreeMap<StaffId, Role>,
    steps: BTreeMap<PersonId, Vec<Step<'a>>>,
    /// The same as each session sees it: who goes, goes from wherever a session has them here or out.
    rows: BTreeMap<(SessionId, PersonId), Vec<Step<'a>>>,
}

impl<'a> Oracle<'a> {
    pub fn new(entries: &'a [Entry], policy: &'a Policy) -> Self {
        let (undone, times) = corrected(entries);
        let mut lines: Vec<Line<'a>> = entries
            .iter()
            .enumerate()
            .filter(|(_, e)| !undone.contains(&e.act))
            .filter_map(|(seq, e)| {
                let at = times.get(&e.id).copied().unwrap_or(e.occurred_at);
                e.event.open().map(|event| (at, seq, e, event))
            })
            .collect();
        lines.sort_by_key(|(at, seq, ..)| (*at, *seq));
        let mut plans = BTreeMap::new();
        let mut roles = BTreeMap::new();
        for (_, _, _, event) in &lines {
            match event {
                Event::Day(DayEvent::SessionExpected(plan)) => {
                    plans.insert(plan.session, &**plan);
                }
                Event::Centre(CentreEvent::StaffListed(card)) => {
                    roles.insert(card.staff, card.role);
                }
                _ => {}
            }
        }
        let mut oracle = Self { plans, policy, entries, lines, roles, steps: BTreeMap::new(), rows: BTreeMap::new() };
        for (at, seq, entry, event) in &oracle.lines {
            let Event::Door(event) = event else { continue };
            if let Some((person, door, to)) = step(event) {
                // Who was out already passes no door by not coming back.
                let was_out = oracle.steps.get(&person).and_then(|s| s.last()).is_some_and(|s| s.to == To::Out);
                let door = door.filter(|_| !(was_out && to == To::Left));
                let step = Step { at: *at, seq: *seq, entry, door, to };
                let is_open = |steps: &Vec<Step<'_>>| steps.last().is_some_and(|s| s.to != To::Left);
                let open = oracle.rows.iter().filter(|((_, p), steps)| *p == person && is_open(steps));
                let mut sessions: BTreeSet<SessionId> = open.map(|((session, _), _)| *session).collect();
                sessions.insert(event.session());
                for session in sessions {
                    oracle.rows.entry((session, person)).or_default().push(step.clone());
                }
                oracle.steps.entry(person).or_default().push(step);
            }
        }
        oracle
    }

    fn door_events(&self) -> impl Iterator<Item = (Moment, usize, &'a Entry, &'a DoorEvent)> + '_ {
        self.lines.iter().filter_map(|(at, seq, entry, event)| match event {
            Event::Door(event) => Some((*at, *seq, *entry, event)),
            _ => None,
        })
    }

    pub fn steps_of(&self, person: PersonId) -> &[Step<'a>] {
        self.steps.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Where a session had somebody at a time, after everything written before that is of the same time.
    fn whereabouts(&self, session: SessionId, person: PersonId, at: Moment, seq: usize) -> Option<&To> {
        self.row(session, person).iter().rev().find(|s| (s.at, s.seq) <= (at, seq)).map(|s| &s.to)
    }

    fn row(&self, session: SessionId, person: PersonId) -> &[Step<'a>] {
        self.rows.get(&(session, person)).map_or(&[], Vec::as_slice)
    }

    pub fn now(&self, person: PersonId) -> Option<&To> {
        self.steps_of(person).last().map(|s| &s.to)
    }

    pub fn is_in(&self, person: PersonId) -> bool {
        matches!(self.now(person), Some(To::In(_)))
    }

    pub fn last_time(&self, person: PersonId) -> Option<Moment> {
        self.steps_of(person).last().map(|s| s.at)
    }

    pub fn member(&self, session: SessionId, person: PersonId) -> Option<&'a Member> {
        self.plans.get(&session)?.people.iter().find(|m| m.person == person)
    }

    /// On shift by everything written so far.
    pub fn on_shift(&self, staff: StaffId) -> bool {
        let on = self.lines.iter().rev().find_map(|(.., event)| match event {
            Event::Day(DayEvent::StaffCame { staff: s, .. }) if *s == staff => Some(true),
            Event::Day(DayEvent::StaffWent { staff: s }) if *s == staff => Some(false),
            _ => None,
        });
        on == Some(true)
    }

    /// On shift at that time, by what is known of it; of what was not set back, at that point of the writing will do,
    /// since the clock may have gone back.
    fn was_on_shift(&self, staff: StaffId, at: Moment, entry: &Entry, seq: usize) -> bool {
        let last = |keep: &dyn Fn(Moment, usize) -> bool| {
            self.lines.iter().rev().filter(|(t, s, ..)| keep(*t, *s)).find_map(|(.., event)| match event {
                Event::Day(DayEvent::StaffCame { staff: s, .. }) if *s == staff => Some(true),
                Event::Day(DayEvent::StaffWent { staff: s }) if *s == staff => Some(false),
                _ => None,
            }) == Some(true)
        };
        let set_back = entry.occurred_at == at && entry.recorded_at > at;
        last(&|t, _| t <= at) || (!set_back && last(&|_, s| s < seq))
    }

    /// Everything that is wrong with the day.
    pub fn wrongs(&self) -> BTreeSet<Wrong> {
        let mut found = BTreeSet::new();
        self.care(&mut found);
        self.apart(&mut found);
        super::course::wrongs(self.entries, self.policy, &mut found);
        for (at, seq, entry, event) in self.door_events() {
            match event {
                DoorEvent::Walked { walker, .. } if !self.was_on_shift(*walker, at, entry, seq) => {
                    found.insert(Wrong::Walker(entry.id));
                }
                DoorEvent::ChildLeft { session, basis, leaving: Leaving::LetGo, .. } => {
                    if !self.checked(*session, basis, entry) {
                        found.insert(Wrong::Collector(entry.id));
                    }
                    // Police, ambulance and the duty team are never held up.
                    let agency = matches!(basis, Basis::Agency { .. });
                    if !agency && self.too_soon_after_the_other(*session, at, seq) {
                        found.insert(Wrong::Return(entry.id));
                    }
                }
                DoorEvent::AdultLeft { session, person, leaving: Leaving::LetGo, .. } => {
                    match self.member(*session, *person).map(Member::party) {
                        Some(Party::Visits) if self.sessions_of(*person).any(|s| self.held(s, at, seq)) => {
                            found.insert(Wrong::Hold(entry.id));
                        }
                        Some(Party::Brings) if self.too_soon_after_the_other(*session, at, seq) => {
                            found.insert(Wrong::Return(entry.id));
                        }
                        _ => {}
                    }
                }
                DoorEvent::WentOut { session, out: OutFor::Reachable, .. }
                    if self.too_soon_after_the_other(*session, at, seq) =>
                {
                    found.insert(Wrong::Return(entry.id));
                }
                _ => {}
            }
        }
        found
    }

    /// The sessions that somebody visits.
    fn sessions_of(&self, person: PersonId) -> impl Iterator<Item = SessionId> + '_ {
        let visits =
            move |plan: &&&Expected| plan.people.iter().any(|m| m.person == person && m.party() == Party::Visits);
        self.plans.values().filter(visits).map(|plan| plan.session)
    }

    // ---- 1

    pub fn children(&self) -> BTreeSet<PersonId> {
        let all = self.plans.values().flat_map(|p| &p.people);
        all.filter(|m| m.side == Side::Child).map(|m| m.person).collect()
    }

    fn care(&self, found: &mut BTreeSet<Wrong>) {
        let sheet = Sheet::of(self.entries);
        for child in self.children() {
            let good = match (self.now(child), sheet.has(child)) {
                (Some(To::In(_)), Some(Carer::Adult(adult))) => self.is_in(adult) && self.may_have(child, adult),
                (Some(To::Out), Some(Carer::Adult(adult))) => {
                    self.now(adult) == Some(&To::Out) && self.may_have(child, adult)
                }
                (Some(To::In(_) | To::Out), Some(Carer::Worker(staff))) => self.on_shift(staff),
                (Some(To::In(_) | To::Out), None) => false,
                _ => true,
            };
            if !good {
                found.insert(Wrong::Care(child));
            }
        }
    }

    /// An adult of one of the child's cases: a party, or a listed collector of the side that brings.
    fn may_have(&self, child: PersonId, adult: PersonId) -> bool {
        self.plans.values().filter(|p| p.people.iter().any(|m| m.person == child)).any(|plan| {
            plan.people.iter().filter(|m| m.person == adult).any(|m| {
                let own = m.standing == Standing::Party || (m.side == Side::Resident && m.collects);
                m.side != Side::Child && m.standing != Standing::NotPermitted && own
            })
        })
    }

    // ---- 2

    /// Pairs who must not meet, by any file of the day.
    pub fn pairs(&self) -> BTreeSet<(PersonId, PersonId)> {
        let mut pairs = BTreeSet::new();
        let mut add = |a: PersonId, b: PersonId| {
            if a != b {
                pairs.insert((a.min(b), a.max(b)));
            }
        };
        for plan in self.plans.values() {
            let (apart, instructions) = self.today(plan);
            apart.iter().for_each(|(a, b)| add(*a, *b));
            let flagged = |i: &Instruction| i.flag == Flag::DoNotMeet && i.effect == Effect::Block;
            if instructions.iter().any(flagged) {
                let adults = |party| plan.people.iter().filter(move |m| m.side != Side::Child && m.party() == party);
                for one in adults(Party::Brings) {
                    adults(Party::Visits).for_each(|other| add(one.person, other.person));
                }
            }
        }
        pairs
    }

    /// The frozen file of a session, and what changed on it today.
    fn today(&self, plan: &Expected) -> (Vec<(PersonId, PersonId)>, Vec<Instruction>) {
        let (mut pairs, mut instructions) = (plan.apart.clone(), plan.instructions.clone());
        for (.., event) in self.door_events() {
            match event {
                DoorEvent::ApartSet { session, one, other, apart } if *session == plan.session => {
                    pairs.retain(|(a, b)| (a.min(b), a.max(b)) != (one.min(other), one.max(other)));
                    pairs.extend(apart.then_some((*one, *other)));
                }
                DoorEvent::InstructionSet { session, instruction } if *session == plan.session => {
                    instructions.retain(|i| i.id != instruction.id);
                    instructions.push((**instruction).clone());
                }
                DoorEvent::InstructionLifted { session, instruction } if *session == plan.session => {
                    instructions.retain(|i| i.id != *instruction);
                }
                _ => {}
            }
        }
        (pairs, instructions)
    }

    fn apart(&self, found: &mut BTreeSet<Wrong>) {
        for (a, b) in self.pairs() {
            let (mine, theirs) = (self.steps_of(a), self.steps_of(b));
            for (n, one) in mine.iter().enumerate() {
                for (m, other) in theirs.iter().enumerate() {
                    let (one_ends, other_ends) = (mine.get(n + 1).map(|s| s.at), theirs.get(m + 1).map(|s| s.at));
                    if self.nobody_anew(mine, n, other) || self.nobody_anew(theirs, m, one) {
                        continue;
                    }
                    if self.in_one_place(one, one_ends, other, other_ends)
                        || self.passes_by(one, other, other_ends)
                        || self.passes_by(other, one, one_ends)
                    {
                        found.insert(Wrong::Place(one.entry.id, other.entry.id));
                    }
                    if self.at_one_door(one, other) {
                        found.insert(Wrong::Entrance(one.entry.id, other.entry.id));
                    }
                }
            }
        }
    }

    /// Goes out again who was let in although the other had passed, or was there: that was allowed then.
    fn nobody_anew(&self, steps: &[Step], n: usize, other: &Step) -> bool {
        let is_in = |s: &&Step| s.door.is_some() && matches!(s.to, To::In(_));
        let goes = !matches!(steps[n].to, To::In(_));
        let came = steps[..n].iter().rev().find(is_in).filter(|_| goes);
        came.is_some_and(|came| {
            let allowed = self.door_events().any(|(_, _, entry, event)| {
                let past = matches!(event, DoorEvent::Allowed { rules, .. } if rules.contains(&Rule::KeepApart));
                entry.act == came.entry.act && past
            });
            let together = [came.entry.act, steps[n].entry.act].contains(&other.entry.act);
            allowed && (together || other.at <= came.at)
        })
    }

    fn in_one_place(&self, one: &Step, one_ends: Option<Moment>, other: &Step, other_ends: Option<Moment>) -> bool {
        let (To::In(here), To::In(there)) = (&one.to, &other.to) else { return false };
        here == there && one_ends.is_none_or(|e| other.at < e) && other_ends.is_none_or(|e| one.at < e)
    }

    /// Somebody goes through the door of the place that the other is in.
    fn passes_by(&self, passes: &Step, stays: &Step, ends: Option<Moment>) -> bool {
        let (Some(door), To::In(place)) = (passes.door, &stays.to) else { return false };
        let through = self.policy.doors.iter().find(|d| d.code == *door).map(|d| &d.leads_to);
        through == Some(place) && stays.at <= passes.at && ends.is_none_or(|e| passes.at < e)
    }

    fn at_one_door(&self, one: &Step, other: &Step) -> bool {
        let apart = Duration::minutes(i64::from(self.policy.apart_min));
        one.door.is_some() && one.door == other.door && (one.at - other.at).abs() < apart
    }

    // ---- 3

    fn checked(&self, session: SessionId, basis: &Basis, entry: &Entry) -> bool {
        let Some(plan) = self.plans.get(&session) else { return false };
        match basis {
            Basis::Listed(person) => plan.people.iter().any(|m| {
                m.person == *person && m.collects && m.side != Side::Child && m.standing != Standing::NotPermitted
            }),
            Basis::Verified { name, coordinator, number } => {
                let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
                let rung = digits(number.as_str());
                let on_file = plan.people.iter().filter_map(|m| m.phone.as_ref()).any(|p| digits(p.as_str()) == rung);
                !name.is_empty()
                    && !rung.is_empty()
                    && on_file
                    && self.roles.get(coordinator) == Some(&Role::Coordinator)
                    && entry.by == doorbook::domain::event::By::Staff(*coordinator)
            }
            Basis::Agency { agency, name, number, decided } => {
                [agency, name, number, decided].iter().all(|t| !t.is_empty())
            }
            Basis::Handover(person) => {
                plan.offsite.is_some() && plan.people.iter().any(|m| m.person == *person && m.side == Side::Visiting)
            }
            Basis::TakenWithoutUs { .. } | Basis::Home { .. } => false,
        }
    }

    // ---- 4

    /// Must the visiting side stay at that moment?
    fn held(&self, session: SessionId, at: Moment, seq: usize) -> bool {
        let Some(plan) = self.plans.get(&session) else { return false };
        if !keeps_a_hold(plan) {
            return false;
        }
        let children: Vec<PersonId> = plan.people.iter().filter(|m| m.side == Side::Child).map(|m| m.person).collect();
        let here = |c: &&PersonId| matches!(self.whereabouts(session, **c, at, seq), Some(To::In(_) | To::Out));
        if children.iter().any(|c| here(&c)) {
            let first = self.door_events().any(|(t, _, _, event)| {
                let by_them =
                    matches!(event, DoorEvent::EndedEarly { session: of, party: Some(Party::Visits), .. } if *of == session);
                by_them && t <= at
            });
            return !first || children.iter().any(|c| self.with_visiting(plan, *c, at, seq));
        }
        let left = children.iter().filter_map(|c| {
            self.row(session, *c).iter().rev().find(|s| (s.at, s.seq) <= (at, seq)).filter(|s| s.to == To::Left)
        });
        let hold = Duration::minutes(i64::from(plan.plan.hold_min));
        left.map(|s| s.at).max().is_some_and(|left| at < left + hold)
    }

    /// In contact by this session at that moment.
    fn with_visiting(&self, plan: &Expected, child: PersonId, at: Moment, seq: usize) -> bool {
        let lines: Vec<(Moment, &Event)> = self.lines.iter().map(|(at, _, _, event)| (*at, *event)).collect();
        let upto = self.lines.iter().take_while(|(t, s, ..)| (*t, *s) <= (at, seq)).count();
        let mut sheet = Sheet::expected(&lines);
        lines[..upto].iter().for_each(|(at, event)| sheet.line(*at, event));
        sheet.is_contact(plan, child)
    }

    /// The visiting side had to leave first, with children in: their side stays for a while.
    fn too_soon_after_the_other(&self, session: SessionId, at: Moment, seq: usize) -> bool {
        let Some(plan) = self.plans.get(&session) else { return false };
        if !keeps_a_hold(plan) {
            return false;
        }
        let stay = Duration::minutes(i64::from(self.policy.return_min));
        self.door_events().any(|(went, s, _, event)| {
            let DoorEvent::AdultLeft { session: of, person, leaving: Leaving::LetGo, .. } = event else { return false };
            let visits = *of == session && self.member(session, *person).is_some_and(|m| m.party() == Party::Visits);
            let still_gone = self.whereabouts(session, *person, at, seq) == Some(&To::Left);
            let child_in = plan
                .people
                .iter()
                .filter(|m| m.side == Side::Child)
                .any(|m| matches!(self.whereabouts(session, m.person, went, s), Some(To::In(_))));
            visits && still_gone && child_in && (went, s) < (at, seq) && at < went + stay
        })
    }
}

/// A handover keeps a gap instead, and where the side that visits is not at the door, it is not held there.
fn keeps_a_hold(plan: &Expected) -> bool {
    let elsewhere = matches!(
        plan.kind,
        ContactKind::Handover | ContactKind::Video | ContactKind::LifeStory | ContactKind::Indirect
    );
    !elsewhere && !plan.plan.may_meet && plan.plan.hold_min > 0
}

/// The movement that an event is, if it is one.
fn step(event: &DoorEvent) -> Option<(PersonId, Option<&Code>, To)> {
    Some(match event {
        DoorEvent::Arrived { person, door, place, .. } | DoorEvent::CameBack { person, door, place, .. } => {
            (*person, Some(door), To::In(place.clone()))
        }
        DoorEvent::Walked { child, place, .. } => (*child, None, To::In(place.clone())),
        DoorEvent::Moved { person, place, .. } => (*person, None, To::In(place.clone())),
        DoorEvent::WentOut { person, door, .. } => (*person, Some(door), To::Out),
        DoorEvent::ChildLeft { child, door, .. } => (*child, Some(door), To::Left),
        DoorEvent::AdultLeft { person, door, .. } => (*person, Some(door), To::Left),
        // By video nobody is anywhere in the building, nor goes anywhere.
        _ => return None,
    })
}
