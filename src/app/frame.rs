//! What every screen has: head, watermark, the guard's word in the Enter line.

use crate::app::intent::Intent;
use crate::app::keymap::{Mode, key_of};
use crate::app::roles;
use crate::app::screen::{Enter, Hint, Screen};
use crate::app::state::App;
use crate::app::words;

/// Fills in what every screen has.
pub fn finish(app: &App, mut screen: Screen) -> Screen {
    if app.is_practice() {
        let clock = if app.clock.moves { "   Ctrl-T a minute   Ctrl-N next due" } else { "" };
        // A locked one has not been read: what it was made with is not known.
        let mark = app.register.practice_mark().unwrap_or("PRACTICE   not a real register");
        screen.watermark = Some(format!("{mark}{clock}"));
    }
    if let Some(mark) = screen.head.get_mut(1).filter(|m| m.is_empty()) {
        *mark = words::hm(app.now);
    }
    if app.hidden {
        return screen;
    }
    if let Some(desk) = screen.head.get_mut(2).filter(|d| d.is_empty()) {
        *desk = at_the_desk(app);
    }
    if let Some(line) = app.paper.next_line()
        && let Some(desk) = screen.head.get_mut(2)
    {
        let name = app.who.map(|who| app.register.staff_name(who)).unwrap_or_default();
        *desk = format!("From paper, line {line}   {name}");
    }
    if app.flight.is_some() {
        screen.status = ["Saving …".to_owned(), String::new()];
    } else if let Some(says) = app.flash.as_ref().or(app.asked.trouble.as_ref()) {
        screen.status = [says.clone(), String::new()];
    } else if let Some(says) = app.clock.says(app.since_start) {
        screen.status = [says.to_owned(), String::new()];
    }
    if app.guard.stray {
        screen.enter = wait("That does nothing here. Esc, then type the name on the board.");
    }
    screen
}

/// Who is at the desk.
pub fn at_the_desk(app: &App) -> String {
    let view = if app.staff_view() { "staff view   " } else { "" };
    app.who.map(|who| format!("{view}{} at the desk", app.register.staff_name(who))).unwrap_or_default()
}

/// `Enter` and what it does.
pub fn enter(says: impl Into<String>) -> Enter {
    Enter { label: "Enter".to_owned(), says: words::capital_kept(says.into()), field: None }
}

/// `Wait` and the way out.
pub fn wait(says: impl Into<String>) -> Enter {
    Enter { label: "Wait".to_owned(), says: says.into(), field: None }
}

/// A hint of the footer, from the table that acts.
pub fn hint(mode: Mode, intent: Intent) -> Option<Hint> {
    let key = key_of(mode, intent)?;
    Some(Hint::new(key.to_string(), intent.does()))
}

/// The hints of the footer, from the table that acts; help is the last.
pub fn footer(app: &App, first: &[Hint], intents: &[Intent]) -> Vec<Hint> {
    let mode = app.mode();
    let mut hints: Vec<Hint> = first.to_vec();
    for intent in intents.iter().filter(|intent| roles::may(app, **intent)) {
        if let Some(mut hint) = hint(mode, *intent) {
            match intent {
                Intent::Tell => hint.does = words::tell(app),
                Intent::Allow => hint.does = words::says_so(app),
                _ => {}
            }
            hints.push(hint);
        }
    }
    // Where letters are text, a question mark is text too.
    hints.push(Hint::new(if mode.keys().typing { "F1" } else { "?" }, Intent::Help.does()));
    hints
}

/// The status row: what was last saved, and what takes it back.
pub fn saved(app: &App) -> [String; 2] {
    match &app.saved {
        None => [String::new(), String::new()],
        Some(saved) => {
            let this = saved.undo.is_some_and(|(day, who)| day == app.day && Some(who) == app.who);
            let undo = if this { "Ctrl-Z takes it back".to_owned() } else { String::new() };
            [format!("Saved {}   {}", words::hm(saved.at), saved.says), undo]
        }
    }
}
