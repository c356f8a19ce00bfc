//! One session of the day: the frozen plan, and what has happened to each person of it.

use std::collections::BTreeMap;

use crate::domain::case::{Instruction, Member};
use crate::domain::codes::{Flag, Moment, Party};
use crate::domain::day::{Call, Owed, Pause, Report, Thing};
use crate::domain::event::{Carer, Expected, Leaving, OutFor, Told};
use crate::domain::ids::{EntryId, PersonId, SessionId, StaffId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// The one adult who is responsible for a child.
pub type Care = Carer;

/// One session as it stands.
#[derive(Debug, Clone)]
pub struct Session {
    /// As it was expected, frozen.
    pub plan: Expected,
    /// What has happened to each person on its list.
    pub people: BTreeMap<PersonId, Attendance>,
    /// When and where the two sides met.
    pub met: Vec<(Moment, Code)>,
    /// Sides that rang.
    pub on_way: BTreeMap<Party, OnWay>,
    /// Sides that were told there is no contact today.
    pub told: BTreeMap<Party, Moment>,
    /// Contact ended before its time.
    pub early: Option<Early>,
    /// People who are not on the list and came.
    pub unlisted: Vec<(Moment, Party, Text)>,
    /// Settled as it stands, at the close.
    pub stands: bool,
    /// The centre cancelled it: when, and why.
    pub cancelled: Option<(Moment, Code)>,
    /// Instructions of today: the frozen ones, and what changed since.
    pub instructions: Vec<Instruction>,
    /// Pairs who must not meet today: the frozen ones, and what changed since.
    pub apart: Vec<(PersonId, PersonId)>,
    /// The worker who supervises.
    pub supervisor: Option<StaffId>,
    /// Everyone who was named to supervise, today: while one hands over to the next, both may have the children.
    pub supervisors: Vec<StaffId>,
    /// Pauses of one-to-one contact.
    pub pauses: Vec<Pause>,
    /// When it was said that ten minutes are left.
    pub ten_minutes: Option<Moment>,
    /// Minutes owed.
    pub owed: Vec<Owed>,
    /// Who writes the report, and by when.
    pub report: Option<Report>,
    /// Who was rung.
    pub calls: Vec<Call>,
    /// When the social worker was told.
    pub social_worker_told: Option<Moment>,
    /// Things in keeping, those given back too.
    pub things: Vec<Thing>,
}

/// What has happened to one person.
#[derive(Debug, Clone, Default)]
pub struct Attendance {
    /// Movements in the order of their times.
    pub moves: Vec<Move>,
    /// Of a child: who has been responsible, from when; `None`: nobody is known to be.
    pub care: Vec<(Moment, Option<Care>)>,
    /// Of a child: with whom it was handed over or taken, at the last departure.
    pub went_with: Option<crate::domain::event::Basis>,
    /// Does not come.
    pub absence: Option<Absence>,
    /// Came and was not let in: why.
    pub not_admitted: Option<(Moment, Code)>,
    /// Came and took no part.
    pub no_part: Option<NoPart>,
    /// Is kept here for now, since.
    pub kept: Option<Moment>,
    /// Is kept although an adult of theirs had come for them, since: the coordinator decides who takes them.
    pub kept_back: Option<Moment>,
    /// Of a child in one-to-one contact: another worker than the supervisor keeps them from the side that visits, in the
    /// place where both are; until they leave it, or are given to somebody.
    pub kept_from: bool,
    /// Of a child: when contact was, as contact of this kind is. The last may have no end yet.
    pub contact: Vec<(Moment, Option<Moment>)>,
    /// Of a child in one-to-one contact: when somebody else than the supervisor had them with the side that visits.
    pub alone: Vec<(Moment, Option<Moment>)>,
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: Moment,
    /// When it was written.
    pub recorded_at: Moment,
    /// The entry.
    pub entry: EntryId,
    /// By which door, if by one.
    pub door: Option<Code>,
    /// To where.
    pub to: Whereabouts,
}

/// Where a movement ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// In a place.
    In(Code),
    /// Out, and to come back.
    Out(OutFor),
    /// Joined by video.
    OnLine,
    /// Left for good, as far as is known. `None`: a child.
    Left(Option<Leaving>),
}

