//! A second model of the day, with a pencil: who is where, who has each child, who is out and until when, who is on the
//! fire roll, when contact was. Written from domain.md 2.2 to 2.7 and the invariants of design.md, and not from the
//! code. It reads the list of entries line by line and must say the same as the fold, after every command.
//!
//! One thousand days as a rule; `DOORBOOK_DAYS=100000 cargo test --test it naive` for a night, `DOORBOOK_SEED=17` for
//! the one day that a failure names.

use std::collections::{BTreeMap, BTreeSet};

use doorbook::domain::case::{Member, Standing};
use doorbook::domain::codes::{ContactKind, Moment, Side};
use doorbook::domain::day::{Day, Presence, Who};
use doorbook::domain::event::{Amendment, Carer, DayEvent, DoorEvent, Entry, Event, Expected, OutFor};
use doorbook::domain::ids::{ActId, EntryId, FileId, PersonId, SessionId, StaffId};
use doorbook::domain::policy::Code;

use super::conduct::{log, told};
use super::world::{Mix, World};
use crate::chance::Chance;

/// Where the pencil has somebody, as one session sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// Not yet; why, if it is known.
    NotYet,
    NotComing,
    NotAdmitted,
    In(Code),
    Out(OutFor),
    OnLine,
    Left,
}

/// One sheet of paper.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    plans: BTreeMap<SessionId, Expected>,
    rows: BTreeMap<(SessionId, PersonId), Whereabouts>,
    /// The one adult whose name stands beside a child.
    has: BTreeMap<PersonId, Carer>,
    shift: BTreeMap<StaffId, bool>,
    /// Who went along with which child.
    along: BTreeMap<PersonId, StaffId>,
    others: BTreeSet<FileId>,
    paused: BTreeSet<SessionId>,
    /// Who was named to supervise.
    named: BTreeMap<SessionId, BTreeSet<StaffId>>,
    /// One-to-one, kept from the other side in the room by another worker: no contact from then on.
    kept_from: BTreeSet<(SessionId, PersonId)>,
    /// When contact was.
    contact: BTreeMap<(SessionId, PersonId), Vec<Spell>>,
}

/// From when, and until when.
type Spell = (Moment, Option<Moment>);

/// What was taken back, and the times that were corrected.
pub fn corrected(entries: &[Entry]) -> (BTreeSet<ActId>, BTreeMap<EntryId, Moment>) {
    let mut undone: BTreeSet<ActId> = BTreeSet::new();
    let mut times: BTreeMap<EntryId, Moment> = BTreeMap::new();
    for entry in entries {
        match entry.event.open() {
            Some(Event::Amend(Amendment::Undone { act })) => {
                undone.insert(*act);
            }
            Some(Event::Amend(Amendment::TimeSet { entry, at })) => {
                times.insert(*entry, *at);
            }
            _ => {}
        }
    }
    (undone, times)
}

