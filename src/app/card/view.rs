//! The card drawn: the people of one side, the question in hand, what Enter does.

use crate::app::card::ask::{self, Asked};
use crate::app::card::{course, foot, lines, people, todo};
use crate::app::frame;
use crate::app::screen::{Block, Line, Piece, Screen, Shape};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::case::Member;
use crate::domain::codes::Party;
use crate::domain::day::{Attendance, Day, Presence, Session};
use crate::domain::event::{Carer, OutFor};
use crate::domain::ids::PersonId;
use crate::domain::next::usual_ticks;

/// Cells from the left edge to what stands beside a label.
const INDENT: u16 = 8;

/// Cells from the left edge to what stands beside an answer, at the least.
const MORE: u16 = 38;

/// The screen.
pub fn view(app: &App) -> Screen {
    let Some((day, session)) = app.day().zip(app.in_hand()) else { return Screen::default() };
    let asked = app.card.question.as_ref().map(|q| ask::asked(app, session, q));
    let mut screen = Screen {
        head: [head(session), String::new(), String::new()],
        under: [words::sentence(words::party(app.card.party)), "Tab  the other side".to_owned()],
        body: match &asked {
            Some(asked) => question(app, asked),
            None => body(app, day, session, app.card.party),
        },
        status: frame::saved(app),
        enter: match &asked {
            Some(asked) => ask::enter(app, asked),
            None => foot::enter(app, session),
        },
        footer: foot::footer(app, asked.as_ref()),
        ..Screen::default()
    };
    if app.size.is_wide() && asked.is_some() {
        screen.beside = Some(beside(app, session, app.card.party));
    }
    foot::set_back(app, &mut screen);
    screen
}

fn head(session: &Session) -> String {
    format!("No {}   {} to {}", session.plan.no, words::plan(session.plan.start), words::plan(session.plan.end))
}

/// Beside the board in lobby view, of a family whose card must be read: it is opened for whoever stands at the desk, and
/// what it says of one side is not for the other to read in passing.
pub fn shut(session: &Session) -> Vec<Block> {
    vec![Block::line(head(session)), Block::Blank, field("", Some(Shape::Read), "Enter opens the card.".to_owned())]
}

/// The card of a marked row, beside the board on a wide terminal.
pub fn beside(app: &App, session: &Session, party: Party) -> Vec<Block> {
    let Some(day) = app.day() else { return Vec::new() };
    let mut blocks = vec![Block::line(head(session)), Block::line(words::sentence(words::party(party))), Block::Blank];
    blocks.push(Block::Blank);
    blocks.extend(narrow_rows(app, day, session, party));
    blocks.extend(below(app, day, session, party));
    blocks
}

fn body(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let mut blocks = vec![Block::Blank];
    blocks.extend(rows(app, day, session, party));
    blocks.extend(below(app, day, session, party));
    blocks
}

/// Below the people: what to ask, do and say.
fn below(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let mut blocks = vec![Block::Blank];
    if app.staff_view() {
        blocks.extend(staff_lines(app, day, session, party));
    }
    blocks.extend(course::lines(app, day, session, party));
    blocks.push(field("Ask", None, lines::ask_line(session, party)));
    blocks.push(Block::Blank);
    let mut todo = lines::papers(app, day, session);
    todo.extend(todo::todo(app, session, party));
    if !todo.is_empty() {
        blocks.extend(todo);
        blocks.push(Block::Blank);
    }
    blocks.push(field("Say", None, lines::say(app, session, party)));
    if party == Party::Brings {
        blocks.push(Block::Blank);
        blocks.push(Block::Field {
            label: "Leaves with".into(),
            shape: None,
            value: lines::leaves_with(session),
            indent: 14,
        });
    }
    if let Some(kept) = ask::to_give_back(app, session, party) {
        blocks.push(Block::Blank);
        blocks.push(Block::Field { label: "Give back".into(), shape: None, value: kept, indent: 14 });
    }
    let today = lines::today(app, day, session, party);
    if !today.is_empty() {
        blocks.push(Block::Blank);
        blocks.extend(today);
    }
    blocks
}

pub(super) fn field(label: &str, shape: Option<Shape>, value: String) -> Block {
    let indent = if shape.is_some() { INDENT + 2 } else { INDENT };
    Block::Field { label: label.to_owned(), shape, value, indent }
}

/// Who is ticked on this card.
fn ticked(app: &App, session: &Session, party: Party) -> Vec<PersonId> {
    let in_hand = app.session == Some(session.id()) && app.card.party == party && app.view == crate::app::View::Card;
    if in_hand { people::ticked(app, session) } else { usual_ticks(session, party) }
}

/// `✓ 1   Carys H`
fn numbered(n: usize, member: &Member, ticked: &[PersonId]) -> Vec<Piece> {
    let shape = if ticked.contains(&member.person) { Shape::Done } else { Shape::None };
    vec![
        Piece::To(2),
        Piece::Shape(shape),
        Piece::plain(format!(" {n}")),
        Piece::To(INDENT),
        Piece::strong(words::lettered(member)),
    ]
}

/// A child's age, an adult's relation.
fn about(day: &Day, member: &Member) -> String {
    match member.is_child() {
        true => member.age_on(day.date).map(|a| a.to_string()).unwrap_or_default(),
        false => member.relation.to_string(),
    }
}

