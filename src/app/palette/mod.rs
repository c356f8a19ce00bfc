//! All commands: every command that this person may use here, searchable, with its key.

use crate::app::action::Effect;
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, Mode, key_of};
use crate::app::screen::{Block, Cell, Column, Enter, Field, Hint, Row, Screen, Table};
use crate::app::state::{App, Over};
use crate::app::update::{Press, screen, tell_pressed};
use crate::app::{card, close, roles, words};
use crate::domain::find::fold;
use crate::domain::text::{Text, allowed};

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "All commands",
    own: &[],
    typing: true,
    also: &[("letters", "Words of the command"), ("Backspace", "Takes a letter away")],
};

/// Rows of the body that are not commands.
const AROUND: usize = 2;
/// Longest filter, in characters.
const TYPED: usize = 40;

/// Moving about, which needs no list.
const MOVES: &[Intent] = &[
    Intent::Go,
    Intent::Back,
    Intent::Next,
    Intent::Previous,
    Intent::Up,
    Intent::Down,
    Intent::PageUp,
    Intent::PageDown,
    Intent::First,
    Intent::Last,
    Intent::Palette,
];

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    typed: String,
    mark: usize,
}

/// Opens the palette.
pub fn open(app: &mut App) {
    app.laid.palette = State::default();
    app.guard.stray = false;
    app.over = Some(Over::Palette);
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    Text::name(text).as_str().chars().for_each(|c| push(app, c));
}

fn push(app: &mut App, c: char) {
    if allowed(c) && app.laid.palette.typed.chars().count() < TYPED {
        app.laid.palette.typed.push(c);
        app.laid.palette.mark = 0;
    }
}

/// The commands that fit what is typed: those of this screen first, then those of every screen.
fn commands(app: &App) -> Vec<Intent> {
    let mode = app.mode_below();
    let own: Vec<Intent> = mode.keys().own.iter().map(|b| b.intent).collect();
    let mut all: Vec<Intent> = own.clone();
    let here = |intent: &Intent| !own.contains(intent) && (key_of(mode, *intent).is_some() || stands_alone(*intent));
    all.extend(Intent::ALL.iter().copied().filter(here));
    all.dedup();
    let typed = fold(&app.laid.palette.typed);
    all.retain(|intent| !MOVES.contains(intent) && may(app, mode, *intent) && rank(app, *intent, &typed).is_some());
    all.sort_by_key(|intent| rank(app, *intent, &typed));
    all
}

/// How well a command fits what is typed: by its own words before its line of help. `None`: it does not.
fn rank(app: &App, intent: Intent, typed: &str) -> Option<u8> {
    let (title, help) = (fold(&says(app, intent)), fold(intent.help()));
    let begins = |text: &str, word: &str| text.split(' ').any(|w| w.starts_with(word));
    let all_in = |text: &str| typed.split(' ').all(|word| begins(text, word));
    match (title.starts_with(typed), all_in(&title), all_in(&format!("{title} {help}"))) {
        (true, _, _) => Some(0),
        (_, true, _) => Some(1),
        (_, _, true) => Some(2),
        _ => None,
    }
}

/// Commands without a key on most screens.
fn stands_alone(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Reopen
            | Intent::Message
            | Intent::Cancel
            | Intent::Sheets
            | Intent::FromPaper
            | Intent::Policy
            | Intent::Todo
            | Intent::People
            | Intent::OwnPassphrase
            | Intent::Today
    )
}

/// This person may use it, here and now.
fn may(app: &App, mode: Mode, intent: Intent) -> bool {
    roles::may(app, intent) && (intent != Intent::Quit || mode == Mode::Board)
}

