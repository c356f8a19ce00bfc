//! What a permission would bring about, whichever it is: contact begins only where it may (domain.md 2.1), and in
//! one-to-one contact the supervisor has the children throughout (2.4). A child can come to be with the side that visits
//! by being walked, by being given, by moving, by coming in, and by the other side doing so.

use std::collections::BTreeSet;

use crate::domain::codes::Party;
use crate::domain::day::{Attendance, Clash, Day, Presence, Session};
use crate::domain::decide::{Desk, Permission, journey, letin};
use crate::domain::event::{Carer, Draft, Entry, Readable};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    /// The drafts bring no contact about that may not be.
    pub(super) fn contact_may_be(self, drafts: &[Draft]) -> Result<(), Refusal> {
        let after = self.day.with(&self.as_entries(drafts));
        for session in &after.sessions {
            let Some(before) = self.day.session(session.id()) else { continue };
            self.call_may_be(&after, session, before)?;
            for (member, child) in session.children() {
                let Some(was) = before.of(member.person) else { continue };
                if session.with_visiting(child) && !before.with_visiting(was) {
                    self.gate(before)?;
                    self.pass(follows_in_a_pause(session, child))?;
                }
                let alone = session.without_supervisor(child).filter(|a| before.without_supervisor(was) != Some(*a));
                self.pass(alone.map_or(Ok(()), |carer| Err(refused(carer))))?;
            }
        }
        self.each_in_one_place(&after)
    }

    /// Set back, what stands in the way by now stands in the way too: contact would go on.
    pub(super) fn may_be_now(self, permission: &Permission, drafts: &[Draft]) -> Result<(), Refusal> {
        self.contact_may_be(drafts)?;
        match permission {
            Permission::LetIn { session, people, .. } => letin::not_shut(self, self.session(*session)?, people),
            Permission::TakeOut { session, .. } => {
                let session = self.session(*session)?;
                self.gate(session)?;
                self.pass(journey::lets_out(session))
            }
            Permission::Walk { children, walker, place, .. } => self.leaves_nobody(*walker, children, place),
            _ => Ok(()),
        }
    }

    /// On a call nobody meets whom they must not meet: not with who is on line, not in the room of it.
    fn call_may_be(self, after: &Day, session: &Session, before: &Session) -> Result<(), Refusal> {
        let room = &session.plan.room;
        let in_room =
            |day: &Day, person| day.sessions.iter().filter_map(|s| s.of(person)).any(|a| a.place() == Some(room));
        for (member, _) in session.adults(Party::Visits).filter(|(_, a)| a.is_on_line()) {
            let was = before.of(member.person).is_some_and(Attendance::is_on_line);
            let mut others = after.apart_from(member.person).into_iter();
            if others.any(|other| in_room(after, other) && !(was && in_room(self.day, other))) {
                self.pass(Err(Refusal::Clash(Clash::Place(room.clone()))))?;
            }
        }
        Ok(())
    }

    /// A worker comes to have children of two families in two places only by what was written before. A sister who comes
    /// later is met by the worker who has her brother.
    fn each_in_one_place(self, after: &Day) -> Result<(), Refusal> {
        for staff in after.shift() {
            let (was, is) = (places(self.day, staff), places(after, staff));
            let elsewhere = |(session, place): &(SessionId, Code)| is.iter().any(|(s, p)| s != session && p != place);
            if is.difference(&was).any(elsewhere) {
                self.pass(Err(Refusal::WorkerHasChild(staff)))?;
            }
        }
        Ok(())
    }

    /// Whoever walks these children there leaves no other child behind.
    pub(super) fn leaves_nobody(self, walker: StaffId, children: &[PersonId], place: &Code) -> Result<(), Refusal> {
        let there = |(session, child): (SessionId, PersonId)| {
            self.day.session(session).and_then(|s| s.of(child)).and_then(Attendance::place) == Some(place)
        };
        let mut has = self.day.in_care_of(Carer::Worker(walker)).into_iter();
        match has.any(|(session, child)| !children.contains(&child) && !there((session, child))) {
            true => self.pass(Err(Refusal::WorkerHasChild(walker))),
            false => Ok(()),
        }
    }

    /// As they would be written.
    pub(super) fn as_entries(self, drafts: &[Draft]) -> Vec<Entry> {
        let entry = |(n, draft): (u32, &Draft)| Entry {
            id: self.stamp.ids.nth(u32::MAX - n),
            act: self.stamp.ids.nth(u32::MAX),
            occurred_at: draft.occurred_at,
            recorded_at: self.stamp.now,
            by: crate::domain::event::By::Staff(self.stamp.by),
            desk: self.stamp.desk,
            source: crate::domain::event::Source::Desk,
            against: Vec::new(),
            day: draft.day,
            file: draft.file,
            event: Readable::Open(draft.event.clone()),
        };
        (0..).zip(drafts).map(entry).collect()
    }

    /// Whoever comes back without a child who is out with them, of any case: first of all, where is the child?
    pub(super) fn leaves_no_child_out(self, people: &[PersonId]) -> Result<(), Refusal> {
        let with_one_of_them = |a: &Attendance| match (a.presence(), a.carer()) {
            (Presence::Out(_), Some(Carer::Adult(adult))) => people.contains(&adult),
            _ => false,
        };
        let mut children = self.day.sessions.iter().flat_map(Session::children);
        let left = children.find(|(m, a)| with_one_of_them(a) && !people.contains(&m.person));
        left.map_or(Ok(()), |(m, _)| Err(Refusal::ChildOut(m.person)))
    }
}

/// While contact is paused nobody of the side that visits goes after the children.
fn follows_in_a_pause(session: &Session, child: &Attendance) -> Result<(), Refusal> {
    let paused = session.is_paused() && session.plan.kind.is_supervised() && child.is_in();
    if paused { Err(Refusal::Paused) } else { Ok(()) }
}

/// Where the children are whom a worker has here, by their sessions.
pub(super) fn places(day: &Day, staff: StaffId) -> BTreeSet<(SessionId, Code)> {
    let has = day.in_care_of(Carer::Worker(staff)).into_iter();
    has.filter_map(|(s, child)| Some((s, day.session(s)?.of(child)?.place().cloned()?))).collect()
}

/// Why a child may not be with the side that visits in the care of that adult.
fn refused(carer: Carer) -> Refusal {
    match carer {
        Carer::Adult(adult) => Refusal::NeverAlone(adult),
        Carer::Worker(staff) => Refusal::NotSupervisor(staff),
    }
}
