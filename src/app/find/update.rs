//! Keys while finding.

use crate::app::action::Effect;
use crate::app::card;
use crate::app::find::{found, meant_for, on_file};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::state::App;
use crate::app::update::Press;
use crate::domain::codes::Party;
use crate::domain::find::Found;
use crate::domain::text::{NAME, allowed};

/// The first letter.
pub fn begin(app: &mut App, c: char) {
    app.find.clear();
    app.find.note = app.tell.last.filter(|_| app.guard.after_tell);
    app.find.typed.push(c);
    on_file::refresh(app);
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => back(app),
        (Some(Intent::Go), _) => return go(app),
        (Some(Intent::Up | Intent::Previous), _) => moved(app, -1),
        (Some(Intent::Down | Intent::Next), _) => moved(app, 1),
        (_, Key::Backspace) => {
            app.find.typed.pop();
            relist(app);
        }
        (_, Key::Char(c)) if c.is_ascii_digit() && meant_for(app).is_none() => chosen_by_no(app, c),
        (_, Key::Char(c)) => more(app, c),
        _ => {}
    }
    Vec::new()
}

/// Text was pasted: its first line, as far as a name goes.
pub fn pasted(app: &mut App, text: &str) {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(NAME).for_each(|c| more(app, c));
}

fn more(app: &mut App, c: char) {
    if !allowed(c) {
        return;
    }
    if app.find.typed.chars().count() >= NAME {
        app.flash = Some("No name is longer. What is typed now is not kept.".to_owned());
        return;
    }
    app.find.typed.push(c);
    relist(app);
}

fn relist(app: &mut App) {
    app.find.in_list = false;
    app.find.mark = None;
    app.find.no.clear();
    on_file::refresh(app);
}

/// One step back: out of the list, then out of find.
fn back(app: &mut App) {
    if app.find.in_list {
        return relist(app);
    }
    if meant_for(app).is_some() {
        app.flash = Some("What was typed stood in find and is not kept. The note is: ! shows it.".to_owned());
    }
    app.find.clear();
}

fn go(app: &mut App) -> Vec<Effect> {
    let all = found(app);
    let mut people: Vec<_> = all.iter().map(|f| (f.session, f.person)).collect();
    people.dedup();
    if let Some(hit) = app.find.mark.and_then(|m| m.checked_sub(all.len())) {
        if let Some(hit) = on_file::not_today(app).get(hit).map(|hit| (*hit).clone()) {
            return on_file::ask(app, hit);
        }
        return Vec::new();
    }
    match (all.as_slice(), app.find.mark.and_then(|m| all.get(m)).copied()) {
        ([], _) => {}
        ([only], _) => open(app, *only),
        (_, Some(marked)) => open(app, marked),
        _ => app.find.in_list = true,
    }
    Vec::new()
}

fn open(app: &mut App, who: Found) {
    let Some(session) = app.session_of(Some(who.session)) else { return };
    let party = session.member(who.person).map_or(Party::Brings, |m| m.party());
    app.find.clear();
    card::open(app, who.session, party);
}

fn moved(app: &mut App, by: isize) {
    let count = found(app).len() + on_file::not_today(app).len();
    if count == 0 {
        return;
    }
    let last = count - 1;
    app.find.in_list = true;
    app.find.no.clear();
    app.find.mark = Some(match (app.find.mark, by) {
        (None, 1) => 0,
        (None, _) => last,
        (Some(at), 1) => (at + 1).min(last),
        (Some(at), _) => at.saturating_sub(1),
    });
}

/// In the list the No chooses: the first person of that session.
fn chosen_by_no(app: &mut App, digit: char) {
    app.find.in_list = true;
    if app.find.no.len() >= 2 {
        app.find.no.clear();
    }
    app.find.no.push(digit);
    let no: Option<u16> = app.find.no.parse().ok();
    app.find.mark = found(app).iter().position(|f| Some(f.no) == no);
}
