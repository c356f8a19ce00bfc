//! Who told us: by whom, how, when. Asked by `t`; the usual answer stands already.

use crate::app::absent::{chosen, party};
use crate::app::earlier::Earlier;
use crate::app::state::App;
use crate::app::words;
use crate::domain::codes::{Channel, Moment};
use crate::domain::day::Session;
use crate::domain::event::Told;
use crate::domain::ids::{PersonId, StaffId};

/// Most people of a side who are offered by a number.
const OFFERED: usize = 7;

/// What was said of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ToldUs {
    pub(super) by: Teller,
    pub(super) channel: Channel,
    /// `None`: now.
    pub(super) at: Option<Moment>,
}

impl Default for ToldUs {
    fn default() -> Self {
        Self { by: Teller::Usual, channel: Channel::Phone, at: None }
    }
}

/// Who told us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Teller {
    /// The first adult of the side, if the reason is one that somebody must have given; else nobody.
    Usual,
    /// Somebody of the case.
    Person(PersonId),
    /// Somebody else.
    Else,
    /// Nobody has.
    Nobody,
}

/// The step of the small question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asking {
    Who,
    How,
    When(Earlier),
}

/// How, by digit.
pub(super) const CHANNELS: [(u8, Channel, &str); 5] = [
    (1, Channel::Phone, "by phone"),
    (2, Channel::InPerson, "at the door"),
    (3, Channel::Message, "by message"),
    (4, Channel::Email, "by e-mail"),
    (5, Channel::Through, "through somebody else"),
];

/// The words of a channel.
pub(super) fn how(channel: Channel) -> &'static str {
    CHANNELS.iter().find(|(_, c, _)| *c == channel).map_or("", |(.., words)| words)
}

/// The adults of the side, by digit from 1.
pub(super) fn tellers(app: &App, session: &Session) -> Vec<(u8, PersonId, String)> {
    let adults = session.adults(party(app)).take(OFFERED);
    (1..).zip(adults).map(|(n, (m, _))| (n, m.person, format!("{}, {}", words::lettered(m), m.relation))).collect()
}

/// What is written: nobody told us where no word has come.
pub(super) fn told(app: &App, session: &Session) -> Option<Told> {
    let reason = chosen(app);
    if reason.as_ref().is_some_and(|r| r.provisional) {
        return None;
    }
    let us = &app.absent.told;
    let by = match us.by {
        Teller::Nobody => return None,
        Teller::Usual if reason.is_some_and(|r| !r.told) => return None,
        Teller::Usual => session.adults(party(app)).map(|(m, _)| m.person).next(),
        Teller::Person(person) => Some(person),
        Teller::Else => None,
    };
    let to = app.who.unwrap_or(StaffId(uuid::Uuid::nil()));
    Some(Told { at: us.at.unwrap_or(app.now), by, to, channel: us.channel })
}

/// `now, 10:02, by phone, Ama to Jean`.
pub(super) fn said(app: &App, session: &Session) -> String {
    let Some(told) = told(app, session) else { return "nobody has told us".to_owned() };
    let now = if app.absent.told.at.is_none() { "now, " } else { "" };
    let by = told.by.and_then(|p| session.member(p)).map_or_else(|| "somebody else".to_owned(), words::short);
    let to = app.register.staff_name(told.to);
    format!("{now}{}, {}, {by} to {to}", words::hm(told.at), how(told.channel))
}
