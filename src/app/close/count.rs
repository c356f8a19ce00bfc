//! The blind count: four fields, and no figure of the register on the screen.

use crate::app::action::Effect;
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::screen::{Block, Enter, Field, Hint, Screen};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::words::{self, count};
use crate::app::write::Then;
use crate::domain::decide::{Command, DayAct};
use crate::domain::event::Counted;

/// Digits of a field.
const DIGITS: usize = 3;
/// Names of the fields.
const NAMES: [&str; 4] = ["Children", "Adults", "Team", "Others"];
/// What each counts.
const WHOM: [&str; 4] = [
    "every child you can see",
    "adults of the families",
    "you, and all who are on shift",
    "anyone else: caretaker, social worker",
];

/// What is typed so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    typed: [String; 4],
    at: usize,
    /// The field in hand has just been gone to: a digit takes the place of what stands there.
    fresh: bool,
}

impl Fields {
    fn go(&mut self, by: usize) {
        self.at = (self.at + by) % NAMES.len();
        self.fresh = true;
    }

    fn digit(&mut self, digit: char) {
        let fresh = std::mem::take(&mut self.fresh);
        if let Some(field) = self.typed.get_mut(self.at) {
            if fresh {
                field.clear();
            }
            if field.len() < DIGITS {
                field.push(digit);
            }
        }
    }

    fn rub(&mut self) {
        self.fresh = false;
        if let Some(field) = self.typed.get_mut(self.at) {
            field.pop();
        }
    }

    /// The count, once there is a number in each field.
    fn counted(&self) -> Option<Counted> {
        let [children, adults, team, others] = &self.typed;
        Some(Counted {
            children: children.parse().ok()?,
            adults: adults.parse().ok()?,
            team: team.parse().ok()?,
            others: others.parse().ok()?,
        })
    }
}

/// Asks for the count.
pub(super) fn ask(app: &mut App) {
    app.close.count = Some(Fields::default());
    app.close.begun = true;
    app.close.typed = None;
    app.close.set = None;
}

/// A key was pressed while heads are counted.
pub(super) fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if press.intent == Some(Intent::Go) {
        return save(app);
    }
    let Some(fields) = &mut app.close.count else { return Vec::new() };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => {
            // Nothing was counted: the board has its figures again, and the next count begins anew.
            if fields.typed.iter().all(String::is_empty) {
                app.close.count = None;
                app.close.begun = false;
            }
            app.to_board();
        }
        (Some(Intent::Next | Intent::Down), _) => fields.go(1),
        (Some(Intent::Previous | Intent::Up), _) => fields.go(NAMES.len() - 1),
        (_, Key::Backspace | Key::Delete) => fields.rub(),
        (_, Key::Char(c)) if c.is_ascii_digit() => fields.digit(c),
        (_, Key::Char(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn save(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    let Some(counted) = app.close.count.as_ref().and_then(Fields::counted) else { return Vec::new() };
    app.guard.spent = true;
    app.write(&Command::Day(DayAct::Count(counted)), None, Then::Close)
}

/// `0 children   0 adults   5 team   0 others`.
pub(super) fn line(counted: Counted) -> String {
    format!(
        "{}   {}   {} team   {}",
        count(counted.children.into(), "child", "children"),
        count(counted.adults.into(), "adult", "adults"),
        counted.team,
        count(counted.others.into(), "other", "others")
    )
}

/// The screen while heads are counted.
pub(super) fn view(app: &App, fields: &Fields) -> Screen {
    let mut body = vec![
        Block::Blank,
        Block::line("Count heads before you look at anything: walk through every room, the office too."),
        Block::Blank,
    ];
    let each = fields.typed.iter().zip(NAMES).zip(WHOM).enumerate();
    body.extend(each.map(|(n, ((typed, name), whom))| Block::Input {
        label: format!("    {name:<10}"),
        field: Field { before: typed.clone(), after: String::new() },
        right: whom.to_owned(),
        focused: n == fields.at,
    }));
    body.extend([Block::Blank, Block::line("What the register has is shown when your count is saved.")]);
    Screen {
        head: [format!("Close   {}", words::long_date(app.date)), String::new(), String::new()],
        under: ["Who do you see in the building?".to_owned(), String::new()],
        body,
        enter: enter(fields),
        footer: frame::footer(
            app,
            &[Hint::new("digits", "how many"), Hint::new("Tab", "next"), Hint::new("Esc", "board")],
            &[Intent::Tell, Intent::Roll],
        ),
        ..Screen::default()
    }
}

fn enter(fields: &Fields) -> Enter {
    match fields.counted() {
        Some(counted) => frame::enter(format!("saves your count: {}", line(counted).replace("   ", ", "))),
        None => frame::wait("a number in each of the four, 0 for none; Tab goes to the next"),
    }
}