/// Where somebody is now, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence<'a> {
    /// Not here yet.
    Expected,
    /// In a place.
    In(&'a Code),
    /// Out, and to come back.
    Out(&'a OutFor),
    /// Joined by video: present, and not in the building.
    OnLine,
    /// Left.
    Left,
    /// Does not come.
    NotComing(&'a Absence),
    /// Came and was not let in.
    NotAdmitted,
}

/// Does not come today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// When it was written down.
    pub at: Moment,
    /// Why, a code of the policy.
    pub why: Code,
    /// Who told whom, when and how.
    pub told: Option<Told>,
}

/// Came and took no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPart {
    /// When it was decided.
    pub at: Moment,
    /// From when it was tried.
    pub tried_from: Moment,
    /// Why, a code of the policy.
    pub why: Code,
}

/// Rang: on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnWay {
    /// When they rang.
    pub at: Moment,
    /// When they expect to be here.
    pub expected: Option<Moment>,
}

/// Contact ended before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Early {
    /// When.
    pub at: Moment,
    /// Whose decision; `None`: the centre's.
    pub party: Option<Party>,
    /// Why.
    pub why: Code,
}

impl Attendance {
    /// Where they are now.
    pub fn presence(&self) -> Presence<'_> {
        match self.moves.last().map(|m| &m.to) {
            Some(Whereabouts::In(place)) => Presence::In(place),
            Some(Whereabouts::Out(out)) => Presence::Out(out),
            Some(Whereabouts::OnLine) => Presence::OnLine,
            Some(Whereabouts::Left(_)) => Presence::Left,
            None if self.not_admitted.is_some() => Presence::NotAdmitted,
            None => self.absence.as_ref().map_or(Presence::Expected, Presence::NotComing),
        }
    }

    /// Movements through the building: not on line, nor off it again.
    pub fn steps(&self) -> impl Iterator<Item = &Move> {
        let before = std::iter::once(None).chain(self.moves.iter().map(Some));
        let goes = |(m, before): &(&Move, Option<&Move>)| {
            let was_on_line = before.is_some_and(|b| b.to == Whereabouts::OnLine);
            m.to != Whereabouts::OnLine && !(was_on_line && matches!(m.to, Whereabouts::Left(_)))
        };
        self.moves.iter().zip(before).filter(goes).map(|(m, _)| m)
    }

    /// In the building.
    pub fn is_in(&self) -> bool {
        matches!(self.presence(), Presence::In(_))
    }

    /// Joined by video.
    pub fn is_on_line(&self) -> bool {
        self.presence() == Presence::OnLine
    }

    /// Came today, at any time.
    pub fn came(&self) -> bool {
        !self.moves.is_empty()
    }

    /// The place, if in the building.
    pub fn place(&self) -> Option<&Code> {
        if let Presence::In(place) = self.presence() { Some(place) } else { None }
    }

    /// Who is responsible now, of a child in the building or out with somebody.
    pub fn carer(&self) -> Option<Care> {
        match self.presence() {
            Presence::In(_) => self.care.last().and_then(|(_, carer)| *carer),
            Presence::Out(OutFor::WithVisiting { worker: Some(staff), .. }) => Some(Carer::Worker(*staff)),
            Presence::Out(OutFor::WithVisiting { adult, .. }) => Some(Carer::Adult(*adult)),
            _ => None,
        }
    }

    /// When they left, if they have.
    pub fn left_at(&self) -> Option<Moment> {
        self.moves.last().filter(|m| matches!(m.to, Whereabouts::Left(_))).map(|m| m.at)
    }

    /// When they first came.
    pub fn came_at(&self) -> Option<Moment> {
        self.moves.first().map(|m| m.at)
    }

    /// The door that they last used to come in.
    pub fn door_in(&self) -> Option<&Code> {
        self.moves.iter().rev().filter(|m| matches!(m.to, Whereabouts::In(_))).find_map(|m| m.door.as_ref())
    }
}

