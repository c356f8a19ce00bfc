//! Who may be named as the supervisor of one-to-one contact without a question: whose role it is, or whom the file names.

use crate::domain::codes::{Role, Rule};
use crate::domain::day::Session;
use crate::domain::decide::Desk;
use crate::domain::ids::StaffId;
use crate::domain::policy::Power;

impl Desk<'_> {
    /// To name somebody is possible for anyone at the desk: contact does not wait. Of somebody whose role it is not, who
    /// confirms what others allow is asked at the close, unless they named them.
    pub(super) fn named_to_supervise(self, session: &Session, staff: StaffId) -> Vec<Rule> {
        let role = self.register.team.get(&staff).map(|c| c.role);
        let is_theirs = matches!(role, Some(Role::Supervisor | Role::SessionLead | Role::Coordinator));
        let on_file = session.plan.supervisor == Some(staff);
        let wants = session.plan.kind.is_supervised() && !is_theirs && !on_file;
        if wants && self.needs(Power::Confirm).is_err() { vec![Rule::Supervises] } else { Vec::new() }
    }
}
