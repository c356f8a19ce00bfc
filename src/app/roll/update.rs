//! Keys of the roll: the mark, who is seen, printing, the end of a muster.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::roll::people::{Person, groups};
use crate::app::roll::{State, places, view};
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::day::Who;
use crate::domain::decide::{Command, DayAct};

/// Rows that a page key moves by.
const PAGE: usize = 10;

/// Opens the roll, on the hidden screen too. A muster that has not ended goes on.
pub fn open(app: &mut App) {
    app.hidden = false;
    app.over = None;
    app.view = View::Roll;
    app.roll.places = false;
    let musters = app.day().map_or(0, |d| d.musters.len());
    if app.roll.opened.is_none() || app.roll.seen.is_empty() || musters != app.roll.musters {
        app.roll = State { opened: Some(app.since_start), musters, ..State::default() };
    }
    if mark(app).is_none() {
        app.roll.mark = next_unseen(app);
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.roll.places {
        return places::update(app, &press);
    }
    let order = order(app);
    let ending = std::mem::take(&mut app.roll.ending);
    match press.intent {
        Some(Intent::Back) if ending => {}
        Some(Intent::Back) => leave(app),
        Some(Intent::Go) if ending => return end(app),
        Some(Intent::Go) => go(app),
        Some(Intent::Next) => app.roll.mark = next_unseen(app),
        Some(Intent::Down) => step(app, &order, |at| at + 1),
        Some(Intent::Up) => step(app, &order, |at| at.saturating_sub(1)),
        Some(Intent::Previous) => step(app, &order, |at| at.saturating_sub(1)),
        Some(Intent::PageDown) => step(app, &order, |at| at + PAGE),
        Some(Intent::PageUp) => step(app, &order, |at| at.saturating_sub(PAGE)),
        Some(Intent::First) => step(app, &order, |_| 0),
        Some(Intent::Last) => step(app, &order, |_| usize::MAX),
        Some(Intent::Print) => {
            app.flash = Some("The roll is written for the printer.".to_owned());
            return vec![Effect::PrintRoll(view::printed(app))];
        }
        Some(Intent::EndMuster) => app.roll.ending = true,
        Some(Intent::Place) => places::ask(app),
        _ => match press.key {
            Key::Left | Key::Right => across(app),
            Key::Char(c) if !c.is_ascii_digit() => app.guard.stray = true,
            _ => {}
        },
    }
    Vec::new()
}

/// Everyone, in the order of the screen.
pub(super) fn order(app: &App) -> Vec<Who> {
    groups(app).iter().flat_map(|g| &g.people).map(|p| p.who).collect()
}

/// The person in hand, if still in the building.
pub(super) fn mark(app: &App) -> Option<Who> {
    app.roll.mark.filter(|mark| order(app).contains(mark))
}

/// The person in hand, with name and place.
pub(super) fn marked(app: &App) -> Option<Person> {
    let mark = app.roll.mark?;
    groups(app).into_iter().flat_map(|g| g.people).find(|p| p.who == mark)
}

/// Those of the roll who have been seen.
pub(super) fn seen(app: &App) -> usize {
    order(app).iter().filter(|who| app.roll.seen.contains(who)).count()
}

fn next_unseen(app: &App) -> Option<Who> {
    let order = order(app);
    let at = app.roll.mark.and_then(|mark| order.iter().position(|w| *w == mark)).map_or(0, |at| at + 1);
    let (before, after) = order.split_at(at.min(order.len()));
    after.iter().chain(before).find(|who| !app.roll.seen.contains(who)).copied()
}

fn go(app: &mut App) {
    if app.guard.stray || app.guard.spent {
        return;
    }
    let Some(mark) = mark(app) else { return };
    if app.roll.seen.remove(&mark) {
        return;
    }
    app.roll.seen.insert(mark);
    app.roll.mark = next_unseen(app);
}

fn step(app: &mut App, order: &[Who], to: impl Fn(usize) -> usize) {
    let at = app.roll.mark.and_then(|mark| order.iter().position(|w| *w == mark));
    let at = at.map_or(0, to).min(order.len().saturating_sub(1));
    app.roll.mark = order.get(at).copied();
}

/// To the same row of the other muster point.
fn across(app: &mut App) {
    let groups = groups(app);
    let (left, right): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.point == 0);
    let people = |side: Vec<crate::app::roll::people::Group>| -> Vec<Who> {
        side.into_iter().flat_map(|g| g.people).map(|p| p.who).collect()
    };
    let (left, right) = (people(left), people(right));
    let at = |side: &[Who]| app.roll.mark.and_then(|mark| side.iter().position(|w| *w == mark));
    let (row, other) = match (at(&left), at(&right)) {
        (Some(row), _) => (row, &right),
        (None, Some(row)) => (row, &left),
        (None, None) => (0, if left.is_empty() { &right } else { &left }),
    };
    if let Some(who) = other.get(row.min(other.len().saturating_sub(1))) {
        app.roll.mark = Some(*who);
    }
}

fn leave(app: &mut App) {
    if app.who.is_none() { app.view = View::Start } else { app.to_board() }
}

/// The end of a muster is an entry: how many were seen, of how many, how long it took.
fn end(app: &mut App) -> Vec<Effect> {
    if app.guard.stray {
        return Vec::new();
    }
    app.guard.spent = true;
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let took = app.since_start.saturating_sub(app.roll.opened.unwrap_or(app.since_start));
    let seconds = u32::try_from(took.as_secs()).unwrap_or(u32::MAX);
    let act = DayAct::Muster { seen: count(seen(app)), of: count(order(app).len()), seconds };
    let then = if app.who.is_none() { Then::Stay } else { Then::Board };
    app.write(&Command::Day(act), None, then)
}
