//! The foot of the card: what Enter does, the field of a time set back, the keys that are of use.

use crate::app::card::ask::{self, Asked};
use crate::app::card::{people, step, will};
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::screen::{Enter, Field, Hint, Screen};
use crate::app::state::App;
use crate::app::words::hm;
use crate::domain::codes::Party;
use crate::domain::day::{Presence, Session};
use crate::domain::due;
use crate::domain::next::Step;

/// What Enter does, or why it waits.
pub(super) fn enter(app: &App, session: &Session) -> Enter {
    let at = app.card.set_back.at.unwrap_or(app.now);
    if app.paper.is_on() && app.card.set_back.at.is_none() {
        return frame::wait(crate::app::paper::TIME_FIRST);
    }
    match step::step(app) {
        Some(Step::Do(_) | Step::Write(_)) if app.guard.spent => frame::wait("saved. Another key first, then Enter"),
        Some(Step::Do(permission)) => {
            let says = will::permission(app, session, &permission, at);
            frame::enter(crate::app::paper::with_line(app, &permission, says))
        }
        Some(Step::Write(record)) => frame::enter(will::record(app, session, &record, at)),
        Some(Step::Ask(question)) => frame::enter(will::question(session, &question)),
        Some(Step::Wait(refusal)) => frame::wait(ask::refused(app, &refusal)),
        Some(Step::Nothing(idle)) => frame::wait(will::idle(app, idle)),
        None => frame::wait("Esc board"),
    }
}

/// While a time is being set back, the field stands in the Enter line.
pub(super) fn set_back(app: &App, screen: &mut Screen) {
    if let Some(typed) = &app.card.set_back.typing {
        screen.enter = Enter {
            label: "Earlier".to_owned(),
            says: "minutes ago, or a time; Enter sets it and writes nothing".to_owned(),
            field: Some(Field { before: typed.digits().to_owned(), after: String::new() }),
        };
    } else if let Some(at) = app.card.set_back.at {
        screen.under =
            [screen.under.first().cloned().unwrap_or_default(), format!("as at {}   Tab  the other side", hm(at))];
    }
}

/// The keys that are of use now.
pub(super) fn footer(app: &App, asked: Option<&Asked>) -> Vec<Hint> {
    if app.card.form.is_some() {
        return vec![
            Hint::new("letters", "type"),
            Hint::new("Tab", "next field"),
            Hint::new("Esc", "back"),
            Hint::new("F1", "help"),
        ];
    }
    let Some(asked) = asked else { return card_footer(app) };
    let digits: Vec<String> = asked.answers.iter().map(|a| a.digit.to_string()).collect();
    let digits = match (asked.answers.first(), asked.answers.last()) {
        (Some(first), Some(last)) if digits.len() > 10 => format!("{}-{}", first.digit, last.digit),
        _ => digits.join(" "),
    };
    let mut hints = frame::footer(app, &[Hint::new(digits, "answer")], &[Intent::Allow, Intent::Earlier, Intent::Back]);
    if app.card.set_back.typing.is_some() {
        hints.insert(0, Hint::new("0-9", "minutes ago, or a time"));
    }
    hints
}

/// What is possible now, likeliest first; the rest stands under `?`.
fn card_footer(app: &App) -> Vec<Hint> {
    let Some(session) = app.in_hand() else { return Vec::new() };
    let count = people::listed(app, session, app.card.party).len();
    let digits = (1..=count).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    let mut intents = vec![Intent::Allow];
    intents.extend_from_slice(possible(session, app.card.party));
    frame::footer(app, &[Hint::new(digits, "who")], &intents)
}

/// What is possible now on the card of this side, likeliest first.
fn possible(session: &Session, party: Party) -> &'static [Intent] {
    match (party, session.side_in(party)) {
        _ if due::to_be_told(session) == Some(party) => {
            &[Intent::ToldOther, Intent::NotComing, Intent::Earlier, Intent::Back, Intent::Happened]
        }
        _ if session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(_))) => {
            &[Intent::Call, Intent::Happened, Intent::Earlier, Intent::Late, Intent::Message, Intent::Back]
        }
        (Party::Brings, false) => {
            &[Intent::NotComing, Intent::Late, Intent::Earlier, Intent::BroughtBy, Intent::Back, Intent::Happened]
        }
        (Party::Visits, false) => {
            &[Intent::NotComing, Intent::Late, Intent::Earlier, Intent::Back, Intent::Another, Intent::Happened]
        }
        (_, true) if ask::is_of_one_worker(session) && (session.is_together() || session.is_paused()) => {
            &[Intent::Contact, Intent::Early, Intent::LeavesWith, Intent::Earlier, Intent::Happened, Intent::Back]
        }
        (Party::Brings, true) => &[
            Intent::LeavesWith,
            Intent::Place,
            Intent::Earlier,
            Intent::NoPart,
            Intent::Happened,
            Intent::Keep,
            Intent::GoesOut,
            Intent::Call,
        ],
        (Party::Visits, true) if session.manner().goes_out && !session.had_contact() => {
            &[Intent::GoesOut, Intent::Place, Intent::Earlier, Intent::Happened, Intent::Keep, Intent::Back]
        }
        (Party::Visits, true) => &[
            Intent::Early,
            Intent::Place,
            Intent::Earlier,
            Intent::Happened,
            Intent::Keep,
            Intent::Another,
            Intent::Back,
        ],
    }
}
