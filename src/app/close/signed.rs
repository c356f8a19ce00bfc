//! A signed day: its signatures, what can still be written, and opening it again with a reason.

use crate::app::action::Effect;
use crate::app::close::count;
use crate::app::close::update::print;
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::Mode;
use crate::app::prove;
use crate::app::roles;
use crate::app::screen::{Block, Enter, Field, Hint, Screen};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::words::{self, hm};
use crate::app::write::Then;
use crate::domain::decide::{Command, DayAct};
use crate::domain::event::{Second, Signed};
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Text, allowed};

/// Longest reason, in characters.
const REASON: usize = 120;

/// May who is at the desk open the day again?
pub fn may_reopen(app: &App) -> bool {
    roles::has(app, Power::Sign)
}

/// Asks why the day is to be opened again; who may not is told who may.
pub fn ask_reason(app: &mut App) {
    if may_reopen(app) {
        app.close.reason = Some(String::new());
    } else {
        app.flash = Some(words::refusal(app, &Refusal::Needs(Power::Sign)));
    }
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    let room = app.close.reason.as_ref().map_or(0, |r| REASON.saturating_sub(r.chars().count()));
    if let Some(reason) = &mut app.close.reason {
        reason.extend(Text::name(text).as_str().chars().take(room));
    }
}

/// A key was pressed on a signed day.
pub(super) fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.close.reason.is_some() {
        return reason(app, press);
    }
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.to_board(),
        (Some(Intent::Go), _) if !app.guard.stray => app.to_board(),
        (Some(Intent::Reopen), _) => ask_reason(app),
        (Some(Intent::Print), _) => return print(app),
        (_, Key::Char(c)) if !c.is_ascii_digit() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn reason(app: &mut App, press: Press) -> Vec<Effect> {
    let Some(typed) = &mut app.close.reason else { return Vec::new() };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.close.reason = None,
        (Some(Intent::Go), _) => {
            let why = Text::name(typed);
            if why.is_empty() || app.guard.spent {
                return Vec::new();
            }
            app.guard.spent = true;
            app.close.count = None;
            return app.write(&Command::Day(DayAct::Reopen { why }), None, Then::Board);
        }
        (_, Key::Backspace) => {
            typed.pop();
        }
        (_, Key::Char(c)) if allowed(c) && typed.chars().count() < REASON => typed.push(c),
        _ => {}
    }
    Vec::new()
}

/// The screen of a signed day.
pub(super) fn view(app: &App) -> Screen {
    let signatures = app.day().map(|d| d.signatures.as_slice()).unwrap_or_default();
    let mut body = vec![Block::Blank];
    for (at, signed) in signatures {
        body.extend(signature(app, &hm(*at), signed));
        body.push(Block::Blank);
    }
    body.push(Block::line("The day is not changed any more."));
    body.push(Block::line("Addenda can still be written: x and a on a card, and F8."));
    if let Some(reason) = &app.close.reason {
        body.push(Block::Blank);
        body.push(Block::Input {
            label: "Why is the day opened again?".to_owned(),
            field: Field { before: reason.clone(), after: String::new() },
            right: String::new(),
            focused: true,
        });
    }
    Screen {
        head: [format!("Closed   {}", words::long_date(app.date)), String::new(), String::new()],
        under: ["The day is signed".to_owned(), String::new()],
        body,
        status: frame::saved(app),
        enter: enter(app),
        footer: footer(app),
        ..Screen::default()
    }
}

fn signature(app: &App, at: &str, signed: &Signed) -> Vec<Block> {
    let line = |words: String| Block::line(format!("    {words}"));
    let of = if signed.close > 1 { format!(", after close {}", signed.close - 1) } else { String::new() };
    let with = with(app, signed);
    vec![
        Block::line(format!(
            "Close {}{of}   signed by {}{with} at {at}",
            signed.close,
            app.register.staff_name(signed.by)
        )),
        line(format!("{} held   {} not held   {} entries before it", signed.held, signed.not_held, signed.entries)),
        line(format!("Counted   {}", count::line(signed.counted))),
    ]
}

/// The second signature, or why there is none.
pub(super) fn with(app: &App, signed: &Signed) -> String {
    match signed.second {
        None => String::new(),
        Some(Second::By { staff }) => format!(" and {}", app.register.staff_name(staff)),
        Some(Second::Alone { why }) => format!(" alone ({})", prove::alone(why)),
    }
}

fn enter(app: &App) -> Enter {
    match &app.close.reason {
        None => frame::enter("back to the board"),
        Some(why) if why.trim().is_empty() => frame::wait("a few words say why; Esc leaves the day as it is"),
        Some(_) => frame::enter("opens the day again, with this reason; it is counted and signed anew"),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    if app.close.reason.is_some() {
        return vec![Hint::new("letters", "why"), Hint::new("Esc", "back, nothing written"), Hint::new("F1", "help")];
    }
    let mut first = Vec::new();
    if may_reopen(app) {
        first.extend(frame::hint(Mode::Close, Intent::Reopen));
    }
    frame::footer(app, &first, &[Intent::Print, Intent::Tell, Intent::Log, Intent::Roll, Intent::Person, Intent::Back])
}
