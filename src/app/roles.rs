//! What whoever is at the desk may do now: the footer, help and the palette show this and no more.

use crate::app::intent::Intent;
use crate::app::state::App;
use crate::app::{card, close};
use crate::domain::decide::may_do;
use crate::domain::policy::Power;

/// This person may use it, now.
pub fn may(app: &App, intent: Intent) -> bool {
    match intent {
        Intent::Minute | Intent::NextDue => app.clock.moves,
        Intent::Undo => app.can_undo().is_some(),
        Intent::Close | Intent::Sheets => app.day().is_some(),
        Intent::FromPaper => app.day().is_some() && app.who.is_some() && !app.paper.is_on(),
        Intent::Reopen => app.day().is_some_and(|d| d.is_signed()) && close::may_reopen(app),
        Intent::Today => app.date != app.today(),
        Intent::Allow => card::offered(app).is_some(),
        Intent::Cancel => app.in_hand().is_some() && has(app, Power::Cancel),
        Intent::Lock | Intent::OwnPassphrase => app.is_sealed(),
        Intent::People => app.is_sealed() && has(app, Power::People),
        Intent::Message => app.who.is_some() && app.in_hand().is_some(),
        _ => true,
    }
}

/// Whoever is at the desk has this power.
pub fn has(app: &App, power: Power) -> bool {
    app.who.is_some_and(|who| may_do(&app.register, app.day, who, power).is_ok())
}
