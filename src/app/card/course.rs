//! How contact of this session goes, on the card: who has the children throughout, a pause, what is owed, who writes it
//! up, whether the interpreter is here. In lobby view only what gives nothing away.

use crate::app::card::view::field;
use crate::app::screen::{Block, Shape};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::codes::{Effect, Flag, Party};
use crate::domain::day::{Day, Session};

/// The lines, in the order of what is urgent.
pub(super) fn lines(app: &App, day: &Day, session: &Session, party: Party) -> Vec<Block> {
    let staff = app.staff_view();
    let says = [
        ("Now", now(app, day, session)),
        ("Contact", if staff { contact(app, session) } else { String::new() }),
        ("Owed", if staff { owed(day, session) } else { String::new() }),
        ("Report", if staff { report(app, session) } else { String::new() }),
        ("Told", if staff { told(session) } else { String::new() }),
    ];
    let mut blocks: Vec<Block> =
        says.into_iter().filter(|(_, says)| !says.is_empty()).map(|(label, says)| field(label, None, says)).collect();
    blocks.extend(interpreter(app, day, session, party));
    blocks
}

/// A pause that is on, and how long. Why is for staff view.
fn now(app: &App, day: &Day, session: &Session) -> String {
    let Some(pause) = session.pause() else { return String::new() };
    let minutes = usize::try_from((app.now - pause.at).num_minutes()).unwrap_or(0);
    let since = format!("paused since {}, {}", hm(pause.at), words::count(minutes, "minute", "minutes"));
    let why = day.policy.reason(&pause.why).map(|r| r.words.to_string());
    match why.filter(|_| app.staff_view()) {
        Some(why) => format!("{since}: {why}"),
        None => since,
    }
}

/// `Priya supervises  ·  together 45 minutes  ·  paused 4`
fn contact(app: &App, session: &Session) -> String {
    let mut parts = Vec::new();
    if session.plan.kind.is_supervised() {
        parts.push(match session.supervisor {
            Some(staff) => format!("{} supervises", app.register.staff_name(staff)),
            None => "nobody supervises yet: s".to_owned(),
        });
    }
    if session.had_contact() {
        parts.push(format!("together {} min", session.contact_minutes(app.now)));
    }
    if !session.pauses.is_empty() {
        parts.push(format!("paused {} min", session.paused_minutes(app.now)));
    }
    if let Some(said) = session.ten_minutes {
        parts.push(format!("ten minutes said {}", hm(said)));
    }
    if session.plan.kind.is_supervised() || !session.pauses.is_empty() { parts.join("  ·  ") } else { String::new() }
}

/// `12 min to the side that visits, the centre was late`
fn owed(day: &Day, session: &Session) -> String {
    let one = |o: &crate::domain::day::Owed| {
        let why = day.policy.reason(&o.why).map(|r| r.words.to_string()).unwrap_or_default();
        format!("{} min to {}, {why}", o.minutes, words::party(o.party))
    };
    session.owed.iter().map(one).collect::<Vec<_>>().join("  ·  ")
}

fn report(app: &App, session: &Session) -> String {
    let says = |r: crate::domain::day::Report| {
        format!("{} writes it, by {}", app.register.staff_name(r.owner), r.due.format("%A %-d %B"))
    };
    session.report.map(says).unwrap_or_default()
}

fn told(session: &Session) -> String {
    session.social_worker_told.map(|at| format!("the social worker, {}", hm(at))).unwrap_or_default()
}

/// Where an instruction warns of a language, whether somebody is here for it: no name in the lobby.
fn interpreter(app: &App, day: &Day, session: &Session, party: Party) -> Option<Block> {
    let own = |p: Option<Party>| p.is_none_or(|p| p == party);
    let needed =
        session.instructions.iter().any(|i| i.flag == Flag::Language && i.effect == Effect::Warn && own(i.party));
    if !needed {
        return None;
    }
    let here = day.visitors.values().find(|v| v.session == Some(session.id()) && v.spell.went.is_none());
    let block = match here {
        Some(visitor) if app.staff_view() => {
            let place = visitor.spell.place.as_ref().map(|p| words::place(&day.policy, p)).unwrap_or_default();
            field("Speaks", Some(Shape::Here), format!("{}, {}, {place}", visitor.name, visitor.what))
        }
        Some(_) => field("Speaks", Some(Shape::Here), "whoever speaks for them is here".to_owned()),
        None => field("Speaks", Some(Shape::Away), "nobody is here yet who speaks for them".to_owned()),
    };
    Some(block)
}