/// `✓ 1   Carys H          mother             due 09:57`
fn rows(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let ticked = ticked(app, session, party);
    let row = |(n, (member, attendance)): (usize, (&Member, &Attendance))| {
        let mut pieces = numbered(n, member, &ticked);
        let state = presence(app, day, session, party, (member, attendance));
        pieces.extend([Piece::To(25), Piece::plain(about(day, member)), Piece::To(44), Piece::plain(state)]);
        Block::pieces(pieces)
    };
    (1..).zip(people::listed(app, session, party)).map(row).collect()
}

/// The same where there is no room for three columns: what they are and where they are stand below the name.
fn narrow_rows(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let ticked = ticked(app, session, party);
    let row = |(n, (member, attendance)): (usize, (&Member, &Attendance))| {
        let state = presence(app, day, session, party, (member, attendance));
        let below = format!("{}, {state}", about(day, member)).trim_start_matches(", ").to_owned();
        [Block::pieces(numbered(n, member, &ticked)), field("", None, below)]
    };
    (1..).zip(people::listed(app, session, party)).flat_map(row).collect()
}

/// A child whom a worker has, between the two sides of a handover.
fn is_between(session: &Session, attendance: &Attendance, member: &Member) -> bool {
    member.is_child() && session.legs().is_some() && matches!(attendance.carer(), Some(Carer::Worker(_)))
}

/// Their own place and times; of this side only.
fn presence(
    app: &App,
    day: &Day,
    session: &Session,
    party: Party,
    (member, attendance): (&Member, &Attendance),
) -> String {
    match attendance.presence() {
        // Where the other side is, is not for this side to read.
        Presence::In(_) if session.is_walked_back(attendance) && member.is_child() && !app.staff_view() => {
            format!("walked over {}", attendance.moves.last().map(|m| hm(m.at)).unwrap_or_default())
        }
        // With a worker between the two sides of a handover: in which room tells where the other side was.
        Presence::In(_) if is_between(session, attendance, member) && !app.staff_view() => {
            format!("with us, {}", attendance.moves.last().map(|m| hm(m.at)).unwrap_or_default())
        }
        Presence::In(place) => {
            let since = attendance.moves.last().map(|m| hm(m.at)).unwrap_or_default();
            let kept = if attendance.kept.is_some() { ", stays" } else { "" };
            format!("{}, {since}{kept}", words::place(&day.policy, place))
        }
        Presence::Out(OutFor::WithVisiting { until: Some(until), .. }) => format!("out, back {}", hm(*until)),
        Presence::Out(OutFor::WithVisiting { .. }) => "out".to_owned(),
        Presence::Out(OutFor::Reachable) => "out, can be rung".to_owned(),
        Presence::OnLine => "joined by video".to_owned(),
        Presence::Left => format!("left {}", attendance.left_at().map(hm).unwrap_or_default()),
        Presence::NotComing(_) => "not today".to_owned(),
        Presence::NotAdmitted => "was here, not let in".to_owned(),
        Presence::Expected if !member.is_expected() => "may come".to_owned(),
        Presence::Expected if !session.awaits(party) => "not today".to_owned(),
        Presence::Expected => match day.late_by(session, party, app.now) {
            Some(minutes) => format!("{minutes} min late"),
            None => format!("due {}", hm(day.due_at(session, party, app.now))),
        },
    }
}

/// What only staff view shows: whole numbers, where the other side is, who has each child.
fn staff_lines(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let mut blocks = Vec::new();
    let numbers: Vec<String> = session
        .adults(party)
        .filter_map(|(m, _)| m.phone.as_ref().map(|p| format!("{} {p}", words::lettered(m))))
        .collect();
    if !numbers.is_empty() {
        blocks.push(field("Rings", None, numbers.join("  ·  ")));
    }
    let other = if party == Party::Brings { Party::Visits } else { Party::Brings };
    let there: Vec<String> = session
        .adults(other)
        .filter(|(m, a)| m.is_expected() || a.came())
        .map(|(m, a)| format!("{} {}", words::lettered(m), presence(app, day, session, other, (m, a))))
        .collect();
    blocks.push(field("Other", None, there.join("  ·  ")));
    blocks
}

fn question(app: &App, asked: &Asked) -> Vec<Block> {
    let mut blocks =
        vec![Block::Blank, Block::Line(Line { left: vec![Piece::strong(asked.title.clone())], right: vec![] })];
    if !asked.hint.is_empty() {
        blocks.push(Block::line(asked.hint.clone()));
    }
    blocks.push(Block::Blank);
    let more = more_column(asked);
    for (n, answer) in asked.answers.iter().enumerate() {
        let chosen = app.card.chosen == Some(n);
        let shape = if chosen { Shape::Mark } else { Shape::None };
        let says = if chosen { Piece::strong(answer.says.clone()) } else { Piece::plain(answer.says.clone()) };
        blocks.push(Block::pieces(vec![
            Piece::To(2),
            Piece::Shape(shape),
            Piece::plain(format!(" {}", answer.digit)),
            Piece::To(8),
            says,
            Piece::To(more),
            Piece::plain(answer.more.clone()),
        ]));
    }
    if let Some(form) = &app.card.form {
        blocks.extend(form.blocks());
    }
    blocks.push(Block::Blank);
    blocks.extend(asked.lines.clone());
    blocks
}

/// Where what is said beside an answer begins: right of the longest of those that have something beside them.
fn more_column(asked: &Asked) -> u16 {
    let with_more = asked.answers.iter().filter(|a| !a.more.is_empty());
    let longest = with_more.map(|a| a.says.chars().count()).max().unwrap_or(0);
    u16::try_from(longest + 11).unwrap_or(MORE).clamp(MORE, 2 * MORE)
}
