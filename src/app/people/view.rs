//! People, drawn: the list, the form, the questions, a passphrase that is shown once.

use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::lock::reads;
use crate::app::people::update::{WORD, wrong};
use crate::app::people::{Ask, Card, Listed, Step, done, form, history, marked, name, rows};
use crate::app::policy::form::Form;
use crate::app::screen::{Block, Cell, Column, Enter, Hint, Piece, Row, Screen, Table};
use crate::app::secret::{LETTERS, Secret};
use crate::app::state::App;
use crate::app::words;
use crate::domain::ids::StaffId;

/// Rows of the body that are not people: header, blank, two about the marked one, blank.
const AROUND: usize = 6;

/// The screen.
pub fn view(app: &App) -> Screen {
    let (head, body, strip) = parts(app);
    let of_team = rows(app).iter().filter(|l| l.left.is_none()).count();
    let opens = rows(app).iter().filter(|l| l.left.is_none() && l.has_key).count();
    let under = match app.people.all {
        None => "Reading …".to_owned(),
        Some(_) => format!("{} of the team   {opens} open the register", of_team),
    };
    Screen {
        head: [head, String::new(), String::new()],
        under: [under, String::new()],
        body,
        strip,
        status: [app.people.says.clone().filter(|_| !app.people.is_typing()).unwrap_or_default(), String::new()],
        enter: enter_line(app),
        footer: footer(app),
        ..Screen::default()
    }
}

fn parts(app: &App) -> (String, Vec<Block>, Vec<Block>) {
    let people = || "People".to_owned();
    let whose = |l: Option<&Listed>| l.map(|l| name(&l.card)).unwrap_or_default();
    match &app.people.step {
        Step::List => (people(), list(app), Vec::new()),
        Step::Form(form, None) => ("Somebody new".to_owned(), in_form(app, form), Vec::new()),
        Step::Form(form, Some(_)) => (whose(marked(app)), in_form(app, form), Vec::new()),
        Step::Ask(ask) => (people(), list(app), question(app, *ask)),
        Step::History(from) => ("People: what was done".to_owned(), history::rows(app, *from), Vec::new()),
        Step::Remove(typed) => {
            let mut body = removes(&whose(marked(app)));
            body.push(Block::Input {
                label: format!("    Type {WORD}"),
                field: typed.field(),
                right: String::new(),
                focused: true,
            });
            (people(), body, Vec::new())
        }
        Step::Shown(staff, passphrase) => {
            let name = done::named(app, *staff);
            (name.clone(), once(app, &name, passphrase), Vec::new())
        }
    }
}

/// The form, and why it was not saved: a long Enter line takes the row in which that stands elsewhere.
fn in_form(app: &App, filled: &Form) -> Vec<Block> {
    let mut blocks = form::blocks(app, filled);
    blocks.extend(app.people.says.iter().flat_map(|says| [Block::Blank, Block::line(format!("  {says}"))]));
    blocks
}

fn removes(name: &str) -> Vec<Block> {
    vec![
        Block::Blank,
        Block::line(format!("    {name} is to open the register no more.")),
        Block::Blank,
        Block::line("    A new key is made at once: with an old passphrase and an old copy of the"),
        Block::line("    keys nothing can be read that is written from then on. What they wrote"),
        Block::line("    stays, in their name."),
        Block::line("    Nobody else needs to do anything; every other passphrase holds."),
        Block::Blank,
    ]
}

/// The list, and what is held of the marked one.
fn list(app: &App) -> Vec<Block> {
    let all = rows(app);
    let room = app.size.body().saturating_sub(AROUND).max(1);
    let mark = marked(app).map(|l| l.staff);
    let at = all.iter().position(|l| Some(l.staff) == mark).unwrap_or_default();
    let first = (at + 1).saturating_sub(room);
    let row = |l: &&Listed| row(l, Some(l.staff) == mark);
    let column = |width, grows, right| Column { width, grows, right };
    let table = Table {
        columns: vec![
            column(3, 0, true),
            column(20, 1, false),
            column(17, 0, false),
            column(11, 0, false),
            column(16, 1, false),
        ],
        header: ["No", "Name", "Role here", "Undertaking", "Key"].map(str::to_owned).to_vec(),
        rows: all.iter().skip(first).take(room).map(row).collect(),
    };
    let mut blocks = vec![Block::Table(table), Block::Blank];
    blocks.extend(marked(app).map(|l| held(&l.card)).unwrap_or_default());
    blocks
}

fn row(listed: &Listed, marked: bool) -> Row {
    let card = &listed.card;
    let key = match (listed.left, listed.has_key, listed.lacks_notes) {
        (Some(left), ..) => format!("left {}", left.format("%-d %b %Y")),
        (None, false, _) => "none yet: n".to_owned(),
        (None, true, true) => "lacks notes: g".to_owned(),
        (None, true, false) => "has one".to_owned(),
    };
    let signed = card.undertaking.map_or_else(|| "not signed".to_owned(), |d| d.format("%-d %b %Y").to_string());
    let cells = [card.number.to_string(), name(card), words::role_whole(card.role).to_owned(), signed, key];
    Row { cells: cells.map(Cell::Words).to_vec(), marked }
}

/// What the list has no room for.
fn held(card: &Card) -> Vec<Block> {
    let whole = format!("{} {}", card.title, name(card));
    let age = if card.of_age { "old enough" } else { "age not confirmed" };
    let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    vec![
        Block::line(format!("    {}   {}", whole.trim(), or(card.job.as_str(), "no job role"))),
        Block::line(format!("    {}   {age}", or(card.email.as_str(), "no e-mail"))),
    ]
}