/// What stands, in the order in which it happened: without what was taken back, with the times as they were corrected.
pub fn lines(entries: &[Entry]) -> Vec<(Moment, &Event)> {
    let (undone, times) = corrected(entries);
    let stands = |e: &&Entry| !undone.contains(&e.act);
    let line = |e: &'_ Entry| times.get(&e.id).copied().unwrap_or(e.occurred_at);
    let mut all: Vec<(Moment, &Event)> =
        entries.iter().filter(stands).filter_map(|e| e.event.open().map(|event| (line(e), event))).collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

impl Sheet {
    /// Writes the whole day down.
    pub fn of(entries: &[Entry]) -> Self {
        let lines = lines(entries);
        let mut sheet = Self::expected(&lines);
        for (at, event) in lines {
            sheet.line(at, event);
        }
        sheet
    }

    /// A sheet with nothing on it but who is expected.
    pub fn expected(lines: &[(Moment, &Event)]) -> Self {
        let mut sheet = Self::default();
        for (_, event) in lines {
            if let Event::Day(DayEvent::SessionExpected(plan)) = event {
                for member in &plan.people {
                    sheet.rows.insert((plan.session, member.person), Whereabouts::NotYet);
                }
                sheet.plans.insert(plan.session, (**plan).clone());
            }
        }
        sheet
    }

    /// One more line.
    pub fn line(&mut self, at: Moment, event: &Event) {
        match event {
            Event::Door(event) => {
                self.door(event);
                self.note_contact(at, event);
            }
            Event::Day(event) => self.day(event),
            _ => {}
        }
    }

    fn day(&mut self, event: &DayEvent) {
        match event {
            DayEvent::StaffCame { staff, .. } => {
                self.shift.insert(*staff, true);
            }
            DayEvent::StaffWent { staff } => {
                self.shift.insert(*staff, false);
            }
            DayEvent::VisitorCame { visitor, .. } => {
                self.others.insert(*visitor);
            }
            DayEvent::VisitorWent { visitor } => {
                self.others.remove(visitor);
            }
            _ => {}
        }
    }

    fn door(&mut self, event: &DoorEvent) {
        match event {
            DoorEvent::Arrived { session, person, place, carer, .. }
            | DoorEvent::CameBack { session, person, place, carer, .. } => {
                let was_in = self.is_in(*person);
                self.goes(*session, *person, Whereabouts::In(place.clone()));
                if carer.is_some() || !was_in {
                    self.given(*person, *carer);
                }
            }
            DoorEvent::Walked { session, child, place, into, .. } => {
                self.goes(*session, *child, Whereabouts::In(place.clone()));
                self.given(*child, Some(*into));
            }
            DoorEvent::Moved { session, person, place } => {
                self.goes(*session, *person, Whereabouts::In(place.clone()));
            }
            // In the building: out of it they stay with whom they went.
            DoorEvent::GivenTo { child, carer, .. } if self.is_in(*child) => self.given(*child, Some(*carer)),
            DoorEvent::KeptHere { child, with, .. } if self.is_in(*child) => {
                self.given(*child, Some(Carer::Worker(*with)));
            }
            DoorEvent::WentOut { session, person, out, .. } => {
                self.goes(*session, *person, Whereabouts::Out(out.clone()));
                let with = match out {
                    OutFor::WithVisiting { worker: Some(staff), .. } => Some(Carer::Worker(*staff)),
                    OutFor::WithVisiting { adult, .. } => Some(Carer::Adult(*adult)),
                    OutFor::Reachable => None,
                };
                self.given(*person, with);
                match with {
                    Some(Carer::Worker(staff)) if self.is_child(*person) => self.along.insert(*person, staff),
                    _ => self.along.remove(person),
                };
            }
            DoorEvent::ChildLeft { session, child, .. } => {
                self.goes(*session, *child, Whereabouts::Left);
                self.given(*child, None);
            }
            DoorEvent::AdultLeft { session, person, .. } => self.goes(*session, *person, Whereabouts::Left),
            DoorEvent::JoinedOnLine { session, person } => {
                self.rows.insert((*session, *person), Whereabouts::OnLine);
            }
            DoorEvent::LeftOnLine { session, person } => {
                self.rows.insert((*session, *person), Whereabouts::Left);
            }
            DoorEvent::NotComing { session, person, .. } => {
                self.instead(*session, *person, Whereabouts::NotYet, Whereabouts::NotComing);
            }
            DoorEvent::NotAdmitted { session, person, .. } => {
                self.instead(*session, *person, Whereabouts::NotYet, Whereabouts::NotAdmitted);
                self.instead(*session, *person, Whereabouts::NotComing, Whereabouts::NotAdmitted);
            }
            DoorEvent::Paused { session, .. } => {
                self.paused.insert(*session);
            }
            DoorEvent::Resumed { session } | DoorEvent::EndedEarly { session, .. } => {
                self.paused.remove(session);
            }
            _ => {}
        }
    }

    /// A person has one body: wherever a row of today has them here or out, they go from there too. A row that they
    /// have left, or not come to yet, is of another time of day.
    fn goes(&mut self, session: SessionId, person: PersonId, to: Whereabouts) {
        for ((of, who), row) in &mut self.rows {
            let open = matches!(row, Whereabouts::In(_) | Whereabouts::Out(_));
            if *who == person && (*of == session || open) {
                *row = to.clone();
            }
        }
        if !matches!(to, Whereabouts::Out(_)) {
            self.along.remove(&person);
        }
    }

    fn is_in(&self, person: PersonId) -> bool {
        self.rows.iter().any(|((_, who), row)| *who == person && matches!(row, Whereabouts::In(_)))
    }

    fn given(&mut self, child: PersonId, carer: Option<Carer>) {
        match carer {
            Some(carer) => self.has.insert(child, carer),
            None => self.has.remove(&child),
        };
    }

    fn instead(&mut self, session: SessionId, person: PersonId, of: Whereabouts, to: Whereabouts) {
        if let Some(row) = self.rows.get_mut(&(session, person)).filter(|row| **row == of) {
            *row = to;
        }
    }

    fn is_child(&self, person: PersonId) -> bool {
        self.plans.values().flat_map(|p| &p.people).any(|m| m.person == person && m.side == Side::Child)
    }

    pub fn at(&self, session: SessionId, person: PersonId) -> &Whereabouts {
        &self.rows[&(session, person)]
    }

    /// Who has a child who is here or out.
    pub fn carer(&self, session: SessionId, child: PersonId) -> Option<Carer> {
        let open = matches!(self.at(session, child), Whereabouts::In(_) | Whereabouts::Out(_));
        self.has.get(&child).copied().filter(|_| open)
    }

    pub fn has(&self, child: PersonId) -> Option<Carer> {
        self.has.get(&child).copied()
    }

    /// Went along with a child who is out.
    pub fn is_along(&self, staff: StaffId) -> bool {
        self.along.values().any(|s| *s == staff)
    }

    // ---- contact

    /// The children who are in contact now, each by its session.
    pub fn in_contact(&self) -> BTreeSet<(SessionId, PersonId)> {
        let now = |spells: &Vec<Spell>| spells.last().is_some_and(|(_, to)| to.is_none());
        self.contact.iter().filter(|(_, spells)| now(spells)).map(|(who, _)| *who).collect()
    }

    /// No child of it is here any more: there is nothing left to pause.
    fn is_empty_of_children(&self, plan: &Expected) -> bool {
        let mut children = plan.people.iter().filter(|m| m.side == Side::Child);
        children.all(|m| !matches!(self.at(plan.session, m.person), Whereabouts::In(_)))
    }

    /// Looks at the sessions that it touches: its own, and every other one of the same person.
    fn note_contact(&mut self, at: Moment, event: &DoorEvent) {
        let mut now = Vec::new();
        let (session, person) = (event.session(), event.person());
        self.note_kept(event);
        let touched = |plan: &&Expected| {
            plan.session == session || person.is_some_and(|p| plan.people.iter().any(|m| m.person == p))
        };
        let over: Vec<SessionId> =
            self.plans.values().filter(touched).filter(|p| self.is_empty_of_children(p)).map(|p| p.session).collect();
        over.iter().for_each(|session| {
            self.paused.remove(session);
        });
        for plan in self.plans.clone().values().filter(touched) {
            for child in plan.people.iter().filter(|m| m.side == Side::Child) {
                if !self.is_with(plan, child.person) {
                    self.kept_from.remove(&(plan.session, child.person));
                }
                now.push(((plan.session, child.person), self.is_contact(plan, child.person)));
            }
        }
        for (child, together) in now {
            let spells = self.contact.entry(child).or_default();
            match spells.last_mut() {
                Some((_, to @ None)) if !together => *to = Some(at),
                Some((_, None)) => {}
                _ if together => spells.push((at, None)),
                _ => {}
            }
        }
    }

    /// In contact: with the side that visits, by the kind of the session (domain.md 2.3 to 2.5), and not in a pause.
    pub fn is_contact(&self, plan: &Expected, child: PersonId) -> bool {
        let is_in = matches!(self.at(plan.session, child), Whereabouts::In(_));
        let kept = self.kept_from.contains(&(plan.session, child));
        self.is_with(plan, child) && !(is_in && (kept || self.paused.contains(&plan.session)))
    }

    /// Kept in the room by somebody who does not supervise; until they leave it, or are given to somebody.
    fn note_kept(&mut self, event: &DoorEvent) {
        let session = event.session();
        match event {
            DoorEvent::SupervisorNamed { staff, .. } => {
                self.named.entry(session).or_default().insert(*staff);
            }
            DoorEvent::KeptHere { child, with, .. } => {
                let plan = self.plans.get(&session).filter(|p| super::course::is_one_to_one(p.kind));
                let Some(plan) = plan else { return };
                let named =
                    plan.supervisor == Some(*with) || self.named.get(&session).is_some_and(|n| n.contains(with));
                match named {
                    true => self.kept_from.remove(&(session, *child)),
                    false => self.kept_from.insert((session, *child)),
                };
            }
            DoorEvent::GivenTo { .. }
            | DoorEvent::Walked { .. }
            | DoorEvent::Moved { .. }
            | DoorEvent::WentOut { .. } => {
                event.person().map(|person| self.kept_from.remove(&(session, person)));
            }
            _ => {}
        }
    }

    fn is_with(&self, plan: &Expected, child: PersonId) -> bool {
        let place = match self.at(plan.session, child) {
            Whereabouts::Out(OutFor::WithVisiting { .. }) => return true,
            Whereabouts::In(place) => place,
            _ => return false,
        };
        let of_visiting = |m: &&Member| m.side == Side::Visiting;
        let is_there = |m: &Member| self.at(plan.session, m.person) == &Whereabouts::In(place.clone());
        let mut visiting = plan.people.iter().filter(of_visiting);
        let worker = match self.has.get(&child) {
            Some(Carer::Adult(adult)) => {
                if visiting.any(|m| m.person == *adult && is_there(m)) {
                    return true;
                }
                false
            }
            Some(Carer::Worker(_)) => true,
            None => false,
        };
        let mut visiting = plan.people.iter().filter(of_visiting).filter(|m| m.standing == Standing::Party);
        match plan.kind {
            ContactKind::Supported | ContactKind::Handover | ContactKind::Indirect => false,
            ContactKind::Supervised | ContactKind::Assessment | ContactKind::Escorted => {
                worker && visiting.any(is_there)
            }
            ContactKind::LifeStory => worker && *place == plan.room,
            ContactKind::Video => {
                let on_line = |m: &Member| self.at(plan.session, m.person) == &Whereabouts::OnLine;
                visiting.any(on_line) && *place == plan.room
            }
        }
    }

    // ---- the fire roll

    /// Families with their places, the team, anyone else. Who is out is on no roll, nor is the worker who went along.
    #[allow(clippy::type_complexity)]
    pub fn roll(&self) -> Roll {
        let mut people = BTreeMap::new();
        for ((_, person), row) in &self.rows {
            if let Whereabouts::In(place) = row {
                people.insert(*person, place.clone());
            }
        }
        let here = |staff: &StaffId| !self.along.values().any(|s| s == staff);
        let team = self.shift.iter().filter(|(staff, on)| **on && here(staff)).map(|(staff, _)| *staff).collect();
        (people, team, self.others.clone())
    }
}

/// Spells that lasted, joined where one ended as the next began: nobody writes down nothing.
fn lasting(spells: &[Spell]) -> Vec<Spell> {
    let mut all: Vec<Spell> = Vec::new();
    for (from, to) in spells {
        if *to == Some(*from) {
            continue;
        }
        match all.last_mut() {
            Some((_, end)) if *end == Some(*from) => *end = *to,
            _ => all.push((*from, *to)),
        }
    }
    all
}

fn seen(presence: Presence<'_>) -> Whereabouts {
    match presence {
        Presence::Expected => Whereabouts::NotYet,
        Presence::NotComing(_) => Whereabouts::NotComing,
        Presence::NotAdmitted => Whereabouts::NotAdmitted,
        Presence::In(place) => Whereabouts::In(place.clone()),
        Presence::Out(out) => Whereabouts::Out(out.clone()),
        Presence::OnLine => Whereabouts::OnLine,
        Presence::Left => Whereabouts::Left,
    }
}

/// What the fold and the pencil say differently.
pub fn differences(day: &Day, sheet: &Sheet) -> Vec<String> {
    let mut all = Vec::new();
    let mut differ = |what: String, fold: &dyn std::fmt::Debug, pencil: &dyn std::fmt::Debug| {
        all.push(format!("{what}: the fold {fold:?}, the pencil {pencil:?}"));
    };
    for session in &day.sessions {
        let (fold, pencil) = (session.is_paused(), sheet.paused.contains(&session.id()));
        if fold != pencil {
            differ(format!("whether {} is paused", session.id()), &fold, &pencil);
        }
        for (member, attendance) in session.all() {
            let (id, person) = (session.id(), member.person);
            let (fold, pencil) = (seen(attendance.presence()), sheet.at(id, person));
            if fold != *pencil {
                differ(format!("where {person} of {id} is"), &fold, pencil);
            }
            if !member.is_child() {
                continue;
            }
            let (fold, pencil) = (attendance.carer(), sheet.carer(id, person));
            if fold != pencil {
                differ(format!("who has {person} of {id}"), &fold, &pencil);
            }
            let none = Vec::new();
            let pencil = sheet.contact.get(&(id, person)).unwrap_or(&none);
            let (fold, pencil) = (lasting(&attendance.contact), lasting(pencil));
            if fold != pencil {
                differ(format!("contact of {person} of {id} ({:?})", session.plan.kind), &fold, &pencil);
            }
        }
    }
    let (fold, pencil) = (roll_of(day), sheet.roll());
    if fold != pencil {
        differ("the roll".to_owned(), &fold, &pencil);
    }
    let heads = day.heads();
    let children = pencil.0.keys().filter(|p| sheet.is_child(**p)).count();
    let count = [children, pencil.0.len() - children, pencil.1.len(), pencil.2.len()];
    let fold = [heads.children, heads.adults, heads.team, heads.others].map(usize::from);
    if fold != count {
        differ("heads".to_owned(), &fold, &count);
    }
    all
}

/// People by place, the team, others: who is in the building.
pub type Roll = (BTreeMap<PersonId, Code>, BTreeSet<StaffId>, BTreeSet<FileId>);

/// By the day's own roll.
pub fn roll_of(day: &Day) -> Roll {
    let (mut people, mut team, mut others) = Roll::default();
    for row in day.roll() {
        match row.who {
            Who::Child(_, p) | Who::Adult(_, p) => {
                people.insert(p, row.place.unwrap());
            }
            Who::Team(s) => {
                team.insert(s);
            }
            Who::Other(f) => {
                others.insert(f);
            }
        }
    }
    (people, team, others)
}

/// One random day; what differed first, if anything.
fn one_day(seed: u64, commands: usize) -> Result<usize, String> {
    let mut chance = Chance::new(seed);
    let mut world = World::new(chance.next(), Mix::Anything);
    let mut accepted = 0;
    let mut sheet = Sheet::of(&world.entries);
    let mut upto = world.entries.iter().map(|e| e.occurred_at).max().unwrap();
    for _ in 0..commands {
        // What is rare is looked at longer.
        world.focus = sheet.paused.first().copied();
        let Some(tried) = world.next(chance.next()) else { continue };
        let Ok(new) = &tried.result else { continue };
        accepted += 1;
        // A line at the foot of the sheet is written there; a late one, or one that amends another, on a new sheet.
        let late = |e: &Entry| e.occurred_at < upto || matches!(e.event.open(), Some(Event::Amend(_)));
        if new.iter().any(late) {
            sheet = Sheet::of(&world.entries);
        } else {
            new.iter().filter_map(|e| e.event.open()).zip(new).for_each(|(event, e)| sheet.line(e.occurred_at, event));
        }
        upto = world.entries.iter().map(|e| world.day().happened(e)).max().unwrap();
        let differ = differences(world.day(), &sheet);
        if !differ.is_empty() {
            let (what, after) = (differ.join("\n  "), told(&tried));
            return Err(format!("DOORBOOK_SEED={seed}\n  {what}\nafter {after}\n{}", log(&world)));
        }
    }
    Ok(accepted)
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

/// Two halves at once.
#[test]
fn the_naive_model_agrees_after_every_command() {
    let days = from_environment("DOORBOOK_DAYS").unwrap_or(1000);
    if let Some(seed) = from_environment("DOORBOOK_SEED") {
        one_day(seed, 45).unwrap_or_else(|differ| panic!("{differ}"));
        return;
    }
    let half = |odd: u64| {
        let seeds = (0..days).filter(|seed| seed % 2 == odd);
        let mut accepted = 0;
        for seed in seeds {
            accepted += one_day(seed, 45)?;
        }
        Ok::<usize, String>(accepted)
    };
    let halves = std::thread::scope(|scope| {
        let threads = [0, 1].map(|odd| scope.spawn(move || half(odd)));
        threads.map(|thread| thread.join().unwrap())
    });
    let accepted: usize = halves.into_iter().map(|half| half.unwrap_or_else(|differ| panic!("{differ}"))).sum();
    assert!(accepted as u64 > days * 10, "few commands are accepted: {accepted} in {days} days");
}
