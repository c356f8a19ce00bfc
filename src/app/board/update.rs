//! Keys on the board: the mark moves, a number picks, a letter finds, Enter opens.

use crate::app::action::Effect;
use crate::app::board::show_mark;
use crate::app::intent::Intent;
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::{card, find, paper};
use crate::domain::codes::Party;
use crate::domain::due::{Due, DueKind, due};
use crate::domain::ids::SessionId;
use crate::domain::next::{has_step, usual_card};

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        typed(app, digit);
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Go) => return go(app),
        Some(Intent::Quit) => return vec![Effect::Quit],
        Some(Intent::Back) if app.board.typed.is_empty() && app.paper.is_on() => paper::end(app),
        Some(Intent::Back) => {
            app.board.typed.clear();
            app.board.due = None;
        }
        Some(Intent::Next) => next_due(app, 1),
        Some(Intent::Previous) => next_due(app, -1),
        Some(intent) => moved(app, intent),
        None => {
            if let Some(c) = press.char().filter(|c| c.is_alphabetic()) {
                app.board.typed.clear();
                find::begin(app, c);
            }
        }
    }
    Vec::new()
}

/// Digits show as `No 1_` before they pick; `1 1` is No 11.
fn typed(app: &mut App, digit: u8) {
    app.board.due = None;
    if app.board.typed.is_empty() && digit == 0 {
        return;
    }
    if app.board.typed.len() >= 2 {
        app.board.typed.clear();
    }
    app.board.typed.push_str(&digit.to_string());
    if let Some(session) = picked(app) {
        app.session = Some(session);
        show_mark(app);
    }
}

/// The session of the number typed so far.
pub(super) fn picked(app: &App) -> Option<SessionId> {
    let no: u16 = app.board.typed.parse().ok()?;
    app.day()?.numbered(no).map(|s| s.plan.session)
}

fn go(app: &mut App) -> Vec<Effect> {
    if !app.board.typed.is_empty() && picked(app).is_none() {
        app.flash = Some(format!("There is no No {} today.", app.board.typed));
        app.board.typed.clear();
        return Vec::new();
    }
    app.board.typed.clear();
    let Some(session) = app.session.filter(|s| app.session_of(Some(*s)).is_some()) else { return Vec::new() };
    let party = side_for(app, session);
    app.board.due = None;
    card::open(app, session, party);
    Vec::new()
}

/// The side that Tab's Due line named, if it is not for the other to go first; else the side that brings while it has a next
/// step, else the other.
pub(super) fn side_for(app: &App, session: SessionId) -> Party {
    let usual = || usual_card(&app.register, app.day, session, &app.stamp(None));
    let has_step = |party| has_step(&app.register, app.day, session, party, &app.stamp(None));
    match app.board.due {
        Some((of, party)) if of == session && !has_step(party) && has_step(party.other()) => party.other(),
        Some((of, party)) if of == session => party,
        _ => due_now(app, session).unwrap_or_else(usual),
    }
}

/// The side that may go, or that is to bring the children back, once no child of the session is here: its card, and not
/// that of a side which would come in by Enter.
fn due_now(app: &App, session: SessionId) -> Option<Party> {
    let child_here = app.session_of(Some(session))?.children().any(|(_, a)| a.is_in());
    let lines = due(app.day()?, app.now);
    let going = |d: &Due| matches!(d.kind, DueKind::MayGo | DueKind::NotBack { .. }) && d.session == session;
    lines.into_iter().find(going).map(|d| d.party).filter(|_| !child_here)
}

/// Tab goes from Due line to Due line.
fn next_due(app: &mut App, by: isize) {
    app.board.typed.clear();
    let Some(day) = app.day() else { return };
    let lines = due(day, app.now);
    if lines.is_empty() {
        app.flash = Some("Nothing is due now.".to_owned());
        return;
    }
    let at = app.board.due.and_then(|(session, _)| lines.iter().position(|d| d.session == session));
    let count = isize::try_from(lines.len()).unwrap_or(1);
    let next = match at.and_then(|at| isize::try_from(at).ok()) {
        Some(at) => (at + by).rem_euclid(count),
        None => 0,
    };
    if let Some(line) = usize::try_from(next).ok().and_then(|n| lines.get(n)) {
        app.session = Some(line.session);
        app.board.due = Some((line.session, line.party));
        show_mark(app);
    }
}

fn moved(app: &mut App, intent: Intent) {
    app.board.typed.clear();
    app.board.due = None;
    let Some(day) = app.day() else { return };
    let last = day.sessions.len().saturating_sub(1);
    let at = day.sessions.iter().position(|s| Some(s.plan.session) == app.session).unwrap_or(0);
    let page = super::view::rows_in_view(app);
    let to = match intent {
        Intent::Up => at.saturating_sub(1),
        Intent::Down => (at + 1).min(last),
        Intent::PageUp => at.saturating_sub(page),
        Intent::PageDown => (at + page).min(last),
        Intent::First => 0,
        Intent::Last => last,
        _ => at,
    };
    app.session = day.sessions.get(to).map(|s| s.plan.session);
    show_mark(app);
}
