//! Staff on shift, drawn.

use crate::app::frame::{enter, footer, saved, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Hint, Piece, Screen, Shape};
use crate::app::staff::form::{Focus, Form, WHAT, places};
use crate::app::staff::{numbered, numbers, visitors};
use crate::app::state::App;
use crate::app::words;
use crate::domain::day::Visitor;
use crate::domain::event::StaffCard;

/// The team stands in two columns from here on.
const ONE_COLUMN: usize = 8;

/// The screen.
pub fn view(app: &App) -> Screen {
    let on_shift = app.day().map_or(0, |d| d.shift().count());
    let others = visitors(app).len();
    let mut status = saved(app);
    if !app.staff.number.is_empty() {
        status = [app.staff.number.shown(), String::new()];
    }
    Screen {
        head: ["Staff on shift".to_owned(), String::new(), String::new()],
        under: [
            format!("{on_shift} on shift   {} in the building", words::count(others, "other", "others")),
            String::new(),
        ],
        body: if app.staff.form_open { form(app) } else { list(app) },
        strip: question(app),
        status,
        enter: enter_line(app),
        footer: hints(app),
        ..Screen::default()
    }
}

fn list(app: &App) -> Vec<Block> {
    let mut body = vec![Block::Blank];
    let rows: Vec<Block> = app.register.present_team().iter().map(|card| row(app, card)).collect();
    if rows.len() <= ONE_COLUMN {
        body.extend(rows);
    } else {
        let (left, right) = rows.split_at(rows.len().div_ceil(2));
        body.push(Block::Columns(vec![left.to_vec(), right.to_vec()]));
    }
    body.extend([Block::Blank, Block::line("Anyone else in the building")]);
    let others = visitors(app);
    if others.is_empty() {
        body.push(Block::line("        nobody.  0 signs somebody in: caretaker, social worker, interpreter"));
    }
    body.extend(others.into_iter().map(|(id, v)| visitor(app, v, app.staff.mark == Some(id))));
    body
}

fn row(app: &App, card: &StaffCard) -> Block {
    let spell = app.day().and_then(|d| d.team.get(&card.staff)).and_then(|s| s.last());
    let (shape, since) = match spell {
        // Out with a child: on shift, and not in the building.
        Some(_) if app.day().is_some_and(|d| d.is_away(card.staff)) => (Shape::Away, "out with a child".to_owned()),
        Some(spell) if spell.went.is_none() => (Shape::Here, format!("since {}", words::hm(spell.came))),
        Some(spell) => (Shape::Away, spell.went.map(|at| format!("left {}", words::hm(at))).unwrap_or_default()),
        None => (Shape::Away, String::new()),
    };
    Block::pieces(vec![
        Piece::plain(format!("{:>4}", card.number)),
        Piece::To(6),
        Piece::Shape(shape),
        Piece::To(8),
        Piece::plain(words::staff(app, card)),
        Piece::To(18),
        Piece::quiet(words::role(card.role)),
        Piece::To(33),
        Piece::plain(since),
    ])
}

fn visitor(app: &App, visitor: &Visitor, marked: bool) -> Block {
    let place = visitor.spell.place.as_ref().map(|p| words::place(&app.policy(), p)).unwrap_or_default();
    let name = if marked { Piece::strong(visitor.name.as_str()) } else { Piece::plain(visitor.name.as_str()) };
    Block::pieces(vec![
        Piece::Shape(if marked { Shape::Mark } else { Shape::None }),
        Piece::To(6),
        Piece::Shape(Shape::Here),
        Piece::To(8),
        name,
        Piece::To(33),
        Piece::quiet(visitor.what.as_str()),
        Piece::To(50),
        Piece::plain(format!("{place}, since {}", words::hm(visitor.spell.came))),
    ])
}

fn question(app: &App) -> Vec<Block> {
    let Some(name) = asked(app) else { return Vec::new() };
    vec![Block::Rule, Block::line(format!("Has {name} left the building?")), Block::line("    1   yes, just now")]
}

fn asked(app: &App) -> Option<String> {
    let asked = app.staff.asked?;
    visitors(app).iter().find(|(id, _)| *id == asked).map(|(_, v)| v.name.to_string())
}

