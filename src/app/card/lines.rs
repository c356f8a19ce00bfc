//! What stands on a card beside the people: what to ask, do and say, who takes the children, what was written today.

use crate::app::card::view::field;
use crate::app::screen::{Block, Line, Piece, Shape};
use crate::app::state::App;
use crate::app::words::{self, hm, list};
use crate::domain::case::Instruction;
use crate::domain::codes::{Consent, Effect, Flag, Party};
use crate::domain::day::{Day, Session};
use crate::domain::due;
use crate::domain::event::{Basis, DoorEvent, Event, OutFor};
use crate::domain::kind::TakesPart;

pub(super) fn ask_line(session: &Session, party: Party) -> String {
    let mut asks = Vec::new();
    let number = session.adults(party).filter(|(m, _)| m.is_expected()).find_map(|(m, _)| m.phone.as_ref());
    if let Some(number) = number {
        let digits: Vec<char> = number.as_str().chars().filter(char::is_ascii_digit).collect();
        let tail: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
        asks.push(format!("Does the number still end in {tail}?"));
    }
    asks.push("Any new papers?".to_owned());
    let children: Vec<String> =
        session.children().filter(|(m, _)| m.is_expected()).map(|(m, _)| words::short(m)).collect();
    if party == Party::Brings && !children.is_empty() {
        let verb = if children.len() == 1 { "Is" } else { "Are" };
        asks.push(format!("{verb} {} well?", list(&children)));
    }
    asks.join("  ")
}

/// Instructions of this side: what to do, never why. Those that could tell of risks or health only in staff view.
pub(super) fn instructions(app: &App, session: &Session, party: Party) -> Vec<Block> {
    let own = |i: &&Instruction| i.party.is_none_or(|p| p == party);
    let (open, kept): (Vec<&Instruction>, Vec<&Instruction>) =
        session.plan.instructions.iter().filter(own).partition(|i| app.staff_view() || is_for_the_lobby(i.flag));
    let mut blocks: Vec<Block> = Vec::new();
    for instruction in open {
        let label = if blocks.is_empty() { "Do" } else { "" };
        let mut words = instruction.words.to_string();
        if app.staff_view()
            && let Some(about) = instruction.about.and_then(|p| session.member(p)).filter(|m| m.party() == party)
        {
            words = format!("{}: {words}", words::lettered(about));
        }
        if instruction.consent == Some(Consent::NotSeen) && !words.to_lowercase().contains("consent") {
            words.push_str(" (consent not seen)");
        }
        let shape = if instruction.effect == Effect::Show { None } else { Some(Shape::Read) };
        blocks.push(field(label, shape, words));
    }
    if !kept.is_empty() {
        let label = if blocks.is_empty() { "Do" } else { "" };
        blocks.push(field(
            label,
            Some(Shape::Read),
            "There is something to read: F5, when nobody stands beside you.".into(),
        ));
    }
    blocks
}

fn is_for_the_lobby(flag: Flag) -> bool {
    matches!(
        flag,
        Flag::Other
            | Flag::DoNotMeet
            | Flag::NonMolestation
            | Flag::Stagger
            | Flag::Visitors
            | Flag::Collectors
            | Flag::Premises
            | Flag::Photographs
            | Flag::Phones
            | Flag::Gifts
            | Flag::Food
            | Flag::Toilet
            | Flag::Language
    )
}

/// A sentence that can be read aloud and gives nothing away.
pub(super) fn say(app: &App, session: &Session, party: Party) -> String {
    if due::to_be_told(session) == Some(party) {
        return format!("\"They are not coming today. {} will be in touch.\"  Then t.", words::coordinator(app));
    }
    let here = session.side_in(party);
    let children: Vec<String> =
        session.children().filter(|(m, _)| m.is_expected()).map(|(m, _)| words::short(m)).collect();
    let who = list(&children);
    match (party, here) {
        (Party::Visits, _) if session.manner().visits == TakesPart::OnLine => {
            "\"Please stay on the line. We will tell you when all is ready.\"".to_owned()
        }
        (Party::Brings, false) => format!("\"Come this way. We will fetch {who} when the room is ready.\""),
        (Party::Brings, true) => "\"Please wait here. We will come to you.\"".to_owned(),
        (Party::Visits, false) => "\"Come this way. We will tell you when all is ready.\"".to_owned(),
        (Party::Visits, true) => "\"Please stay here. We will come to you.\"".to_owned(),
    }
}

pub(super) fn leaves_with(session: &Session) -> String {
    let mut names: Vec<String> = session
        .adults(Party::Brings)
        .filter(|(m, _)| m.collects)
        .map(|(m, _)| format!("{}, {}", words::lettered(m), m.relation))
        .collect();
    names.push("nobody else".to_owned());
    names.join("  ·  ")
}

/// The side on whose card an event may be read. In lobby view that is no side where it tells of the other: where it is,
/// or what it did.
fn party_to_read(app: &App, session: &Session, event: &DoorEvent) -> Option<Party> {
    match event {
        DoorEvent::OnTheWay { party, .. } | DoorEvent::OtherSideTold { party, .. } => Some(*party),
        DoorEvent::Walked { .. }
        | DoorEvent::Moved { .. }
        | DoorEvent::ChildLeft { basis: Basis::Handover(_), .. }
        | DoorEvent::ChildLeft { basis: Basis::TakenWithoutUs { .. }, .. }
            if !app.staff_view() =>
        {
            None
        }
        // Of children who are out with the side that visits, its own line says so, on its own card.
        DoorEvent::WentOut { person, out: OutFor::WithVisiting { adult, .. }, .. } if !app.staff_view() => {
            Some(Party::Visits).filter(|_| person == adult)
        }
        _ => event.person().and_then(|p| session.member(p)).map(|m| m.party()),
    }
}

/// What was written of this side today.
pub(super) fn today(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let own = |event: &DoorEvent| event.session() == session.id() && party_to_read(app, session, event) == Some(party);
    let lines: Vec<Block> = day
        .entries
        .iter()
        .filter(|e| !day.undone.contains(&e.act))
        .filter(|e| matches!(e.event.open(), Some(Event::Door(event)) if own(event)))
        .map(|e| {
            let by = if let crate::domain::event::By::Staff(s) = e.by { app.register.staff_name(s) } else { "" };
            let says = words::entry(app, day, e);
            let says = says.split_once("  ").map_or(says.clone(), |(_, rest)| rest.to_owned());
            Block::Line(Line {
                left: vec![Piece::To(8), Piece::plain(format!("{}   {says}", hm(day.happened(e))))],
                right: vec![Piece::quiet(by.to_owned())],
            })
        })
        .collect();
    let from = lines.len().saturating_sub(3);
    let mut shown: Vec<Block> = lines.into_iter().skip(from).collect();
    if let Some(Block::Line(first)) = shown.first_mut() {
        first.left.insert(0, Piece::plain("Today"));
    }
    shown
}
