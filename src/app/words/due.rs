//! The Due lines.

use crate::app::state::App;
use crate::app::words::{coordinator, hm};
use crate::domain::due::{Due, DueKind, Ring};

/// What is due, without the number of the session.
pub fn due(app: &App, due: &Due) -> String {
    let read_first = app.session_of(Some(due.session)).is_some_and(|s| s.must_read());
    if read_first && due.kind != DueKind::Clear && !app.staff_view() {
        // Neither parent may read here that the other has come, or has not.
        return "something to do: see the card".to_owned();
    }
    if matches!(due.kind, DueKind::TenMinutes | DueKind::Paused { .. } | DueKind::TellWorker) && !app.staff_view() {
        // What kind of contact it is, is not for a lobby.
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
        DueKind::NotCollected { minutes, ring: Ring::NotYet } => {
            format!("not collected, {minutes} min: somebody answered")
        }
        DueKind::NotCollected { minutes, ring } => format!("not collected, {minutes} min: {}", rings(app, *ring)),
        DueKind::NotBack { minutes: 0, .. } => "due back now".to_owned(),
        DueKind::NotBack { minutes, ring: Ring::NotYet } => format!("due back {minutes} min ago"),
        DueKind::NotBack { minutes, ring } => format!("not back, {minutes} min: {}", rings(app, *ring)),
        DueKind::Gate => format!("something first: see the card, tell {}", coordinator(app)),
        DueKind::TenMinutes => "ten minutes left: say so".to_owned(),
        DueKind::Paused { minutes } => format!("paused {minutes} minutes"),
        DueKind::TellWorker => "the social worker must be told".to_owned(),
        DueKind::MayGo => "one side may go now".to_owned(),
        DueKind::Tell => "the other side must be told".to_owned(),
    }
}

/// A handover: nobody is walked over.
fn goes_out(app: &App, due: &Due) -> bool {
    app.session_of(Some(due.session)).is_some_and(|s| s.manner().goes_out)
}

/// Who is to be rung next: a number of the card, in order, then the duty team.
fn rings(app: &App, ring: Ring) -> String {
    let ruth = coordinator(app);
    match ring {
        Ring::NotYet => format!("tell {ruth}"),
        Ring::Number(1, _) => format!("ring 1st number, tell {ruth}"),
        Ring::Number(2, _) => "ring 2nd number".to_owned(),
        Ring::Number(3, _) => "ring 3rd number".to_owned(),
        Ring::Number(n, _) => format!("ring {n}th number"),
        Ring::DutyTeam => format!("{ruth} rings the duty team"),
    }
}