impl Session {
    /// As expected, with nothing happened yet.
    pub fn new(plan: Expected) -> Self {
        let people = plan.people.iter().map(|m| (m.person, Attendance::default())).collect();
        Self {
            instructions: plan.instructions.clone(),
            apart: plan.apart.clone(),
            supervisor: plan.supervisor,
            supervisors: plan.supervisor.into_iter().collect(),
            plan,
            people,
            met: Vec::new(),
            on_way: BTreeMap::new(),
            told: BTreeMap::new(),
            early: None,
            unlisted: Vec::new(),
            stands: false,
            cancelled: None,
            pauses: Vec::new(),
            ten_minutes: None,
            owed: Vec::new(),
            report: None,
            calls: Vec::new(),
            social_worker_told: None,
            things: Vec::new(),
        }
    }

    /// Its id.
    pub fn id(&self) -> SessionId {
        self.plan.session
    }

    /// Somebody on its list.
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.plan.people.iter().find(|m| m.person == person)
    }

    /// What has happened to somebody on its list.
    pub fn of(&self, person: PersonId) -> Option<&Attendance> {
        self.people.get(&person)
    }

    /// Everyone on the list with what has happened to them, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (&Member, &Attendance)> {
        self.plan.people.iter().filter_map(|m| self.people.get(&m.person).map(|a| (m, a)))
    }

    /// The children.
    pub fn children(&self) -> impl Iterator<Item = (&Member, &Attendance)> {
        self.all().filter(|(m, _)| m.is_child())
    }

    /// Adults of one party, by the file.
    pub fn adults(&self, party: Party) -> impl Iterator<Item = (&Member, &Attendance)> {
        self.all().filter(move |(m, _)| !m.is_child() && m.party() == party)
    }

    /// One side as the door knows it: the children come with the side that brings.
    pub fn side(&self, party: Party) -> impl Iterator<Item = (&Member, &Attendance)> {
        self.all().filter(move |(m, a)| self.comes_with(m, a) == party)
    }

    /// Those of a side who are expected each time.
    pub fn expected(&self, party: Party) -> impl Iterator<Item = (&Member, &Attendance)> {
        let takes_part = party == Party::Brings || self.manner().visits != TakesPart::Not;
        self.side(party).filter(move |(m, _)| m.is_expected() && takes_part)
    }

    /// Somebody of this side is, or was, here.
    pub fn side_came(&self, party: Party) -> bool {
        self.side(party).any(|(_, a)| a.came())
    }

    /// Somebody of this side is in the building.
    pub fn side_in(&self, party: Party) -> bool {
        self.side(party).any(|(_, a)| a.is_in())
    }

    /// Nobody of this side came, and all who were expected are known not to come.
    pub fn side_absent(&self, party: Party) -> bool {
        !self.side_came(party)
            && self.expected(party).next().is_some()
            && self.expected(party).all(|(_, a)| matches!(a.presence(), Presence::NotComing(_) | Presence::NotAdmitted))
    }

    /// Somebody of this session must not meet somebody.
    pub fn keeps_apart(&self) -> bool {
        !self.apart.is_empty() || self.instructions.iter().any(is_do_not_meet)
    }

    /// Everyone whom this person must not meet, as far as this session's file says.
    pub fn apart_from(&self, person: PersonId) -> Vec<PersonId> {
        let mut others: Vec<PersonId> = Vec::new();
        for (one, other) in &self.apart {
            if *one == person {
                others.push(*other);
            } else if *other == person {
                others.push(*one);
            }
        }
        let own = self.member(person).filter(|m| !m.is_child());
        if let Some(own) = own.filter(|_| self.instructions.iter().any(is_do_not_meet)) {
            let across = self.plan.people.iter().filter(|m| !m.is_child() && m.party() != own.party());
            others.extend(across.map(|m| m.person));
        }
        others.sort();
        others.dedup();
        others
    }
}

fn is_do_not_meet(i: &Instruction) -> bool {
    i.blocks(Flag::DoNotMeet)
}
