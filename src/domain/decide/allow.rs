//! One act that somebody with the power allows past the rules.
//!
//! Every rule is run again. An allowance waives the rules that its giver may waive, for this one act, and no other; who
//! was let in by one goes out without another.

use std::collections::BTreeSet;

use crate::domain::codes::{How, Moment, Rule};
use crate::domain::day::{Day, Move, Whereabouts};
use crate::domain::decide::{Allowance, Desk, Fact, Permission, Record, Stamp};
use crate::domain::event::{Basis, DoorEvent, Draft, OutFor};
use crate::domain::ids::{DayId, PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;

/// What stands in the way of a permission, where somebody with the power may allow it all the same. Empty: nothing
/// stands in the way, or nobody may allow it.
pub fn in_the_way(register: &Register, day: DayId, permission: &Permission, stamp: &Stamp) -> Vec<Refusal> {
    let Some(day) = register.days.get(&day).filter(|_| stamp.at <= stamp.now) else { return Vec::new() };
    let desk = Desk { register, day, stamp, waived: &BTreeSet::new(), allowed: &[] };
    desk.can_be_allowed(permission)
        .and_then(|_| desk.waiving(permission, |_| Ok(())))
        .map_or_else(|_| Vec::new(), |(_, waived)| waived)
}

/// May this person allow what stands in the way: has their role each of the powers?
pub fn may_allow(register: &Register, day: DayId, in_the_way: &[Refusal], staff: StaffId) -> bool {
    let Some(day) = register.days.get(&day) else { return false };
    let role = register.team.get(&staff).filter(|c| !c.left).map(|c| c.role);
    let may = |refusal: &Refusal| refusal.power().zip(role).is_some_and(|(power, role)| day.policy.may(role, power));
    in_the_way.iter().all(may)
}

impl Desk<'_> {
    pub(super) fn allowed(self, asked: &Allowance) -> Result<Vec<Draft>, Refusal> {
        let session = self.can_be_allowed(&asked.permission)?;
        if !self.day.policy.allowed.iter().any(|r| r.code == asked.why && !r.retired) {
            return Err(Refusal::NoReason);
        }
        let (drafts, waived) = self.waiving(&asked.permission, |refusal| self.may_waive(asked, refusal))?;
        let rules: BTreeSet<Rule> = waived.iter().filter_map(Refusal::rule).collect();
        if rules.is_empty() {
            return Err(Refusal::NotToAllow);
        }
        let session = self.session(session)?;
        let (rules, by, how, why) = (rules.into_iter().collect(), asked.by, asked.how, asked.why.clone());
        let at = drafts.iter().map(|d| d.occurred_at).min().unwrap_or(self.stamp.at);
        let mut all = vec![self.door(session, at, DoorEvent::Allowed { session: session.id(), rules, by, how, why })];
        all.extend(drafts);
        Ok(all)
    }

    /// The session of a permission that somebody may allow at all: never a one-off collector by a name.
    fn can_be_allowed(self, permission: &Permission) -> Result<SessionId, Refusal> {
        if let Permission::HandOver { basis: Basis::Verified { .. }, .. } = permission {
            return Err(Refusal::NeverByName);
        }
        permission.session().ok_or(Refusal::NotToAllow)
    }

    /// Asks again, past one refusal more each time, until nothing stands in the way: what is written, and what was waived.
    fn waiving(
        self,
        permission: &Permission,
        may: impl Fn(&Refusal) -> Result<(), Refusal>,
    ) -> Result<(Vec<Draft>, Vec<Refusal>), Refusal> {
        let mut refusals: Vec<Refusal> = Vec::new();
        loop {
            match (Desk { allowed: &refusals, ..self }).may(permission) {
                Ok(drafts) => return Ok((drafts, refusals)),
                Err(refusal) => {
                    refusal.power().ok_or(refusal.clone())?;
                    may(&refusal)?;
                    if refusals.contains(&refusal) {
                        return Err(refusal);
                    }
                    refusals.push(refusal);
                }
            }
        }
    }

    /// This person may waive it, and was here at the time if they are said to have been.
    fn may_waive(self, asked: &Allowance, refusal: &Refusal) -> Result<(), Refusal> {
        if !may_allow(self.register, self.day.id, std::slice::from_ref(refusal), asked.by) {
            return Err(Refusal::MayNotAllow(asked.by));
        }
        let was_here = || match self.stamp.at < self.stamp.now {
            true => self.day.as_at(self.stamp.at).on_shift(asked.by),
            false => self.day.on_shift(asked.by),
        };
        if asked.how != How::Said && !was_here() { Err(Refusal::NotOnShift(asked.by)) } else { Ok(()) }
    }

    /// A check that may have been waived.
    pub(super) fn pass(self, check: Result<(), Refusal>) -> Result<(), Refusal> {
        match check {
            Err(refusal) if refusal.rule().is_some_and(|rule| self.waived.contains(&rule)) => Ok(()),
            Err(refusal) if self.allowed.contains(&refusal) => Ok(()),
            other => other,
        }
    }

    /// Is the way out free? Who was let in although somebody had passed, or was there, is not kept in for the same.
    pub(super) fn way_out(self, whole: &Day, people: &[PersonId], at: Moment, door: &Code) -> Result<(), Refusal> {
        let asked: Vec<PersonId> = people.iter().copied().filter(|p| !is_met_already(whole, *p, at, door)).collect();
        self.all_free(whole, &asked, at, None, Some(door))
    }
}

