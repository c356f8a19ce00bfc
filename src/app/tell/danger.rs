//! Danger now: what to say to 999. Names are shown: life before privacy.

use crate::app::frame::{footer, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Screen};
use crate::app::state::App;
use crate::app::tell::form::{Form, Whom};
use crate::app::tell::note_of;
use crate::app::words;
use crate::domain::case::Member;
use crate::domain::day::{Attendance, Presence, Session};
use crate::domain::event::{Basis, Carer};

/// Children who are shown.
const CHILDREN: usize = 6;
/// Where the text beside a label begins.
const TEXT: u16 = 8;

/// The 999 card of the note in hand.
pub(super) fn view(app: &App, form: &Form) -> Screen {
    let at = note_of(app, form.note).map_or(app.now, |n| n.at);
    let session = if let Whom::Row(id) = form.whom { app.session_of(Some(id)) } else { None };
    let mut body =
        vec![Block::Blank, row("Say", "\"Police, please. A child is in danger, at a child contact centre.\"")];
    body.push(row("Where", &place(app)));
    body.push(row("Ring", &ring_back(app)));
    body.push(Block::Blank);
    match session {
        Some(session) => body.extend(children(app, session)),
        None => body.push(row("Who", "first names and ages; with whom; F9 shows who is in")),
    }
    body.extend([
        Block::Blank,
        row("Tell", "what they wear, the car and which way, any medicine they need"),
        row("Do", "Do not follow, and do not stand in the way."),
    ]);
    if let Some(session) = session {
        let papers = format!("what a court has said is in the file of No {}", session.plan.no);
        body.push(row("Papers", &format!("{papers}: ask {}", words::coordinator(app))));
    }
    Screen {
        head: ["Ring 999 now".to_owned(), String::new(), String::new()],
        under: [format!("Read this out. The note was written {} and is safe.", words::hms(at)), String::new()],
        body,
        enter: wait("ring 999. Esc goes back to the note, which is safe"),
        footer: footer(app, &[], &[Intent::Back, Intent::Roll]),
        ..Screen::default()
    }
}

fn centre(app: &App) -> String {
    let name = app.policy().centre.to_string();
    if name.is_empty() { "The contact centre".to_owned() } else { name }
}

/// The centre and its address, or where that is to be found.
fn place(app: &App) -> String {
    let address = app.policy().address.clone();
    match address.is_empty() {
        true => format!("{}. The address is on the card by the telephone.", centre(app)),
        false => format!("{}, {address}.", centre(app)),
    }
}

/// The number that the police ring back.
fn ring_back(app: &App) -> String {
    let phone = app.policy().phone.clone();
    match phone.is_empty() {
        true => "they ring us back on the number of the telephone that you hold".to_owned(),
        false => format!("they ring us back on {phone}"),
    }
}

fn row(label: &str, text: &str) -> Block {
    Block::Field { label: label.to_owned(), shape: None, value: text.to_owned(), indent: TEXT }
}

/// Each child: first name, age, with whom, where and when last.
fn children(app: &App, session: &Session) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (n, (member, attendance)) in session.children().enumerate().take(CHILDREN) {
        let age = app.day().and_then(|d| member.age_on(d.date)).map(|a| format!(", {a}")).unwrap_or_default();
        let label = if n == 0 { "Who" } else { "" };
        let text = format!("{}{age}:  {}", member.called(), last_seen(app, session, attendance));
        blocks.push(row(label, &text));
    }
    let adults =
        session.adults(crate::domain::codes::Party::Visits).chain(session.adults(crate::domain::codes::Party::Brings));
    let near: Vec<String> = adults.filter(|(_, a)| a.is_in()).map(|(m, _)| named(m)).collect();
    if !near.is_empty() {
        blocks.push(row("Adults", &format!("{}, in the building by the book", words::list(&near))));
    }
    blocks
}

fn named(member: &Member) -> String {
    format!("{} ({})", words::lettered(member), member.relation)
}

fn last_seen(app: &App, session: &Session, child: &Attendance) -> String {
    let at = child.moves.last().map(|m| words::hm(m.at)).unwrap_or_default();
    let with = child.carer().map(|carer| match carer {
        Carer::Adult(person) => session.member(person).map(named).unwrap_or_default(),
        Carer::Worker(staff) => app.register.staff_name(staff).to_owned(),
    });
    let with = with.map(|w| format!("with {w}, ")).unwrap_or_default();
    match child.presence() {
        Presence::In(place) => format!("{with}in {} since {at}", words::place_in(&app.policy(), place)),
        Presence::Out(_) => format!("{with}out since {at}"),
        Presence::Left => format!("left {at}{}", left_with(session, child)),
        Presence::Expected | Presence::NotComing(_) | Presence::NotAdmitted | Presence::OnLine => {
            "not here today by the book".to_owned()
        }
    }
}

fn left_with(session: &Session, child: &Attendance) -> String {
    match &child.went_with {
        Some(Basis::Listed(person) | Basis::Handover(person) | Basis::TakenWithoutUs { by: Some(person) }) => {
            session.member(*person).map(|m| format!(" with {}", named(m))).unwrap_or_default()
        }
        Some(Basis::Verified { name, .. } | Basis::Agency { name, .. }) => format!(" with {name}"),
        Some(Basis::Home { said_by }) => {
            session.member(*said_by).map(|m| format!(", at home by the word of {}", named(m))).unwrap_or_default()
        }
        Some(Basis::TakenWithoutUs { by: None }) => ", taken without us".to_owned(),
        None => String::new(),
    }
}
