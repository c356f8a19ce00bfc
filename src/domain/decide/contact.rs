//! What a permission would bring about, whichever it is: contact begins only where it may (domain.md 2.1), and in
//! one-to-one contact the supervisor has the children throughout (2.4). A child can come to be with the side that visits
//! by being walked, by being given, by moving, by coming in, and by the other side doing so.

use crate::domain::day::{Attendance, Presence, Session};
use crate::domain::decide::Desk;
use crate::domain::event::{Carer, Draft, Entry, Readable};
use crate::domain::ids::PersonId;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    /// The drafts bring no contact about that may not be.
    pub(super) fn contact_may_be(self, drafts: &[Draft]) -> Result<(), Refusal> {
        let after = self.day.with(&self.as_entries(drafts));
        for session in &after.sessions {
            let Some(before) = self.day.session(session.id()) else { continue };
            for (member, child) in session.children() {
                let Some(was) = before.of(member.person) else { continue };
                if session.with_visiting(child) && !before.with_visiting(was) {
                    self.pass(self.gate(before))?;
                }
                let alone = session.without_supervisor(child).filter(|a| before.without_supervisor(was) != Some(*a));
                self.pass(alone.map_or(Ok(()), |carer| Err(refused(carer))))?;
            }
        }
        Ok(())
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

/// Why a child may not be with the side that visits in the care of that adult.
fn refused(carer: Carer) -> Refusal {
    match carer {
        Carer::Adult(adult) => Refusal::NeverAlone(adult),
        Carer::Worker(staff) => Refusal::NotSupervisor(staff),
    }
}