fn says(app: &App, intent: Intent) -> String {
    match intent {
        Intent::Tell => format!("tell {}", words::coordinator(app)),
        Intent::Message => format!("message for {}", words::coordinator(app)),
        Intent::Allow => words::says_so(app),
        Intent::Todo => format!("for {}", words::coordinator(app)),
        _ => intent.does().to_owned(),
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    let last = commands(app).len().saturating_sub(1);
    let page = app.size.body().saturating_sub(AROUND).max(1);
    let mark = app.laid.palette.mark;
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.over = None,
        (Some(Intent::Go), _) => return run(app, press),
        (Some(Intent::Hide), _) => app.hidden = true,
        (Some(Intent::Down | Intent::Next), _) => app.laid.palette.mark = (mark + 1).min(last),
        (Some(Intent::Up | Intent::Previous), _) => app.laid.palette.mark = mark.saturating_sub(1),
        (Some(Intent::PageDown), _) => app.laid.palette.mark = (mark + page).min(last),
        (Some(Intent::PageUp), _) => app.laid.palette.mark = mark.saturating_sub(page),
        (Some(Intent::First), _) => app.laid.palette.mark = 0,
        (Some(Intent::Last), _) => app.laid.palette.mark = last,
        (_, Key::Backspace) => {
            app.laid.palette.typed.pop();
            app.laid.palette.mark = 0;
        }
        (_, Key::Char(c)) => push(app, c),
        _ => {}
    }
    Vec::new()
}

/// Does what the key of the command would do on the screen below.
fn run(app: &mut App, press: Press) -> Vec<Effect> {
    let Some(intent) = commands(app).get(app.laid.palette.mark).copied() else { return Vec::new() };
    let key = key_of(app.mode_below(), intent);
    app.over = None;
    match (intent, key) {
        (Intent::Tell, _) => tell_pressed(app, press),
        (Intent::Reopen, _) => {
            close::open(app);
            close::ask_reason(app);
            Vec::new()
        }
        (Intent::Cancel, None) => {
            card::cancel(app);
            Vec::new()
        }
        (Intent::Message, None) => {
            card::leave_message(app);
            Vec::new()
        }
        (
            Intent::Sheets
            | Intent::FromPaper
            | Intent::Policy
            | Intent::Todo
            | Intent::People
            | Intent::OwnPassphrase
            | Intent::Today,
            _,
        ) => screen(app, Press { intent: Some(intent), ..press }),
        (_, Some(key)) => screen(app, Press { key, intent: Some(intent), ..press }),
        (_, None) => Vec::new(),
    }
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let all = commands(app);
    let rows = app.size.body().saturating_sub(AROUND).max(1);
    let first = (app.laid.palette.mark + 1).saturating_sub(rows);
    let mode = app.mode_below();
    let row = |(n, intent): (usize, &Intent)| Row {
        cells: vec![
            Cell::Words(words::sentence(&says(app, *intent))),
            Cell::Words(key_of(mode, *intent).map(|k| k.to_string()).unwrap_or_default()),
            Cell::Words(intent.help().to_owned()),
        ],
        marked: n == app.laid.palette.mark,
    };
    let shown = all.iter().enumerate().skip(first).take(rows).map(row).collect();
    let column = |width, grows| Column { width, grows, right: false };
    let table = Table { columns: vec![column(22, 0), column(6, 0), column(42, 1)], header: Vec::new(), rows: shown };
    let field = Field { before: app.laid.palette.typed.clone(), after: String::new() };
    Screen {
        head: ["All commands".to_owned(), String::new(), String::new()],
        under: [mode.keys().name.to_owned(), words::count(all.len(), "command", "commands")],
        body: vec![
            Block::Input { label: "Find".to_owned(), field, right: String::new(), focused: true },
            Block::Blank,
            Block::Table(table),
        ],
        enter: enter(app, all.get(app.laid.palette.mark)),
        footer: vec![
            Hint::new("letters", "find"),
            Hint::new("arrows", "move"),
            Hint::new("Esc", Intent::Back.does()),
            Hint::new("F1", Intent::Help.does()),
        ],
        ..Screen::default()
    }
}

fn enter(app: &App, intent: Option<&Intent>) -> Enter {
    match intent {
        Some(intent) => frame::enter(format!("{}: {}", says(app, *intent), intent.help())),
        None => frame::wait("no command has these words. Backspace takes a letter away"),
    }
}
