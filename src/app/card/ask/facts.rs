//! Stays here, goes out, somebody who is not on the list, this side was told.

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question, team};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{coordinator, party, short};
use crate::domain::codes::{Channel, Party};
use crate::domain::day::Session;
use crate::domain::decide::{Command, Permission, Record};
use crate::domain::ids::PersonId;
use crate::domain::next::leaving_door;

pub(super) fn keep(app: &App, session: &Session) -> Asked {
    let children: Vec<PersonId> = people::children(app, session);
    if children.is_empty() {
        return Asked::new("No child of theirs is here by the book.", "Esc back");
    }
    let stay = |with| {
        let (session, children) = (session.id(), children.clone());
        Does::Write(Command::Write(Record::Keep { session, children, with }))
    };
    Asked::new(format!("Who of the team has {}?", lettered(session, &children)), "a number writes it; Enter does not")
        .answers(team(app, stay))
        .line(format!("They stay here for now, not handed over. {} is told, and decides.", coordinator(app)))
        .line("Then another of the list takes them, or a duty social worker: d, then 0.")
}

pub(super) fn goes_out(app: &App, session: &Session) -> Asked {
    let adults = session.adults(Party::Brings).filter(|(_, a)| a.is_in());
    let answers = (1..=9).zip(adults).map(|(digit, (member, _))| {
        let people = vec![member.person];
        let door = app
            .day()
            .map(|d| leaving_door(d, session, &people, Party::Brings))
            .unwrap_or_else(|| crate::domain::policy::Code::new("front"));
        let out = Permission::GoOut { session: session.id(), people, door };
        Answer::new(digit, short(member), Does::Write(Command::May(out))).more("goes out, and can be rung")
    });
    let title = if app.card.party == Party::Brings {
        "Who goes out?"
    } else {
        "The side that visits stays. Tab the other side"
    };
    let answers = if app.card.party == Party::Brings { answers.collect() } else { Vec::new() };
    Asked::new(title, "a number writes it; Enter does not").answers(answers).line(format!("At {}.", at(app)))
}

pub(super) fn another(app: &App, session: &Session) -> Asked {
    let name = app.card.form.as_ref().map(|f| f.text(0)).unwrap_or_default();
    let says = format!("{name} came with {} and is not let in, {}", party(app.card.party), at(app));
    let record = Record::Unlisted { session: session.id(), party: app.card.party, name };
    let mut asked = Asked::new("Somebody who is not on the list.", "their name, as given")
        .line(format!("Say   \"Only people on the form today. {} will talk to you.\"", coordinator(app)));
    asked.form = Some((Command::Write(record), says));
    asked
}

pub(super) fn told(app: &App, session: &Session) -> Asked {
    let told = |channel| {
        let record = Record::ToldOther { session: session.id(), party: app.card.party, channel };
        Does::Choose(Command::Write(record), format!("{} was told, {}", party(app.card.party), at(app)))
    };
    // That a child is looked after is not for the lobby to read.
    let worker = if app.staff_view() { "the social worker was told" } else { "another who must be told, was" };
    let worker = Answer::new(5, worker, Does::Ask(Question::ToldWorker));
    Asked::new("This side was told that there is no contact today. How?", "a number first, then Enter")
        .answers(vec![
            Answer::new(1, "by phone", told(Channel::Phone)),
            Answer::new(2, "at the door", told(Channel::InPerson)),
            Answer::new(3, "by message", told(Channel::Message)),
            Answer::new(4, "through somebody else", told(Channel::Through)),
        ])
        .answers(if session.is_looked_after() { vec![worker] } else { Vec::new() })
        .line("You may say, and nothing more:")
        .line(format!("\"There is no contact today. {} will be in touch.\"", coordinator(app)))
}
