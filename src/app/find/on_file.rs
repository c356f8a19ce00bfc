//! Anybody on file: who is not of today's families, in staff view, and when they are next expected.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::app::action::Effect;
use crate::app::find::found;
use crate::app::looked;
use crate::app::state::App;
use crate::app::words;
use crate::domain::case::CaseFile;
use crate::domain::find::OnFile;
use crate::domain::ids::PersonId;

/// People of other days that are shown at once, beside today's.
const SHOWN: usize = 6;
/// How far ahead a next session is looked for.
const AHEAD: u64 = 366;

/// Other letters are typed: who on file has names that begin so.
pub(super) fn refresh(app: &mut App) {
    app.find.asked = None;
    app.find.on_file = match &app.asked.names {
        Some(names) => names.find(&app.find.typed, SHOWN + found(app).len()),
        None => Default::default(),
    };
}

/// Those of them who are not of today's families. In lobby view nobody: their names are not for whoever stands there.
pub(super) fn not_today(app: &App) -> Vec<&OnFile> {
    if !app.staff_view() {
        return Vec::new();
    }
    let today: BTreeSet<PersonId> =
        app.day().into_iter().flat_map(|d| &d.sessions).flat_map(|s| s.all()).map(|(m, _)| m.person).collect();
    app.find.on_file.first.iter().filter(|hit| !today.contains(&hit.person)).take(SHOWN).collect()
}

/// When is this person next expected? Said at once, or when their file has been read: either way it is a look into it.
pub(super) fn ask(app: &mut App, hit: OnFile) -> Vec<Effect> {
    let effects = looked::look(app, hit.case);
    app.find.asked = Some(hit);
    says(app);
    effects
}

/// The file of who was asked about is here.
pub(in crate::app) fn says(app: &mut App) {
    let Some(hit) = &app.find.asked else { return };
    let Some(file) = app.register.cases.get(&hit.case) else { return };
    let not_today = format!("{} is not expected today", hit.shown);
    app.flash = Some(match next(file, app.date) {
        Some((date, start)) => format!("{not_today}; next on {}, {}.", words::long_date(date), words::plan(start)),
        None => format!("{not_today}, and no session is booked. F8 tells {}.", words::coordinator(app)),
    });
    app.find.asked = None;
}

/// The next session that a file's bookings expect after a date.
fn next(file: &CaseFile, date: NaiveDate) -> Option<(NaiveDate, NaiveTime)> {
    let later = (1..=AHEAD).filter_map(|days| date.checked_add_days(Days::new(days)));
    later.filter(|date| file.is_open_on(*date)).find_map(|date| {
        let falls = file.patterns.values().filter(|pattern| pattern.falls_on(date));
        falls.map(|pattern| pattern.start).min().map(|start| (date, start))
    })
}
