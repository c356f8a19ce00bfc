//! The roll on the screen, and as lines for the printer.

use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::keymap::Mode;
use crate::app::roll::people::{Group, Person, groups, groups_named, letter, not_in};
use crate::app::roll::places;
use crate::app::roll::update::{marked, order, seen};
use crate::app::screen::{Block, Cell, Column, Enter, Hint, Row, Screen, Shape, Table};
use crate::app::state::App;
use crate::app::words::{self, count};
use crate::domain::text;

/// Rows of the body that are not the two columns: the muster points, a blank, who is not in.
const AROUND: usize = 3;

/// The screen.
pub fn view(app: &App) -> Screen {
    let groups = groups(app);
    let of = order(app).len();
    Screen {
        head: ["Who is in".to_owned(), String::new(), String::new()],
        under: [heads(app), format!("seen {} of {of}", seen(app))],
        body: body(app, &groups),
        strip: if app.roll.places { places::strip(app) } else { Vec::new() },
        status: [format!("As the book stands at {}.", words::hm(app.now)), String::new()],
        enter: enter(app, of),
        footer: footer(app),
        ..Screen::default()
    }
}

pub(in crate::app) fn heads(app: &App) -> String {
    let head = app.day().map(|d| d.heads()).unwrap_or_default();
    format!(
        "{}   {}   {} team   {}      {}",
        count(head.children.into(), "child", "children"),
        count(head.adults.into(), "adult", "adults"),
        head.team,
        count(head.others.into(), "other", "others"),
        count(head.all().into(), "person", "people"),
    )
}

