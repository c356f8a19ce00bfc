//! `r`: somebody with the power allows what the rules do not let be. Who, then why, then Enter: no Enter alone gets here.

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::{step, will};
use crate::app::state::{App, View};
use crate::app::words::{self, says_so};
use crate::domain::codes::{How, Side};
use crate::domain::day::Session;
use crate::domain::decide::{Allowance, Command, Permission, decide, in_the_way};
use crate::domain::event::{Basis, Carer};
use crate::domain::ids::StaffId;
use crate::domain::policy::Reason;
use crate::domain::refusal::Refusal;

/// Answers that have a digit.
const DIGITS: usize = 9;

/// What is refused on this card, and somebody with the power may allow.
pub fn offered(app: &App) -> Option<Permission> {
    if app.view != View::Card || app.who.is_none() || app.paper.is_on() {
        return None;
    }
    let permission = match &app.card.question {
        None => step::wanted(app)?,
        Some(_) => app.card.refused.clone()?,
    };
    let stamp = app.stamp(app.card.set_back.at);
    let offered = !in_the_way(&app.register, app.day, &permission, &stamp).is_empty();
    offered.then_some(permission)
}

/// Why an answer was refused that was just pressed.
pub(super) fn refusal(app: &App) -> Option<Refusal> {
    let permission = app.card.refused.clone()?;
    decide(&app.register, app.day, &Command::May(permission), &app.stamp(app.card.set_back.at)).err()
}

/// A refusal with the way out, and with `r` where somebody may allow it.
pub fn refused(app: &App, refusal: &Refusal) -> String {
    let says = words::refusal(app, refusal);
    let Some(power) = refusal.power().filter(|_| offered(app).is_some()) else { return says };
    match says.contains(". ") {
        true => format!("{says}  r {}", says_so(app)),
        false => format!("{says}. r {} says so", words::who_can(app, power)),
    }
}

/// Each of the team whose role has the power: here, or by name only.
pub(super) fn who(app: &App, session: &Session, permission: &Permission) -> Asked {
    let stamp = app.stamp(app.card.set_back.at);
    let stands = in_the_way(&app.register, app.day, permission, &stamp);
    let mut team = app.register.present_team();
    team.sort_by_key(|card| app.who != Some(card.staff));
    let named = team.into_iter().flat_map(|card| {
        // Where people have passphrases, who is here and has not the desk types theirs.
        let here = if app.is_sealed() && app.who != Some(card.staff) { How::Proved } else { How::Here };
        let hows = [here, How::Said].into_iter();
        hows.filter(|how| may_be(app, permission, card.staff, *how)).map(|how| (card, how)).collect::<Vec<_>>()
    });
    let answers = (1..).zip(named.take(DIGITS)).map(|(digit, (card, how))| {
        let name = words::staff(app, card);
        let more = match how {
            How::Here => "is here, and allows it".to_owned(),
            How::Proved => "is here, and types their passphrase".to_owned(),
            How::Said => "said so, by name only: confirms later".to_owned(),
        };
        let why = Question::AllowWhy { permission: permission.clone(), by: card.staff, how };
        Answer::new(digit, name, Does::Ask(why)).more(more)
    });
    let mut asked = Asked::new("Who allows it?", "a number says who; nothing is written yet")
        .answers(answers.collect())
        .line(format!("{}.", what(app, session, permission)));
    for refusal in &stands {
        let says = words::refusal(app, refusal);
        let first = says.split_once(". ").map_or(says.as_str(), |(first, _)| first).to_owned();
        asked = asked.line(format!("Against it:   {first}."));
    }
    asked
}

/// The rules would take it from this person. Who has the desk is here.
fn may_be(app: &App, permission: &Permission, by: StaffId, how: How) -> bool {
    let Some(why) = reasons(app).next().map(|r| r.code.clone()) else { return false };
    if how == How::Said && app.who == Some(by) {
        return false;
    }
    let command = Command::Allowed(Allowance { permission: permission.clone(), by, how, why });
    decide(&app.register, app.day, &command, &app.stamp(app.card.set_back.at)).is_ok()
}

fn reasons(app: &App) -> impl Iterator<Item = Reason> {
    app.policy().allowed.iter().filter(|r| !r.retired).take(DIGITS).cloned().collect::<Vec<_>>().into_iter()
}

/// Why; then Enter.
pub(super) fn why(app: &App, session: &Session, permission: &Permission, by: StaffId, how: How) -> Asked {
    let (name, said) = (app.register.staff_name(by), words::allowed(app, by, how));
    let what = what(app, session, permission);
    let answers = (1..).zip(reasons(app)).map(|(digit, reason)| {
        let command = Command::Allowed(Allowance { permission: permission.clone(), by, how, why: reason.code.clone() });
        Answer::new(digit, reason.words.as_str(), Does::Choose(command, format!("{what}; {said}, reason {digit}")))
    });
    let after = match how {
        How::Said => format!("Written as said by {name}, and asked at the close until {name} confirms."),
        How::Proved => format!("Written as allowed by {name}, whose passphrase is asked next."),
        How::Here if app.who == Some(by) => format!("Written as allowed by {name}."),
        How::Here => format!("Written as allowed by {name}, who confirms it at the close."),
    };
    Asked::new(format!("Why does {name} allow it?"), "a number first, then Enter")
        .answers(answers.collect())
        .line(format!("{what}."))
        .line(after)
}

/// What is allowed: who, what, which minute; nothing of the other side.
fn what(app: &App, session: &Session, permission: &Permission) -> String {
    let at_time = app.card.set_back.at.unwrap_or(app.now);
    let name = |staff: &StaffId| app.register.staff_name(*staff).to_owned();
    match permission {
        Permission::Walk { children, walker, into, .. } => {
            let over = matches!(into, Carer::Adult(a) if session.member(*a).is_some_and(|m| m.side == Side::Visiting));
            let to = if over { "over" } else { "to another place" };
            format!("{} walks {} {to}, {}", name(walker), lettered(session, children), at(app))
        }
        Permission::HandOver { children, basis, .. } => {
            let with = match basis {
                Basis::Listed(person) => lettered(session, &[*person]),
                Basis::Agency { agency, .. } => agency.to_string(),
                _ => String::new(),
            };
            let leave = if children.len() == 1 { "leaves" } else { "leave" };
            format!("{} {leave} with {with}, {}", lettered(session, children), at(app))
        }
        Permission::GoOut { people, .. } => {
            let goes = if people.len() == 1 { "goes" } else { "go" };
            format!("{} {goes} out and can be rung, {}", lettered(session, people), at(app))
        }
        other => will::permission(app, session, other, at_time),
    }
}
