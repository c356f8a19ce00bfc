//! The day as a whole: its frame, the desk, the team, anyone else, counts and signatures.

use super::Line;
use crate::domain::codes::Moment;
use crate::domain::day::{Day, Session, Shut, Spell, Visitor};
use crate::domain::event::{DayEvent, Expected};
use crate::domain::ids::StaffId;
use crate::domain::policy::Code;

impl Day {
    pub(super) fn apply_day(&mut self, event: &DayEvent, line: Line<'_>) {
        match event {
            DayEvent::Opened { date, .. } => {
                self.date = *date;
                self.opened = Some(line.at);
            }
            DayEvent::SessionExpected(plan) => self.expect(plan),
            DayEvent::DeskTaken { staff } => {
                self.desks.insert(line.entry.desk, *staff);
            }
            DayEvent::StaffCame { staff, place } => self.staff_came(*staff, place.clone(), line.at),
            DayEvent::StaffWent { staff } => {
                if let Some(spell) = self.team.get_mut(staff).and_then(|s| s.last_mut()) {
                    spell.went.get_or_insert(line.at);
                }
            }
            DayEvent::VisitorCame { visitor, name, what, place, session } => {
                let spell = Spell { came: line.at, place: Some(place.clone()), went: None };
                let (name, what) = (name.clone(), what.clone());
                self.visitors.insert(*visitor, Visitor { name, what, spell, session: *session });
            }
            DayEvent::VisitorWent { visitor } => {
                if let Some(visitor) = self.visitors.get_mut(visitor) {
                    visitor.spell.went.get_or_insert(line.at);
                }
            }
            DayEvent::MusterHeld { seen, of, seconds } => self.musters.push((line.at, *seen, *of, *seconds)),
            DayEvent::Counted(counted) => self.counted = Some((line.at, *counted)),
            DayEvent::Signed(signed) => {
                self.signatures.push((line.at, signed.clone()));
                self.reopened = false;
            }
            DayEvent::Reopened { .. } => self.reopened = true,
            DayEvent::Resumed { minutes, inside, so } => {
                self.shut.push(Shut { at: line.at, minutes: *minutes, inside: *inside, so: *so });
            }
        }
    }

    fn expect(&mut self, plan: &Expected) {
        if self.session(plan.session).is_none() {
            self.sessions.push(Session::new(plan.clone()));
            self.sessions.sort_by_key(|s| s.plan.no);
        }
    }

    fn staff_came(&mut self, staff: StaffId, place: Option<Code>, at: Moment) {
        let spells = self.team.entry(staff).or_default();
        match spells.last_mut().filter(|s| s.went.is_none()) {
            // On shift already: where they are now.
            Some(spell) => spell.place = place.or(spell.place.take()),
            None => spells.push(Spell { came: at, place, went: None }),
        }
    }
}
