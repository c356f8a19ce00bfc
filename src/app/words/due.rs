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
        DueKind::WalkOver => "walk over now".to_owned(),
        DueKind::End => format!("ends now, {}", hm(due.at)),
        DueKind::NobodyHas => "who has the children? k stays here".to_owned(),
        DueKind::NotCollected { minutes } => {
            format!("not collected, {minutes} min: ring 1st number, tell {}", coordinator(app))
        }
        DueKind::MayGo => "one side may go now".to_owned(),
        DueKind::Tell => "the other side must be told".to_owned(),
    }
}