fn form(app: &App) -> Vec<Block> {
    let form = &app.staff.form;
    let mut body = vec![Block::Blank, Block::line("Somebody else comes into the building"), Block::Blank];
    body.push(Block::Input {
        label: "Name, as given".to_owned(),
        field: form.name.field(),
        right: String::new(),
        focused: form.focus == Focus::Name,
    });
    body.extend([Block::Blank, heading("What they are", form.focus == Focus::What)]);
    let what = WHAT.iter().enumerate().map(|(at, w)| option(at + 1, w, form.what == Some(at)));
    body.extend(two(what.collect()));
    if form.focus == Focus::Other || !form.other.is_empty() {
        body.push(Block::Input {
            label: "        what".to_owned(),
            field: form.other.field(),
            right: String::new(),
            focused: form.focus == Focus::Other,
        });
    }
    body.extend([Block::Blank, heading("Where they will be", form.focus == Focus::Place)]);
    let offered = places(app);
    let places = offered.iter().enumerate();
    body.extend(two(places
        .map(|(at, p)| option(at + 1, p.name.as_str(), form.place.as_ref() == Some(&p.code)))
        .collect()));
    if app.day().is_some_and(|day| !day.sessions.is_empty()) {
        let says = form.session.map_or_else(|| "0, for none".to_owned(), |no| format!("No {no}"));
        body.push(Block::Blank);
        body.push(heading("For which number on the board, if for one", form.focus == Focus::Session));
        body.push(Block::pieces(vec![Piece::To(5), Piece::plain(says)]));
    }
    body
}

fn heading(words: &str, focused: bool) -> Block {
    let shape = if focused { Shape::Mark } else { Shape::None };
    let words = if focused { Piece::strong(words) } else { Piece::plain(words) };
    Block::pieces(vec![words, Piece::plain("  "), Piece::Shape(shape)])
}

fn option(number: usize, words: &str, chosen: bool) -> Vec<Piece> {
    let shape = if chosen { Shape::Done } else { Shape::None };
    vec![Piece::Shape(shape), Piece::plain(format!(" {number}   {words}"))]
}

/// Two columns, the left one filled first.
fn two(options: Vec<Vec<Piece>>) -> Vec<Block> {
    let half = options.len().div_ceil(2);
    let (left, right) = options.split_at(half);
    let line = |(n, one): (usize, &Vec<Piece>)| {
        let mut pieces = vec![Piece::To(2)];
        pieces.extend(one.iter().cloned());
        if let Some(beside) = right.get(n) {
            pieces.push(Piece::To(40));
            pieces.extend(beside.iter().cloned());
        }
        Block::pieces(pieces)
    };
    left.iter().enumerate().map(line).collect()
}

fn enter_line(app: &App) -> Enter {
    if app.staff.form_open {
        return form_enter(app, &app.staff.form);
    }
    if let Some(name) = asked(app) {
        return wait(format!("1 writes that {name} has left; Enter does not"));
    }
    let at = words::hm(app.now);
    if let Some(card) = app.staff.number.exact(&numbers(app)).and_then(|n| numbered(app, n)) {
        let out = app.day().is_some_and(|d| d.on_shift(card.staff));
        return enter(format!("{} is {} shift, {at}", words::staff(app, card), if out { "off" } else { "on" }));
    }
    let marked = visitors(app).into_iter().find(|(id, _)| app.staff.mark == Some(*id));
    match marked {
        Some((_, visitor)) => enter(format!("asks whether {} has left", visitor.name)),
        None => wait("a number signs in who is not on shift, and out who is; Enter does not"),
    }
}

fn form_enter(app: &App, form: &Form) -> Enter {
    match form.missing() {
        Some(missing) if missing == form.focus => wait(match missing {
            Focus::Name => "type the name as it was given. Esc goes back",
            Focus::What => "a number says what they are. Esc goes back",
            Focus::Other => "type what they are. Esc goes back",
            Focus::Place | Focus::Session => "a number says where they will be. Esc goes back",
        }),
        Some(Focus::Name) => enter("goes to the name"),
        Some(Focus::What | Focus::Other) => enter("goes on to what they are"),
        Some(Focus::Place | Focus::Session) => enter("goes on to where they will be"),
        None => {
            let place = form.place.as_ref().map(|p| words::place_in(&app.policy(), p)).unwrap_or_default();
            let (name, what) = (form.name.text(), form.what_words());
            let session = form.session.map(|no| format!(", for No {no}")).unwrap_or_default();
            enter(format!("{name}, {what}, is in the building, {place}{session}, {}", words::hm(app.now)))
        }
    }
}

fn hints(app: &App) -> Vec<Hint> {
    if app.staff.form_open {
        return footer(app, &[Hint::new("Tab", "next field"), Hint::new("1-9", "choose")], &[Intent::Back]);
    }
    if app.staff.asked.is_some() {
        return footer(app, &[Hint::new("1", "has left")], &[Intent::Back]);
    }
    let (first, last) = (numbers(app).first().copied(), numbers(app).last().copied());
    let range = first.zip(last).map(|(a, b)| format!("{a}-{b}")).unwrap_or_default();
    let first = [
        Hint::new(range, "in or out"),
        Hint::new("0", "somebody else"),
        Hint::new("arrows", "who leaves"),
        Hint::new("Esc", "board"),
    ];
    footer(app, &first, &[Intent::Sheets])
}
