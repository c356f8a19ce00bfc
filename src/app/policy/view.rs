//! The policy drawn: the sections, the lines of one, who may do what, what was changed.

use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::policy::sections::Section;
use crate::app::policy::update::{may_write, number, open_changes};
use crate::app::policy::{changes, draft, history, in_force, may_change, rows};
use crate::app::screen::{Block, Cell, Column, Enter, Hint, Line, Piece, Row, Screen, Shape, Table};
use crate::app::state::App;
use crate::app::words::{self, policy as named};
use crate::domain::codes::Role;
use crate::domain::policy::{Policy, Power};
use crate::domain::refusal::Refusal;

/// Rows of the body that are not lines.
const AROUND: usize = 2;
/// Where a value begins: beside a name, and beside a short one.
const VALUE: (u16, u16) = (33, 17);

/// The screen.
pub fn view(app: &App) -> Screen {
    let open = open_changes(app);
    let draft = draft(app);
    let section = app.policy.section;
    let mut screen = Screen {
        head: [section.map_or("How the centre works", Section::name).to_owned(), String::new(), String::new()],
        under: [under(app), not_written(&open)],
        body: vec![Block::Blank],
        status: status(app, &open),
        enter: enter_line(app, &open),
        footer: footer(app),
        ..Screen::default()
    };
    if let Some(first) = screen.head.first_mut() {
        *first = words::sentence(first);
    }
    screen.body.extend(match (&app.policy.form, section) {
        (Some(form), _) => form.blocks(),
        (None, None) => index(app, &draft, &open),
        (None, Some(Section::Powers)) => powers(app, &draft),
        (None, Some(Section::History)) => versions(app),
        (None, Some(section)) => lines(app, &draft, section),
    });
    screen
}

fn under(app: &App) -> String {
    let version = in_force(app).version;
    let list = app.policy.section.map(|s| s.list_name(app.policy.list)).filter(|name| !name.is_empty());
    let today = app.day().map(|d| d.policy.version).filter(|today| *today != version);
    match (list, today) {
        (Some(list), _) => format!("{}   Left Right: the other lists", words::sentence(list)),
        (None, Some(today)) => format!("Version {version}, from the next day opened; today runs on version {today}"),
        (None, None) => format!("Version {version}"),
    }
}

fn not_written(open: &[String]) -> String {
    match open.len() {
        0 => String::new(),
        n => format!("{} not written yet", words::count(n, "change", "changes")),
    }
}

/// What would change.
fn status(app: &App, open: &[String]) -> [String; 2] {
    match open {
        [] => frame::saved(app),
        all => [format!("Would change   {}", all.join("; ")), String::new()],
    }
}

fn index(app: &App, draft: &Policy, open: &[String]) -> Vec<Block> {
    let mut blocks: Vec<Block> = (0..)
        .zip(Section::ALL)
        .map(|(n, section): (usize, Section)| {
            row(n == app.policy.mark, &format!("{}   {}", (n + 1) % 10, section.name()), &says(app, draft, section))
        })
        .collect();
    if !open.is_empty() {
        let label = format!("    write {}", words::count(open.len(), "change", "changes"));
        blocks.push(Block::Blank);
        blocks.push(row(app.policy.mark == Section::ALL.len(), &label, ""));
    }
    if app.policy.asks {
        blocks.extend([
            Block::Blank,
            Block::line("   Write this as how the centre works from the next day opened?"),
            Block::line("      1   write it: holds from the next day opened"),
            Block::line("      0   drop the changes"),
        ]);
    }
    blocks
}

/// A section in a few words.
fn says(app: &App, draft: &Policy, section: Section) -> String {
    let used = |all: usize| format!("{all} in use");
    let count = |list: usize| rows::lines(draft, section, list).iter().filter(|l| !l.retired).count();
    match section {
        Section::Times => {
            format!("grace {}, stays {}, apart {}", draft.grace_min, draft.plan.hold_min, draft.apart_min)
        }
        Section::First => rows::first(draft).to_owned(),
        Section::Powers => String::new(),
        Section::Centre => draft.centre.to_string(),
        Section::History => words::count(app.register.policy_history.len(), "version", "versions"),
        _ => used((0..section.lists()).map(count).sum()),
    }
}

fn row(marked: bool, label: &str, value: &str) -> Block {
    row_at(VALUE.0, marked, label, value)
}

fn row_at(at: u16, marked: bool, label: &str, value: &str) -> Block {
    let label = if marked { Piece::strong(label) } else { Piece::plain(label) };
    let mark = Piece::Shape(if marked { Shape::Mark } else { Shape::None });
    Block::pieces(vec![mark, Piece::To(3), label, Piece::To(at), Piece::plain(value)])
}

/// The lines of a section, those around the mark.
fn lines(app: &App, draft: &Policy, section: Section) -> Vec<Block> {
    let all = rows::lines(draft, section, app.policy.list);
    let room = app.size.body().saturating_sub(AROUND).max(1);
    let first = (app.policy.mark + 1).saturating_sub(room);
    let mut blocks = Vec::new();
    for (n, line) in all.iter().enumerate().skip(first).take(room) {
        let marked = n == app.policy.mark;
        let value = match section {
            Section::Times if marked && !app.policy.typed.is_empty() => format!("{:>3}_", app.policy.typed),
            Section::First if n == 0 => format!("{}   1 visits first  2 brings first", line.value),
            Section::First => format!("{}   1 no  2 yes, where they do not mind", line.value),
            _ if line.retired => format!("retired   {}", line.value.trim_start()),
            _ => line.value.clone(),
        };
        let at = if section == Section::Times { VALUE.1 } else { VALUE.0 };
        blocks.push(row_at(at, marked, &line.label, &value));
    }
    if all.len() > room {
        let says = format!("{} to {} of {}", first + 1, (first + room).min(all.len()), all.len());
        blocks.push(Block::Line(Line { left: Vec::new(), right: vec![Piece::quiet(says)] }));
    }
    blocks
}

