//! Somebody else's passphrase, asked.

use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::lock::{how_long, waits_until};
use crate::app::prove::{Of, State, sign};
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::app::state::App;
use crate::app::words::{self, hms};

/// The screen.
pub fn view(app: &App, state: &State) -> Screen {
    let me = app.who.map(|who| app.register.staff_name(who).to_owned()).unwrap_or_default();
    let (head, under) = match &state.of {
        Of::Allow { by, .. } => {
            let name = app.register.staff_name(*by);
            (format!("{name} allows it"), format!("{name} types the passphrase; {me} stays at the desk"))
        }
        Of::Sign(_) => {
            let of = words::long_date(app.date);
            ("The second signature".to_owned(), format!("{me} signs {of}, and another of the team"))
        }
    };
    Screen {
        head: [head, String::new(), String::new()],
        under: [under, String::new()],
        body: body(app, state),
        status: [state.says.clone().unwrap_or_default(), String::new()],
        enter: enter_line(app, state),
        footer: footer(app, state),
        ..Screen::default()
    }
}

fn body(app: &App, state: &State) -> Vec<Block> {
    let mut body = vec![Block::Blank];
    if let Of::Allow { what, .. } = &state.of {
        let value = format!("{what}.");
        body.extend([Block::Field { label: String::new(), shape: None, value, indent: 4 }, Block::Blank]);
    }
    let elsewhere = matches!(state.of, Of::Sign(sign::Reason { in_hand: true, .. }));
    let fields = state.pass.blocks(["Number", "Passphrase"], app.lock.practice().is_some());
    body.extend(fields.into_iter().map(|block| if elsewhere { rested(block) } else { block }));
    match &state.of {
        Of::Sign(reason) => body.extend(sign::below(app, *reason)),
        Of::Allow { .. } => body.extend([
            Block::Blank,
            Block::line("    Look away while it is typed. Four letters of each word are enough."),
            Block::line("    It is written in both names. Esc, and nothing is written."),
        ]),
    }
    body
}

/// A field that the keyboard is not in.
fn rested(block: Block) -> Block {
    match block {
        Block::Input { label, field, right, .. } => Block::Input { label, field, right, focused: false },
        other => other,
    }
}

fn enter_line(app: &App, state: &State) -> Enter {
    if state.pass.tried {
        return wait(format!("looking, {}", how_long(app)));
    }
    if let Some(at) = waits_until(app) {
        return wait(format!("the next try is taken from {} on", hms(at)));
    }
    let whole = state.pass.is_whole();
    match &state.of {
        Of::Sign(reason) if whole && app.guard.spent && !reason.in_hand => again(),
        Of::Sign(reason) => sign::enter_line(app, state, *reason),
        Of::Allow { .. } if whole && app.guard.spent => again(),
        Of::Allow { by, what, .. } if whole => {
            enter(format!("{what}; allowed by {}, if the passphrase is right", app.register.staff_name(*by)))
        }
        Of::Allow { by, .. } => {
            wait(format!("{} types the passphrase; Esc, and nothing is written", app.register.staff_name(*by)))
        }
    }
}

/// The Enter that opened this is not the one that answers it.
fn again() -> Enter {
    wait("look who it is: Tab, then Enter")
}

fn footer(app: &App, state: &State) -> Vec<Hint> {
    let mut first = Vec::new();
    if let Of::Sign(reason) = state.of {
        match reason.in_hand {
            true => first.push(Hint::new("1-3", "why nobody else")),
            false if state.pass.is_at_first_digit() => first.push(Hint::new("0", "nobody else signs")),
            false => {}
        }
        first.push(Hint::new("Tab", "next field"));
    }
    frame::footer(app, &first, &[Intent::Back, Intent::Tell, Intent::Roll])
}