fn question(app: &App, ask: Ask) -> Vec<Block> {
    let Some(listed) = marked(app) else { return Vec::new() };
    let name = name(&listed.card);
    let (asks, one) = match (ask, listed.has_key) {
        (Ask::Passphrase, false) => {
            (format!("A key for {name}, with a first passphrase?"), "makes it, and shows it once")
        }
        (Ask::Passphrase, true) => {
            (format!("A new passphrase for {name}? The old one opens nothing any more."), "makes it, and shows it once")
        }
        (Ask::Give, _) => (format!("Open earlier notes to {name}? The role reads them."), "opens those that you read"),
    };
    vec![Block::Rule, Block::line(asks), Block::line(format!("    1   {one}"))]
}

/// A passphrase, shown once: large, a word a row, the letters that are enough before the others.
pub(in crate::app) fn once(app: &App, whose: &str, passphrase: &Secret) -> Vec<Block> {
    if app.size.height < ROOM {
        return in_little_room(passphrase);
    }
    let spaced = |letters: &mut dyn Iterator<Item = char>| letters.map(|c| c.to_string()).collect::<Vec<_>>().join(" ");
    let mut blocks = vec![Block::Blank, Block::line(format!("    The passphrase of {whose}")), Block::Blank];
    for (n, word) in (1..).zip(passphrase.reveal().split(' ')) {
        let (first, rest) = (spaced(&mut word.chars().take(LETTERS)), spaced(&mut word.chars().skip(LETTERS)));
        let pieces = vec![
            Piece::To(8),
            Piece::quiet(format!("{n}")),
            Piece::To(12),
            Piece::strong(first),
            Piece::plain(if rest.is_empty() { String::new() } else { format!(" {rest}") }),
        ];
        blocks.extend([Block::pieces(pieces), Block::Blank]);
    }
    blocks.push(Block::line("    Write it down and hand it over, or let them read it. Four letters of each"));
    blocks.push(Block::line("    word are enough. It is shown this once; a lost one is made anew."));
    blocks
}

/// Rows below which the words stand close together: all of them must be seen, since they are shown once.
const ROOM: u16 = 22;

/// The same, two words a row and nothing else.
fn in_little_room(passphrase: &Secret) -> Vec<Block> {
    let words: Vec<(usize, &str)> = (1..).zip(passphrase.reveal().split(' ')).collect();
    let row = |some: &[(usize, &str)]| {
        let mut pieces = Vec::new();
        for (column, (n, word)) in (0_u16..).zip(some) {
            pieces.extend([
                Piece::To(1 + column * 13),
                Piece::plain(format!("{n}")),
                Piece::To(3 + column * 13),
                Piece::plain(*word),
            ]);
        }
        Block::pieces(pieces)
    };
    words.chunks(2).map(row).collect()
}

fn enter_line(app: &App) -> Enter {
    if app.people.busy {
        return reads(app).unwrap_or_else(|| wait("making keys …"));
    }
    match &app.people.step {
        Step::List => match marked(app) {
            Some(listed) if listed.left.is_none() => enter(format!("opens what is held of {}", name(&listed.card))),
            Some(listed) => wait(format!("{} has left; a adds somebody, the arrows move", name(&listed.card))),
            None => reads(app).unwrap_or_else(|| wait("the list is being read; Esc goes back")),
        },
        Step::Form(form, of) => match wrong(app, form, *of) {
            Some((_, says)) => wait(says),
            None => enter(saves(form::says(&form::card(form)), *of)),
        },
        Step::History(_) => wait("arrows show more; Esc goes back to the list"),
        Step::Ask(_) => wait("1 does it; Enter does not. Esc, and nothing changes"),
        Step::Remove(typed) if typed.text().as_str().eq_ignore_ascii_case(WORD) => {
            let name = marked(app).map(|l| name(&l.card)).unwrap_or_default();
            enter(format!("{name} opens the register no more, from now on"))
        }
        Step::Remove(_) => wait(format!("type {WORD}; Esc, and nothing changes")),
        Step::Shown(..) => wait("1 once it is written down or handed over; it is not shown again"),
    }
}

fn saves(says: String, of: Option<StaffId>) -> String {
    match of {
        None => format!("{says}: gets a key"),
        Some(_) => format!("{says}: is held so"),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    let all = |first: &[Hint]| frame::footer(app, first, &[Intent::Back]);
    match &app.people.step {
        Step::List => {
            let lacks = marked(app).is_some_and(|listed| listed.lacks_notes);
            let mut intents = vec![Intent::Add, Intent::NewPassphrase];
            intents.extend(lacks.then_some(Intent::GiveNotes));
            intents.extend([Intent::Remove, Intent::History, Intent::Back]);
            frame::footer(app, &[Hint::new("arrows", "move")], &intents)
        }
        Step::Form(form, _) => {
            let (key, does) = form.hint();
            all(&[Hint::new("Tab", "next field"), Hint::new(key, does)])
        }
        Step::History(_) => all(&[Hint::new("arrows", "more")]),
        Step::Ask(_) => all(&[Hint::new("1", "does it")]),
        Step::Remove(_) => all(&[Hint::new("letters", "the word")]),
        Step::Shown(..) => frame::footer(app, &[Hint::new("1", "it is written down")], &[]),
    }
}