/// Somebody who came in by an allowance meets nobody anew on the way out: those whom they must not meet are in the same
/// place with them as it is, or passed the door before they themselves came in by it.
fn is_met_already(day: &Day, person: PersonId, at: Moment, door: &Code) -> bool {
    let moves = day.moves_of(person);
    let is_coming = |m: &&&Move| m.door.is_some() && matches!(m.to, Whereabouts::In(_)) && m.at <= at;
    let Some(came) = moves.iter().rev().find(is_coming) else { return false };
    let act = day.entries.iter().find(|e| e.id == came.entry).map(|e| e.act);
    if !day.overrides.iter().any(|o| Some(o.act) == act && o.rules.contains(&Rule::KeepApart)) {
        return false;
    }
    let through = day.leads_to(door).unwrap_or(door);
    let here = moves.iter().rev().find(|m| m.at <= at).map(|m| &m.to);
    let together = matches!(here, Some(Whereabouts::In(place)) if place == through);
    let anew = |other: PersonId| {
        let apart = day.apart_min(person, other);
        let passes = day.passes_of(other);
        let near = passes.iter().any(|(theirs, then)| *theirs == door && *then > came.at && (*then - at).abs() < apart);
        let inside = day.stays_of(other).into_iter().any(|(place, from, to)| {
            place == through && from <= at && to.is_none_or(|to| at < to) && (!together || from > came.at)
        });
        near || inside
    };
    !day.apart_from(person).into_iter().any(anew)
}

impl Permission {
    /// The session that it is about.
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Self::LetIn { session, .. }
            | Self::Walk { session, .. }
            | Self::Move { session, .. }
            | Self::GoOut { session, .. }
            | Self::HandOver { session, .. }
            | Self::LetGo { session, .. }
            | Self::Give { session, .. }
            | Self::TakeOut { session, .. }
            | Self::Resume { session }
            | Self::Connect { session, .. }
            | Self::Cancel { session, .. } => Some(*session),
            Self::StaffOut { .. } => None,
        }
    }

    /// The same as facts: what it is if it has happened.
    pub fn as_facts(&self) -> Vec<Fact> {
        match self.clone() {
            Self::LetIn { session, people, door, place, .. } => {
                let came = |person| Fact::WalkedIn { session, person, door: door.clone(), place: place.clone() };
                people.into_iter().map(came).collect()
            }
            Self::Walk { session, children, walker, place, into } => {
                vec![Fact::Walked { session, children, walker, place, into }]
            }
            Self::GoOut { session, people, door } => {
                vec![Fact::WentOut { session, people, door, out: OutFor::Reachable }]
            }
            Self::HandOver { session, children, basis: Basis::Listed(by), door, .. } => {
                children.into_iter().map(|child| Fact::Collected { session, child, by, door: door.clone() }).collect()
            }
            Self::HandOver { session, children, basis: Basis::TakenWithoutUs { by }, door, .. } => {
                vec![Fact::Taken { session, children, by, door }]
            }
            Self::HandOver { session, children, basis, door, .. } => {
                vec![Fact::HandedOver { session, children, basis, door }]
            }
            Self::LetGo { session, people, door } => {
                let left = |person| Fact::Left { session, person, door: door.clone(), seen: true };
                people.into_iter().map(left).collect()
            }
            Self::TakeOut { session, children, adult, journey, door } => {
                let (until, to, number, worker) = (journey.until, journey.to, journey.number, journey.worker);
                let out = OutFor::WithVisiting { adult, until, to, number, worker };
                let people = children.into_iter().chain([adult]).collect();
                vec![Fact::WentOut { session, people, door, out }]
            }
            Self::Give { session, children, carer } => vec![Fact::Given { session, children, carer }],
            Self::Move { session, people, place } => vec![Fact::Moved { session, people, place }],
            Self::Resume { session } => vec![Fact::WentOn { session }],
            Self::Connect { session, person } => vec![Fact::Joined { session, person }],
            Self::Cancel { .. } | Self::StaffOut { .. } => Vec::new(),
        }
    }
}

impl Record {
    /// It can only be while people are here: not after the day was signed.
    pub(super) fn is_of_the_moment(&self) -> bool {
        matches!(
            self,
            Self::EndEarly { .. }
                | Self::Keep { .. }
                | Self::Pause { .. }
                | Self::TenMinutes { .. }
                | Self::Supervisor { .. }
                | Self::Disconnect { .. }
                | Self::KeepThing { .. }
        )
    }

    /// It says who was here, or whether a child took part: after the signature that is a question. Why somebody did not
    /// come, who was told and what was given back are not.
    pub(super) fn is_of_who_was_here(&self) -> bool {
        matches!(self, Self::NotAdmit { .. } | Self::Unlisted { .. } | Self::NoPart { .. })
    }

    /// It is about how contact goes (`course`), or about the desk (`desk`); else about who comes and goes.
    pub(super) fn is_of_course(&self) -> bool {
        matches!(
            self,
            Self::Supervisor { .. }
                | Self::Pause { .. }
                | Self::TenMinutes { .. }
                | Self::Owe { .. }
                | Self::Report { .. }
                | Self::Disconnect { .. }
        )
    }
}
