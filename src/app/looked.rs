//! That somebody looked into a case file is an entry: what counts as a look, and when it is another one.
//!
//! A look is a page that shows what a file holds beyond today's work: what changes on file (`i`), a note or message of the
//! family read on the coordinator's list, when somebody who is not of today is next expected. The board and the cards are
//! today's work, and no look.

use std::time::Duration;

use crate::app::action::Effect;
use crate::app::state::App;
use crate::domain::day::Day;
use crate::domain::event::{CentreEvent, Entry, Event};
use crate::domain::ids::{CaseId, DayId, StaffId};
use crate::domain::past::Want;
use crate::domain::policy::Power;

/// The same person in the same file again within this time is the same look: somebody who works in a file comes back to it.
const AGAIN: Duration = Duration::from_secs(15 * 60);

/// Who looked into which file, and when it was last written.
#[derive(Debug, Clone, Default)]
pub struct State {
    last: Vec<(StaffId, CaseId, Duration)>,
}

/// Somebody looks into a file: it is written beside, and no key waits for it. Of a register that nobody has a key of it
/// is not known who looks.
pub(super) fn look(app: &mut App, case: CaseId) -> Vec<Effect> {
    let Some(who) = app.who.filter(|_| app.is_sealed()) else { return Vec::new() };
    let now = app.since_start;
    app.asked.looked.last.retain(|(.., at)| now.saturating_sub(*at) < AGAIN);
    if app.asked.looked.last.iter().any(|(staff, of, _)| (*staff, *of) == (who, case)) {
        return Vec::new();
    }
    app.asked.looked.last.push((who, case, now));
    vec![Effect::Viewed { case, day: app.day_of_use() }]
}

impl App {
    /// The day that what is done with the register now belongs to: today's if it is open, else the one in hand.
    pub fn day_of_use(&self) -> Option<DayId> {
        let open = |day: &&Day| day.opened.is_some();
        let today = self.register.days.get(&self.register.day_id(self.today())).filter(open);
        today.or_else(|| self.day()).map(|day| day.id)
    }

    /// What was done with the register stands in it: it is nobody's act at the door, and nothing was saved by a key.
    pub(super) fn written_beside(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            self.asked.looked = State::default();
        }
        if !self.is_locked() {
            entries.iter().for_each(|entry| self.register.fold(entry));
        }
    }
}

/// May who is at the desk read that it was done? Whoever may take out the log, which says so too; and whoever did it.
pub(super) fn may_read(app: &App, entry: &Entry) -> bool {
    let Some(who) = app.who else { return false };
    entry.by == crate::domain::event::By::Staff(who) || app.policy().may(app.register.role(who), Power::Export)
}

/// The files that the day's log names and that are not of its families.
pub(super) fn asks_for(app: &App) -> Vec<Want> {
    let Some(day) = app.day() else { return Vec::new() };
    let of_day = |case: &CaseId| day.sessions.iter().any(|session| session.plan.case == *case);
    let viewed = day.entries.iter().filter(|entry| may_read(app, entry)).filter_map(|entry| match entry.event.open() {
        Some(Event::Centre(CentreEvent::Viewed { case })) => Some(*case),
        _ => None,
    });
    viewed.filter(|case| !of_day(case)).map(Want::Case).collect()
}
