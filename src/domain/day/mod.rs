//! The open day, folded from its own entries alone.
//!
//! The day at a time T is the fold of its entries that happened at or before T, in the order in which they happened;
//! what was undone is left out, and a corrected time counts. So a late entry takes its place among the others, and
//! *as it stood at 10:42* is the same fold cut short.

mod apart;
mod contact;
mod facts;
mod fold;
mod gate;
mod hold;
mod minutes;
mod roll;
mod session;
mod stage;

pub use apart::{Clash, Stay};
pub use facts::{Call, Message, Override, Owed, Pause, Report, Shut, Thing};
pub use hold::Hold;
pub use minutes::working_day;
pub use roll::{Head, RollRow, Who};
pub use session::{Absence, Attendance, Care, Early, Move, NoPart, OnWay, Presence, Session, Whereabouts};
pub use stage::{Outcome, Stage};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::codes::{Moment, Party, Role, Rule};
use crate::domain::event::{About, By, Counted, Entry, Event, NoteEvent, OutFor, Readers, Signed};
use crate::domain::ids::{ActId, DayId, DeskId, EntryId, FileId, NoteId, PersonId, SessionId, StaffId};
use crate::domain::policy::{Code, Policy, Route, Use};
use crate::domain::text::Text;
use crate::domain::zone;

/// One open day.
#[derive(Debug, Clone)]
pub struct Day {
    /// Its id.
    pub id: DayId,
    /// The calendar date that it opened on.
    pub date: NaiveDate,
    /// The policy that holds all day.
    pub policy: Arc<Policy>,
    /// Its entries, in the order in which they were written.
    pub entries: Vec<Entry>,
    /// Acts that were taken back.
    pub undone: BTreeSet<ActId>,
    /// Entries whose time was corrected.
    pub times: BTreeMap<EntryId, Moment>,
    /// The latest that anything happened that is folded, notes and answers apart.
    latest: Option<Moment>,
    /// When it was opened.
    pub opened: Option<Moment>,
    /// In the order of their numbers.
    pub sessions: Vec<Session>,
    /// Who has each desk.
    pub desks: BTreeMap<DeskId, StaffId>,
    /// The team: when they came and went.
    pub team: BTreeMap<StaffId, Vec<Spell>>,
    /// Anyone else in the building.
    pub visitors: BTreeMap<FileId, Visitor>,
    /// Notes for the coordinator, by number.
    pub notes: Vec<Note>,
    /// The last count of heads.
    pub counted: Option<(Moment, Counted)>,
    /// A count that differs and stands.
    pub count_stands: Option<Counted>,
    /// Facts that went against a rule.
    pub against: Vec<Against>,
    /// Those of them that the coordinator knows.
    pub known: BTreeSet<EntryId>,
    /// Its signatures: the last one counts, unless it was opened again since.
    pub signatures: Vec<(Moment, Signed)>,
    /// It was opened again since the last signature.
    pub reopened: bool,
    /// Drills and evacuations: when, seen, of how many, seconds.
    pub musters: Vec<(Moment, u16, u16, u32)>,
    /// What somebody with the power allowed.
    pub overrides: Vec<Override>,
    /// Messages for the coordinator.
    pub messages: Vec<Message>,
    /// Times at which the book was shut with people in.
    pub shut: Vec<Shut>,
    /// What wants a line at the close and has one: what it is about, and which check.
    pub noted: BTreeSet<(uuid::Uuid, u8)>,
}

/// From when to when somebody was on shift or in the building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// From.
    pub came: Moment,
    /// Where, if not moving about.
    pub place: Option<Code>,
    /// Until.
    pub went: Option<Moment>,
}

/// Anyone else in the building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Name as given.
    pub name: Text,
    /// What they are.
    pub what: Text,
    /// When, and where.
    pub spell: Spell,
    /// The session that they come for, if one.
    pub session: Option<SessionId>,
}

