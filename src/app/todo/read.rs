//! A note read: its kind, its words, and what has happened to it since it was raised.

use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::screen::{Block, Hint, Screen};
use crate::app::state::App;
use crate::app::todo::answers::acts;
use crate::app::todo::in_hand;
use crate::app::todo::words::from;
use crate::app::words::{hm, hms, long_date, sentence};
use crate::domain::codes::LeftOpen;
use crate::domain::day::{Day, Message, Note};
use crate::domain::event::{About, Account, Amendment, Answer, Entry, Event, NoteEvent};
use crate::domain::ids::NoteId;
use crate::domain::policy::Power;

/// Cells before a text.
const INDENT: u16 = 12;

/// May who is at the desk read this note? One about the team: safeguarding lead and chair only, and never the one whom
/// it is about.
pub(super) fn may_read(app: &App, note: &Note) -> bool {
    let Some(who) = app.who else { return false };
    let role = app.register.role(who);
    match note.is_about_worker() {
        true => note.is_for(who, role),
        false => !note.is_closed() && may_read_notes(app),
    }
}

/// May who is at the desk read what others wrote?
pub(super) fn may_read_notes(app: &App) -> bool {
    app.who.is_some_and(|who| app.policy().may(app.register.role(who), Power::ReadNotes))
}

/// The screen of the note, or message, that is read.
pub(super) fn view(app: &App) -> Screen {
    let found = app.todo.reading.and_then(|(day, id)| Some((app.register.days.get(&day)?, id)));
    let mut screen = Screen {
        status: frame::saved(app),
        enter: frame::enter("back to the list; nothing is written"),
        footer: footer(app),
        ..Screen::default()
    };
    let Some((day, id)) = found else { return screen };
    if let Some(note) = day.notes.iter().find(|n| n.id == id).filter(|n| may_read(app, n)) {
        screen.head[0] = format!("Note {}   {}", note.no, long_date(day.date));
        screen.under[0] = about(app, day, note);
        screen.body = note_body(app, day, note);
    } else if let Some(message) = day.messages.iter().find(|m| m.id == id).filter(|_| may_read_notes(app)) {
        screen.head[0] = format!("Message   {}", long_date(day.date));
        screen.body = message_body(app, day, message);
    }
    screen
}

fn footer(app: &App) -> Vec<Hint> {
    let all = in_hand(app).map(|todo| acts(app, &todo)).unwrap_or_default();
    let first: Vec<Hint> = (1..).zip(all).map(|(n, act): (u8, _)| Hint::new(n.to_string(), act.says)).collect();
    frame::footer(app, &first, &[Intent::Back, Intent::Hide])
}

fn about(app: &App, day: &Day, note: &Note) -> String {
    match note.about {
        Some(About::Worker { staff, .. }) => format!("About {}, of the team", app.register.staff_name(staff)),
        Some(About::Nobody(_)) => "About nobody, or something else".to_owned(),
        Some(About::Session { session, .. }) => {
            day.session(session).map(|s| format!("About No {}, {}", s.plan.no, s.plan.code)).unwrap_or_default()
        }
        None => match note.session.and_then(|s| day.session(s)) {
            Some(s) => format!("Raised on No {}; nothing was told yet", s.plan.no),
            None => "Nothing was told yet".to_owned(),
        },
    }
}

fn field(label: &str, value: String) -> Block {
    Block::Field { label: label.to_owned(), shape: None, value, indent: INDENT }
}

fn note_body(app: &App, day: &Day, note: &Note) -> Vec<Block> {
    let kind = note.kind.as_ref().and_then(|k| day.policy.kind(k));
    let kind = kind.map_or_else(
        || "not chosen".to_owned(),
        |k| format!("{}   serious {}", sentence(k.words.as_str()), k.severity),
    );
    let words = if note.words.is_empty() { "none".to_owned() } else { note.words.to_string() };
    let mut body = vec![Block::Blank, field("What", kind), Block::Blank, field("Words", words)];
    if let Some(paper) = &note.paper {
        body.push(field("On paper", format!("form {paper}")));
    }
    body.push(Block::Blank);
    let events = day.entries.iter().filter_map(|e| Some((e, step(app, day, e, note.id)?)));
    body.extend(events.map(|(e, says)| field(&hms(e.recorded_at), format!("{}   {says}", from(app, e.by)))));
    body
}

/// What an entry did to this note.
fn step(app: &App, day: &Day, entry: &Entry, id: NoteId) -> Option<String> {
    match entry.event.open()? {
        Event::Note(NoteEvent::Raised { note, place, .. }) if *note == id => {
            let place = place.as_ref().map(|p| format!(", {}", crate::app::words::place(&day.policy, p)));
            Some(format!("raised it{}", place.unwrap_or_default()))
        }
        Event::Note(NoteEvent::Told { note, account, .. }) if *note == id => {
            let Some(Account { kind, words, .. }) = account.open() else { return Some("told".to_owned()) };
            let kind = kind.as_ref().and_then(|k| day.policy.kind(k)).map(|k| format!(", {}", k.words));
            Some(format!("told{}: {words}", kind.unwrap_or_default()))
        }
        Event::Note(NoteEvent::Mistaken { note }) if *note == id => Some("said it was pressed by mistake".to_owned()),
        Event::Note(NoteEvent::Seen { note }) if *note == id => Some("saw it".to_owned()),
        Event::Amend(Amendment::Answered(Answer::NoteStands { note, why })) if *note == id => Some(match why {
            Some(LeftOpen::Told) => format!("left it open: {} was told", crate::app::words::coordinator(app)),
            Some(LeftOpen::NotReached) => {
                format!("left it open: {} could not be reached", crate::app::words::coordinator(app))
            }
            Some(LeftOpen::Waits) => "left it open: it can wait".to_owned(),
            None => "left it open at the close".to_owned(),
        }),
        _ => None,
    }
}

fn message_body(app: &App, day: &Day, message: &Message) -> Vec<Block> {
    let kind = day.policy.message(&message.kind).map(|m| sentence(m.words.as_str())).unwrap_or_default();
    let session = message.session.and_then(|s| day.session(s)).map(|s| format!("No {}, {}", s.plan.no, s.plan.code));
    let words = if message.words.is_empty() { "none".to_owned() } else { message.words.to_string() };
    vec![
        Block::Blank,
        field("What", kind),
        field("About", session.unwrap_or_else(|| "no session".to_owned())),
        Block::Blank,
        field("Words", words),
        Block::Blank,
        field(&hm(message.at), format!("{}   left it", from(app, message.by))),
    ]
}