fn enter(app: &App, of: usize) -> Enter {
    if app.roll.places {
        return frame::wait("a number writes where they are; Esc, and nothing changes");
    }
    if app.roll.ending {
        return frame::enter(format!("writes down that {} of {of} were seen, and ends it", seen(app)));
    }
    match marked(app) {
        None if of == 0 => frame::wait("nobody is in the building by the book. Esc goes back"),
        None => frame::wait("everyone is seen. f, then Enter, ends it and writes it down"),
        Some(person) if app.roll.seen.contains(&person.who) => {
            frame::enter(format!("{} is not seen yet: takes the mark of seen back", person.name))
        }
        Some(person) => frame::enter(format!("{} is seen; the mark moves on", person.name)),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    let first = [Hint::new("Enter", "seen"), Hint::new("arrows", "move")];
    let mut hints =
        frame::footer(app, &first, &[Intent::Print, Intent::Place, Intent::EndMuster, Intent::Back, Intent::Hide]);
    if let Some(hint) = frame::hint(Mode::Roll, Intent::Tell) {
        let at = hints.len().saturating_sub(1);
        hints.insert(at, Hint { does: format!("tell {}", words::coordinator(app)), ..hint });
    }
    hints
}

fn body(app: &App, groups: &[Group]) -> Vec<Block> {
    let rows = app.size.body().saturating_sub(AROUND);
    let mut columns = Vec::new();
    for side in [0, 1] {
        let here: Vec<&Group> = groups.iter().filter(|g| (g.point == 0) == (side == 0)).collect();
        let mut blocks = vec![point_line(groups, side), Block::Blank];
        blocks.extend(shown(app, &here, rows));
        columns.push(blocks);
    }
    let filled = columns.iter().map(|c| height(c)).max().unwrap_or(0);
    let mut body = vec![Block::Columns(columns)];
    body.extend((filled..app.size.body().saturating_sub(1)).map(|_| Block::Blank));
    let away = not_in(app);
    let away = if away.is_empty() { "nobody".to_owned() } else { away.join("    ") };
    body.push(Block::line(format!("Not in the building   {away}")));
    body
}

/// `A   8`: how many muster there. Points after B stand with B.
fn point_line(groups: &[Group], side: u8) -> Block {
    let people = || groups.iter().flat_map(|g| &g.people);
    let mut points: Vec<u8> = people().map(|p| p.point).filter(|p| (*p == 0) == (side == 0)).collect();
    points.push(side);
    points.sort_unstable();
    points.dedup();
    let says: Vec<String> = points
        .iter()
        .map(|point| format!("{}   {}", letter(*point), people().filter(|p| p.point == *point).count()))
        .collect();
    Block::line(format!("Muster {}", says.join("     ")))
}

fn height(blocks: &[Block]) -> usize {
    blocks.iter().map(|b| if let Block::Table(table) = b { table.rows.len() } else { 1 }).sum()
}

/// One row of a column.
enum Line<'a> {
    Place(&'a str),
    Person(&'a Person, u8),
}

/// As many rows of one side as fit, with the mark in view, and how many people are above and below.
fn shown(app: &App, groups: &[&Group], rows: usize) -> Vec<Block> {
    let mut lines = Vec::new();
    for group in groups {
        lines.push(Line::Place(&group.place));
        lines.extend(group.people.iter().map(|p| Line::Person(p, group.point)));
    }
    if lines.len() <= rows {
        return lines.iter().map(|l| block(app, l)).collect();
    }
    let is_mark = |l: &Line<'_>| matches!(l, Line::Person(p, _) if Some(p.who) == app.roll.mark);
    let window = rows.saturating_sub(2).max(1);
    let at = lines.iter().position(is_mark).unwrap_or(0);
    let first = if at < window { 0 } else { (at + 1 - window).min(lines.len().saturating_sub(window)) };
    let people = |lines: &[Line<'_>]| lines.iter().filter(|l| matches!(l, Line::Person(..))).count();
    let (above, rest) = lines.split_at(first.min(lines.len()));
    let (inside, below) = rest.split_at(window.min(rest.len()));
    let more = |n: usize, word: &str| if n == 0 { Block::Blank } else { Block::line(format!("  more {word}: {n}")) };
    let mut blocks: Vec<Block> = Vec::new();
    if first > 0 {
        // The place whose people go on here keeps its heading.
        let goes_on = inside.first().is_some_and(|l| matches!(l, Line::Person(..)));
        let place = above.iter().rev().find_map(|l| if let Line::Place(place) = l { Some(*place) } else { None });
        let place = place.filter(|_| goes_on).unwrap_or_default();
        blocks.push(Block::line(format!("{place}   more above: {}", people(above)).trim_start().to_owned()));
    }
    blocks.extend(inside.iter().map(|l| block(app, l)));
    if first == 0 {
        // The row that `more above` does not need.
        blocks.extend(below.first().map(|l| block(app, l)));
        blocks.push(more(people(below.get(1..).unwrap_or_default()), "below"));
    } else {
        blocks.push(more(people(below), "below"));
    }
    blocks
}

fn block(app: &App, line: &Line<'_>) -> Block {
    match line {
        Line::Place(place) => Block::line(*place),
        Line::Person(person, point) => row(app, person, *point),
    }
}

fn row(app: &App, person: &Person, point: u8) -> Block {
    let shape = if app.roll.seen.contains(&person.who) { Shape::Done } else { Shape::Away };
    let to = if person.point == point { String::new() } else { format!(" to {}", letter(person.point)) };
    let column = |width, grows, right| Column { width, grows, right };
    Block::Table(Table {
        columns: vec![column(1, 0, false), column(16, 2, false), column(9, 1, false), column(3, 0, true)],
        header: Vec::new(),
        rows: vec![Row {
            cells: vec![
                Cell::Shapes(vec![shape]),
                Cell::Words(person.name.clone()),
                Cell::Words(format!("{}{to}", person.what)),
                Cell::Words(person.no.clone()),
            ],
            marked: app.roll.mark == Some(person.who),
        }],
    })
}

/// The whole roll as lines of plain text: centre, date and clock, every place, a box to tick before each name.
pub(super) fn printed(app: &App) -> Vec<String> {
    lines(app, &groups(app))
}

/// The same for whoever may read the whole register, whoever is at the desk.
pub fn named(app: &App) -> Vec<String> {
    lines(app, &groups_named(app, false))
}

fn lines(app: &App, groups: &[Group]) -> Vec<String> {
    let mut lines = vec![
        app.policy().centre.to_string(),
        format!("Who is in   {}   {}", words::long_date(app.date), words::hm(app.now)),
        heads(app),
    ];
    for group in groups {
        lines.push(String::new());
        lines.push(format!("{}   (muster {})", group.place, letter(group.point)));
        for person in &group.people {
            let to = if person.point == group.point { String::new() } else { format!("to {}", letter(person.point)) };
            let no = if person.no.is_empty() { String::new() } else { format!("No {}", person.no) };
            let line = format!("  [ ] {:<30} {:<12} {no:<6} {to}", person.name, person.what);
            lines.push(line.trim_end().to_owned());
        }
    }
    lines.push(String::new());
    lines.push("Not in the building".to_owned());
    lines.extend(not_in(app).into_iter().map(|says| format!("  {says}")));
    text::marked(app.register.practice_mark(), lines)
}