/// A note for the coordinator, as far as this desk may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Its number for the day.
    pub no: u16,
    /// When it was raised.
    pub at: Moment,
    /// By whom.
    pub by: By,
    /// The session of the marked row.
    pub session: Option<SessionId>,
    /// For whom it is, once told.
    pub to: Option<Readers>,
    /// About whom, once told, if this reader may know.
    pub about: Option<About>,
    /// The kind, once chosen, if this reader may know.
    pub kind: Option<Code>,
    /// The words, if this reader may have them.
    pub words: Text,
    /// The number of a paper form that says more, if this reader may have it.
    pub paper: Option<Text>,
    /// Pressed by mistake.
    pub mistaken: bool,
    /// The coordinator has seen it.
    pub seen: bool,
    /// It was left open when the day was closed, and stays on the coordinator's list.
    pub stands: bool,
}

/// A fact that went against rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// The entry.
    pub entry: EntryId,
    /// When it happened.
    pub at: Moment,
    /// Which session.
    pub session: Option<SessionId>,
    /// Which rules.
    pub rules: Vec<Rule>,
}

impl Note {
    /// About a worker: for the safeguarding lead and the chair only; it stands on no other screen, in no count or log.
    pub fn is_about_worker(&self) -> bool {
        self.to.is_some_and(Readers::is_of_the_team)
    }

    /// It was told, and what was told is sealed to others.
    pub fn is_closed(&self) -> bool {
        self.to.is_some() && self.about.is_none()
    }

    /// About one of the team: may somebody of this role have it? Never the one whom it is about, and nobody to whom it
    /// is not open.
    pub fn is_for(&self, staff: StaffId, role: Role) -> bool {
        let about_them = matches!(self.about, Some(About::Worker { staff: of, .. }) if of == staff);
        !self.is_closed() && !about_them && self.to.is_some_and(|to| to.may_be(role))
    }

    /// Waits for the coordinator; one that was pressed by mistake too, for a glance.
    pub fn is_open(&self) -> bool {
        !self.seen && !self.is_about_worker()
    }
}

impl Day {
    /// A day with nothing in it.
    pub fn new(id: DayId, date: NaiveDate, policy: Arc<Policy>) -> Self {
        Self {
            id,
            date,
            policy,
            entries: Vec::new(),
            undone: BTreeSet::new(),
            times: BTreeMap::new(),
            latest: None,
            opened: None,
            sessions: Vec::new(),
            desks: BTreeMap::new(),
            team: BTreeMap::new(),
            visitors: BTreeMap::new(),
            notes: Vec::new(),
            counted: None,
            count_stands: None,
            against: Vec::new(),
            known: BTreeSet::new(),
            signatures: Vec::new(),
            reopened: false,
            musters: Vec::new(),
            overrides: Vec::new(),
            messages: Vec::new(),
            shut: Vec::new(),
            noted: BTreeSet::new(),
        }
    }

