//! What an entry says of how a session goes beside the coming and going: the log of the day, in staff view.

use crate::app::state::App;
use crate::app::words::said::named;
use crate::app::words::{allowed, hm, lettered, party};
use crate::domain::codes::CallAnswer;
use crate::domain::day::{Day, Session};
use crate::domain::event::DoorEvent;
use crate::domain::ids::StaffId;
use crate::domain::policy::Code;

pub(in crate::app) fn says(app: &App, day: &Day, session: &Session, event: &DoorEvent) -> String {
    let staff = |s: &StaffId| app.register.staff_name(*s).to_owned();
    let reason = |why: &Code| day.policy.reason(why).map(|r| r.words.to_string()).unwrap_or_default();
    match event {
        DoorEvent::SupervisorNamed { staff: s, .. } => format!("{} supervises", staff(s)),
        DoorEvent::Paused { why, decided, .. } => format!("contact paused: {}, {}", reason(why), staff(decided)),
        DoorEvent::Resumed { .. } => "contact goes on".to_owned(),
        DoorEvent::TenMinutesCalled { .. } => "ten minutes left, it was said".to_owned(),
        DoorEvent::MinutesOwed { minutes, party: p, why, .. } => {
            format!("{minutes} minutes are owed to {}: {}", party(*p), reason(why))
        }
        DoorEvent::ReportDue { owner, due, .. } => {
            format!("{} writes the report by {}", staff(owner), due.format("%A %-d %B"))
        }
        DoorEvent::JoinedOnLine { person, .. } => format!("{} joined by video", named(session, *person)),
        DoorEvent::LeftOnLine { person, .. } => format!("{} left the video call", named(session, *person)),
        DoorEvent::Called { person, number, answer, .. } => {
            let who = person.and_then(|p| session.member(p)).map(lettered);
            let who = who.or_else(|| number.as_ref().map(ToString::to_string)).unwrap_or_default();
            format!("rang {who}: {}", answered(*answer))
        }
        DoorEvent::SocialWorkerTold { .. } => "the social worker was told".to_owned(),
        DoorEvent::ThingKept { what, place, .. } => format!("in keeping: {}, {place}", thing(day, what)),
        DoorEvent::ThingGivenBack { thing: id, .. } => {
            let what = session.things.iter().find(|t| t.id == *id).map(|t| thing(day, &t.what));
            format!("given back: {}", what.unwrap_or_default())
        }
        DoorEvent::Allowed { by, how, why, .. } => format!("{}: {}", allowed(app, *by, *how), reason(why)),
        DoorEvent::ApartSet { apart: true, .. } => "two people must not meet, from now on".to_owned(),
        DoorEvent::ApartSet { .. } => "two people may meet again".to_owned(),
        DoorEvent::InstructionSet { .. } => "an instruction holds from now on".to_owned(),
        DoorEvent::InstructionLifted { .. } => "an instruction no longer holds".to_owned(),
        DoorEvent::Cancelled { why, .. } => format!("the centre cancelled it: {}", reason(why)),
        _ => hm(app.now),
    }
}

/// How a call went.
pub fn answered(answer: CallAnswer) -> &'static str {
    match answer {
        CallAnswer::Answered => "answered",
        CallAnswer::NoAnswer => "no answer",
        CallAnswer::Message => "left a message",
    }
}

/// A thing in plain words.
pub fn thing(day: &Day, what: &Code) -> String {
    day.policy.thing(what).map_or_else(|| what.to_string(), |t| t.words.to_string())
}
