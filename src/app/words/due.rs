//! The Due lines.

use crate::app::state::App;
use crate::app::words::{coordinator, hm};
use crate::domain::due::{Due, DueKind};

/// What is due, without the number of the session.
pub fn due(app: &App, due: &Due) -> String {
    let read_first = app.session_of(Some(due.session)).is_some_and(|s| s.must_read());
    if read_first && due.kind != DueKind::Clear && !app.staff_view() {
        // Neither parent may read here that the other has come, or has not.
        return "something to do: see the card".to_owned();
    }
    match &due.kind {
        DueKind::Late { minutes, rang: true, .. } => format!("{minutes} minutes late, rang: on the way"),
        DueKind::Late { minutes, ring: true, .. } => format!("{minutes} minutes late, no word: ring them"),
        DueKind::Late { minutes: 1, .. } => "1 minute late, no word yet".to_owned(),
        DueKind::Late { minutes, .. } => format!("{minutes} minutes late, no word yet"),
        DueKind::Clear => format!("the way in is clear from {}", hm(due.at)),
        DueKind::WalkOver if goes_out(app, due) => "time to go out".to_owned(),
        DueKind::WalkOver => "walk over now".to_owned(),
        DueKind::End => format!("ends now, {}", hm(due.at)),
        DueKind::NobodyHas => "who has the children? k stays here".to_owned(),
        DueKind::NotCollected { minutes } => {
            format!("not collected, {minutes} min: {}, tell {}", ring_next(app, due, *minutes), coordinator(app))
        }
        DueKind::MayGo => "one side may go now".to_owned(),
        DueKind::Tell => "the other side must be told".to_owned(),
    }
}

/// A handover: nobody is walked over.
fn goes_out(app: &App, due: &Due) -> bool {
    app.session_of(Some(due.session)).is_some_and(|s| s.manner().goes_out)
}

/// `ring 1st number`, and on from the last that was rung; after so many minutes the duty team.
fn ring_next(app: &App, due: &Due, minutes: i64) -> String {
    if minutes >= i64::from(app.policy().escalate_min) {
        return "ring the duty team".to_owned();
    }
    let rung = app.session_of(Some(due.session)).map_or(0, |s| s.calls.iter().filter(|c| c.at >= due.at).count());
    match rung {
        0 => "ring 1st number".to_owned(),
        1 => "ring 2nd number".to_owned(),
        2 => "ring 3rd number".to_owned(),
        _ => "ring on".to_owned(),
    }
}