    /// The session of an id.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|s| s.plan.session == id)
    }

    /// The session of a number.
    pub fn numbered(&self, no: u16) -> Option<&Session> {
        self.sessions.iter().find(|s| s.plan.no == no)
    }

    /// Someone of the team is on shift.
    pub fn on_shift(&self, staff: StaffId) -> bool {
        self.team.get(&staff).and_then(|s| s.last()).is_some_and(|s| s.went.is_none())
    }

    /// Someone of the team is out with a child whom they go along with.
    pub fn is_away(&self, staff: StaffId) -> bool {
        // The child's row says so: the adult may stay away when the worker is back with the child.
        self.sessions.iter().flat_map(Session::children).any(|(_, a)| {
            matches!(a.presence(), Presence::Out(OutFor::WithVisiting { worker: Some(worker), .. }) if *worker == staff)
        })
    }

    /// Everyone of the team who is on shift.
    pub fn shift(&self) -> impl Iterator<Item = StaffId> + '_ {
        self.team.keys().copied().filter(|s| self.on_shift(*s))
    }

    /// Signed, and not opened again.
    pub fn is_signed(&self) -> bool {
        !self.signatures.is_empty() && !self.reopened
    }

    /// Where the side that brings waits.
    pub fn waiting_place(&self) -> Code {
        let places = || self.policy.places.iter().filter(|p| !p.retired);
        let waiting = places().find(|p| p.use_for == Use::Waiting);
        waiting.or_else(|| places().next()).map_or_else(|| Code::new("hall"), |p| p.code.clone())
    }

    /// Where the side that visits waits by itself, in one-to-one contact and at a handover: the second waiting place.
    pub fn second_waiting_place(&self) -> Code {
        let mut places = self.policy.places.iter().filter(|p| !p.retired && p.use_for == Use::Waiting);
        places.nth(1).map_or_else(|| self.waiting_place(), |p| p.code.clone())
    }

    fn front_door(&self) -> Code {
        self.policy.doors.iter().find(|d| !d.retired).map_or_else(|| Code::new("front"), |d| d.code.clone())
    }

    /// The usual way in of a side: the route of the plan, else the front door, to the waiting room or the room.
    pub fn usual_way(&self, session: &Session, party: Party) -> (Code, Code) {
        if let Some(route) = self.route(session, party) {
            return (route.door.clone(), route.place.clone());
        }
        if party == Party::Visits && !session.contact_in_room_at_once() {
            return (self.front_door(), self.second_waiting_place());
        }
        let door = self.front_door();
        let place = if party == Party::Brings { self.waiting_place() } else { session.plan.room.clone() };
        (door, place)
    }

    /// It is of a note about a worker.
    pub fn is_of_worker_note(&self, entry: &Entry) -> bool {
        let Some(Event::Note(event)) = entry.event.open() else { return false };
        if matches!(event, NoteEvent::Told { to, .. } if to.is_of_the_team()) {
            return true;
        }
        let about_worker = |id| self.notes.iter().any(|n| n.id == id && n.is_about_worker());
        event.note().is_some_and(about_worker)
    }

    /// By when the report of one-to-one contact of today is written: the working days of the policy, weekends apart.
    pub fn report_due(&self) -> NaiveDate {
        let mut date = self.date;
        for _ in 0..self.policy.report_days.min(60) {
            date = date.succ_opt().unwrap_or(date);
            while matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                date = date.succ_opt().unwrap_or(date);
            }
        }
        date
    }

    /// The way in that the plan of a session has for a side, while the centre still has that door and that place.
    pub fn route<'a>(&self, session: &'a Session, party: Party) -> Option<&'a Route> {
        let in_use = |route: &&Route| {
            self.policy.door(&route.door).is_some_and(|d| !d.retired)
                && self.policy.place(&route.place).is_some_and(|p| !p.retired)
        };
        session.plan.plan.routes.iter().filter(|r| r.party == party).find(in_use)
    }

    /// A planned local time as a moment of the policy's zone; `near` has the offset where that zone is not known.
    pub fn local(&self, time: NaiveTime, near: Moment) -> Moment {
        zone::planned_in(&self.policy.zone, self.date.and_time(time), near)
    }

    /// When an entry happened, a correction counted.
    pub fn happened(&self, entry: &Entry) -> Moment {
        self.times.get(&entry.id).copied().unwrap_or(entry.occurred_at)
    }

    /// All movements of one person over all sessions of the day, in order; by video nobody goes anywhere.
    pub fn moves_of(&self, person: PersonId) -> Vec<&Move> {
        let mut moves: Vec<&Move> =
            self.sessions.iter().filter_map(|s| s.people.get(&person)).flat_map(Attendance::steps).collect();
        moves.sort_by_key(|m| m.at);
        moves
    }

    /// The last time at which anything is known of one person: where they went, and of a child who had them.
    pub fn last_seen(&self, person: PersonId) -> Option<Moment> {
        let known = self.sessions.iter().filter_map(|s| s.people.get(&person));
        known.flat_map(|a| a.moves.iter().map(|m| m.at).chain(a.care.iter().map(|(at, _)| *at))).max()
    }

    /// The one adult who is responsible for a child is known, and is here.
    pub fn has_carer(&self, child: &Attendance) -> bool {
        match child.carer() {
            None => false,
            Some(Care::Worker(staff)) => self.on_shift(staff) && !self.is_away(staff),
            Some(Care::Adult(adult)) => self.sessions.iter().filter_map(|s| s.of(adult)).any(Attendance::is_in),
        }
    }

    /// Children on site whom this worker is responsible for.
    pub fn in_care_of(&self, carer: Care) -> Vec<(SessionId, PersonId)> {
        let mut out = Vec::new();
        for session in &self.sessions {
            for (person, attendance) in &session.people {
                if attendance.is_in() && attendance.carer() == Some(carer) {
                    out.push((session.plan.session, *person));
                }
            }
        }
        out
    }
}