/// Who may do what: a row a power, a column a role.
fn powers(app: &App, draft: &Policy) -> Vec<Block> {
    let column = |width, grows| Column { width, grows, right: false };
    let numbered = || (1..).zip(Role::ALL);
    let legend: Vec<String> = numbered().map(|(n, role): (u8, &Role)| format!("{n} {}", words::role(*role))).collect();
    let mut columns = vec![column(34, 1)];
    columns.extend(Role::ALL.iter().map(|_| column(4, 0)));
    let mut header = vec![String::new()];
    header.extend(numbered().map(|(n, _): (u8, &Role)| n.to_string()));
    let row = |(n, power): (usize, &Power)| {
        let mut cells = vec![Cell::Words(named::power(*power).to_owned())];
        let shape = |role: &Role| if draft.may(*role, *power) { Shape::Done } else { Shape::NotToday };
        cells.extend(Role::ALL.iter().map(|role| Cell::Shapes(vec![shape(role)])));
        Row { cells, marked: n == app.policy.mark }
    };
    let rows = Power::ALL.iter().enumerate().map(row).collect();
    let table = Block::Table(Table { columns, header, rows });
    vec![Block::line(format!("  {}", legend.join("  "))), Block::Blank, table]
}

/// Each version with what it changed, the newest first.
fn versions(app: &App) -> Vec<Block> {
    let room = app.size.body().saturating_sub(1);
    let mut blocks = Vec::new();
    for (version, at, by, what) in history(app).into_iter().skip(app.policy.mark) {
        let when = at.format("%-d %B %Y, %H:%M");
        blocks.push(Block::pieces(vec![Piece::strong(format!("Version {version}   {when}   {by}"))]));
        if what.is_empty() {
            blocks.push(Block::line("    how it began"));
        }
        blocks.extend(what.into_iter().map(|says| Block::line(format!("    {says}"))));
    }
    blocks.truncate(room);
    blocks
}

fn enter_line(app: &App, open: &[String]) -> Enter {
    if let Some(form) = &app.policy.form {
        return match form.is_empty() {
            true => wait("its words first; Esc leaves it as it was"),
            false => enter("sets it in the draft; nothing is written yet"),
        };
    }
    if app.policy.asks {
        return wait("1 writes it: holds from the next day opened; Enter does not");
    }
    match app.policy.section {
        None => index_enter(app, open),
        Some(Section::History) => wait("this is read only. Esc goes back"),
        Some(_) if !may_change(app) => wait(words::refusal(app, &Refusal::Needs(Power::SetPolicy))),
        Some(Section::Times) => number_enter(app),
        Some(Section::First) => wait("1 or 2 sets it in the draft; Esc goes back"),
        Some(Section::Powers) => wait("1 to 6 gives that role the power, or takes it; Esc goes back"),
        Some(section) => {
            let all = rows::lines(&draft(app), section, app.policy.list);
            match all.get(app.policy.mark) {
                Some(line) => enter(format!("changes {} in a small form; nothing is written yet", line.label)),
                None => wait("a adds a line; Esc goes back"),
            }
        }
    }
}

fn index_enter(app: &App, open: &[String]) -> Enter {
    match Section::ALL.get(app.policy.mark) {
        Some(section) => enter(format!("opens {}", section.name())),
        None => match may_write(app) {
            Ok(()) => enter(format!("asks before it writes: {}", open.join("; "))),
            Err(refusal) => wait(words::refusal(app, &refusal)),
        },
    }
}

fn number_enter(app: &App) -> Enter {
    let Some((setting, to)) = number(app) else { return wait("type a number, then Enter sets it; Esc goes back") };
    let (least, most) = (setting.least(), setting.most());
    match (least..=most).contains(&to) {
        true => enter(format!("sets {} to {to} in the draft; nothing is written yet", named::setting(setting))),
        false => wait(format!("{} is {least} to {most}. Backspace takes a digit away", named::setting(setting))),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    if let Some(form) = &app.policy.form {
        let (key, does) = form.hint();
        return vec![
            Hint::new(key, does),
            Hint::new("Tab", "next"),
            Hint::new("Esc", "back, as it was"),
            Hint::new("F1", "help"),
        ];
    }
    let mut first = Vec::new();
    match app.policy.section {
        None if app.policy.asks => first.extend([Hint::new("1", "write it"), Hint::new("0", "drop it")]),
        None => first.push(Hint::new("0-9", "opens one")),
        Some(section) if may_change(app) => {
            match section {
                Section::Times => first.push(Hint::new("digits", "a number")),
                Section::First => first.push(Hint::new("1 2", "choose")),
                Section::Powers => first.push(Hint::new("1-6", "may, may not")),
                _ => {}
            }
            if section.grows() {
                first.extend([Hint::new("a", Intent::Add.does()), Hint::new("r", "retire, or bring back")]);
            }
        }
        Some(_) => {}
    }
    first.push(Hint::new("arrows", "move"));
    frame::footer(app, &first, &[Intent::Back])
}

/// What a version changes, for the log and the saved line.
pub fn saved(app: &App, version: u32) -> String {
    let before = app.register.policies.range(..version).next_back().map(|(_, p)| p.clone());
    let now = app.register.policies.get(&version).cloned();
    let count = before.zip(now).map_or(0, |(from, to)| changes(&from, &to).len());
    format!("version {version}, {}: from the next day opened", words::count(count, "change", "changes"))
}
