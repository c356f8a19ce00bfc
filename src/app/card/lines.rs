//! What stands on a card beside the people: what to ask, do and say, who takes the children, what was written today.

use crate::app::card::ask;
use crate::app::card::view::field;
use crate::app::screen::{Block, Line, Piece, Shape};
use crate::app::state::App;
use crate::app::words::{self, hm, list};
use crate::domain::codes::{Legs, Party};
use crate::domain::day::{Attendance, Day, Session, Whereabouts};
use crate::domain::due;
use crate::domain::event::{Basis, Carer, DoorEvent, Event, OutFor};
use crate::domain::ids::PersonId;
use crate::domain::kind::TakesPart;
use crate::domain::refusal::Gate;

pub(super) fn ask_line(session: &Session, party: Party) -> String {
    let mut asks = Vec::new();
    let number = session.adults(party).filter(|(m, _)| m.is_expected()).find_map(|(m, _)| m.phone.as_ref());
    if let Some(number) = number {
        asks.push(format!("Does the number still end in {}?", words::last_three(number)));
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

/// New papers that nobody has read yet: no contact before.
pub(super) fn papers(app: &App, day: &Day, session: &Session) -> Vec<Block> {
    let ruth = words::coordinator(app);
    // Whose papers they are, and that there are any, is not for the other side.
    let why = if app.staff_view() { " There are new papers, and" } else { " Until then" };
    let words = format!("See {ruth} first.{why} the children wait with their own side.");
    match day.gate(session) {
        Some(Gate::Papers(_)) => vec![field("Do", Some(Shape::Read), words)],
        _ => Vec::new(),
    }
}

/// A sentence that can be read aloud and gives nothing away.
pub(super) fn say(app: &App, session: &Session, party: Party) -> String {
    if due::to_be_told(session) == Some(party) && session.cancelled.is_some() {
        return format!("\"There is no contact today. {} will be in touch.\"  Then Enter.", words::coordinator(app));
    }
    if due::to_be_told(session) == Some(party) {
        return format!("\"They are not coming today. {} will be in touch.\"  Then Enter.", words::coordinator(app));
    }
    let here = session.side_in(party);
    if session.manner().gap {
        return say_at_handover(session, party);
    }
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

/// In a handover each side comes and goes by itself; the time to be back is said again.
fn say_at_handover(session: &Session, party: Party) -> String {
    let here = session.adults(party).any(|(_, a)| a.is_in());
    let children: Vec<String> =
        session.children().filter(|(m, _)| m.is_expected()).map(|(m, _)| words::short(m)).collect();
    let who = list(&children);
    let is_back = session.had_contact();
    match (party, here, session.legs()) {
        (Party::Brings, false, _) => "\"Come this way.\"".to_owned(),
        (Party::Brings, true, _) if is_back => format!("\"We fetch {who} now.\""),
        (Party::Brings, true, _) if !worker_has(session) => format!("\"One of us will have {who} now.\""),
        (Party::Brings, true, _) => format!("\"One of us has {who}. You may go when you are ready.\""),
        (Party::Visits, true, Some(Legs::Both)) if !is_back => {
            format!("\"We fetch {who} now. Please be back here by {}.\"", words::plan(session.plan.end))
        }
        (Party::Visits, true, _) if is_back => "\"Thank you. Goodbye.\"".to_owned(),
        (Party::Visits, true, _) => format!("\"We fetch {who} now.\""),
        (Party::Visits, false, _) => "\"Come this way.\"".to_owned(),
    }
}

/// A worker has the children who are here.
fn worker_has(session: &Session) -> bool {
    let mut here = session.children().filter(|(_, a)| a.is_in()).peekable();
    here.peek().is_some() && here.all(|(_, a)| matches!(a.carer(), Some(Carer::Worker(_))))
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
        DoorEvent::OnTheWay { party, .. }
        | DoorEvent::OtherSideTold { party, .. }
        | DoorEvent::ThingKept { party, .. }
        | DoorEvent::UnlistedCame { party, .. } => Some(*party),
        DoorEvent::ThingGivenBack { thing, .. } => session.things.iter().find(|t| t.id == *thing).map(|t| t.party),
        DoorEvent::Called { person, .. } => Some(ask::side_of(session, *person)),
        // With whom a child went out, or was brought back, is of the side that had them.
        DoorEvent::CameBack { person, .. } | DoorEvent::Arrived { person, .. }
            if !app.staff_view() && is_brought_by_the_other(session, *person) =>
        {
            Some(Party::Visits)
        }
        DoorEvent::Walked { .. }
        | DoorEvent::Moved { .. }
        | DoorEvent::ChildLeft { basis: Basis::Handover(_), .. }
        | DoorEvent::ChildLeft { basis: Basis::TakenWithoutUs { .. } | Basis::Home { .. }, .. }
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

/// A child whom the side that visits brings: back from an outing, or on the way back of a handover.
fn is_brought_by_the_other(session: &Session, person: PersonId) -> bool {
    let outing = |a: &Attendance| a.moves.iter().any(|m| matches!(m.to, Whereabouts::Out(OutFor::WithVisiting { .. })));
    let child = session.member(person).is_some_and(|m| m.is_child());
    child && (session.legs() == Some(Legs::Back) || session.of(person).is_some_and(outing))
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
            let allowed = day.overrides.iter().find(|o| o.act == e.act);
            let allowed = allowed
                .filter(|_| app.staff_view() || !session.must_read())
                .map(|o| format!("{}: ", words::allowed(app, o.by, o.how)))
                .unwrap_or_default();
            let says = format!("{allowed}{says}");
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
