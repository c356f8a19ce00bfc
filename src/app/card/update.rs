//! Keys on the card: digits tick, Enter does the next step, letters ask.

use crate::app::absent;
use crate::app::action::Effect;
use crate::app::card::ask::{self, Asked, Does, Files, Question};
use crate::app::card::set_back::SetBack;
use crate::app::card::{Form, people};
use crate::app::earlier::{Earlier, NoTime};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::number::Pressed;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::domain::codes::Party;
use crate::domain::decide::{Command, Journey, Permission, Record};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::next::{self, Step, next_step, normally};
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;

/// Opens the card of a session, of one side.
pub fn open(app: &mut App, session: SessionId, party: Party) {
    app.session = Some(session);
    app.card = super::State { party, ..super::State::default() };
    app.view = View::Card;
    app.guard.stray = false;
}

/// Opens the card of the session in hand with the question what the message for the coordinator is about.
pub fn leave_message(app: &mut App) {
    if let Some(session) = app.session {
        open(app, session, Party::Brings);
        open_question(app, Question::Message);
    }
}

/// Opens the card of the session in hand with the question why the centre cancels it.
pub fn cancel(app: &mut App) {
    if let Some(session) = app.session {
        open(app, session, Party::Brings);
        open_question(app, Question::Cancel);
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.in_hand().is_none() {
        app.to_board();
        return Vec::new();
    }
    if app.card.set_back.typing.is_some() {
        return setting_back(app, press);
    }
    if app.card.form.is_some() {
        return form(app, press);
    }
    if app.card.question.is_some() {
        return question(app, press);
    }
    card(app, press)
}

/// Text was pasted: only a form takes it.
pub fn pasted(app: &mut App, text: &str) {
    match app.card.form.as_mut() {
        Some(form) => form.paste(text),
        None => app.guard.stray = true,
    }
}

fn card(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        tick(app, digit);
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Go) => return go(app),
        Some(Intent::Back) => app.to_board(),
        Some(Intent::Next | Intent::Previous) => other_side(app),
        Some(Intent::NotComing) => not_coming(app),
        Some(Intent::Earlier) => app.card.set_back.typing = Some(Earlier::default()),
        Some(Intent::Files) => files(app),
        Some(intent) => match question_of(app, intent) {
            Some(question) => open_question(app, question),
            None => stray(app, press),
        },
        None => stray(app, press),
    }
    Vec::new()
}

/// Those whom the ticks leave, if any were changed by hand; a time set back goes along.
fn not_coming(app: &mut App) {
    let (party, at) = (app.card.party, app.card.set_back.at);
    let ticked = app.in_hand().map(|s| people::ticked(app, s)).unwrap_or_default();
    let by_hand = !app.card.ticks.is_empty() && !ticked.is_empty();
    if by_hand {
        absent::open_for(app, party, ticked)
    } else {
        absent::open(app, party)
    }
    absent::told_at(app, at);
}

/// What the coordinator changes on file: in staff view, and only by who may.
fn files(app: &mut App) {
    let role = app.who.map(|who| app.register.role(who));
    if !role.is_some_and(|role| app.policy().may(role, Power::Files)) {
        app.flash = Some(words::sentence(&words::refusal(app, &Refusal::Needs(Power::Files))));
    } else if !app.staff_view() {
        app.flash = Some("F5 first, when nobody stands beside you; then i.".to_owned());
    } else {
        open_question(app, Question::Files(Files::Menu));
    }
}

/// Lobby view is back: what only staff view may show is put away.
pub fn lobby(app: &mut App) {
    if !app.staff_view() && matches!(app.card.question, Some(Question::Files(_))) {
        app.card.close_question();
    }
}

/// A letter that does nothing: Enter waits until Esc, Tab or a digit.
fn stray(app: &mut App, press: Press) {
    if press.char().is_some() {
        app.guard.stray = true;
    }
}

fn other_side(app: &mut App) {
    let party = if app.card.party == Party::Brings { Party::Visits } else { Party::Brings };
    app.card = super::State { party, ..super::State::default() };
}

fn tick(app: &mut App, digit: u8) {
    let Some(session) = app.in_hand() else { return };
    let Some(n) = usize::from(digit).checked_sub(1) else { return };
    let person = people::listed(app, session, app.card.party).get(n).map(|(m, _)| m.person);
    let Some(person) = person else {
        app.flash = Some(format!("There is nobody {digit} on this card."));
        return;
    };
    let was = people::ticked(app, session).contains(&person);
    app.card.ticks.insert(person, !was);
}

/// What Enter does now, by the register and nothing else.
pub(super) fn step(app: &App) -> Option<Step> {
    let session = app.in_hand()?;
    let ticked = people::ticked(app, session);
    let (door, place) = people::way(app, session);
    let stamp = app.stamp(app.card.set_back.at);
    let step = next_step(&app.register, app.day, session.id(), app.card.party, &ticked, (&door, &place), &stamp);
    match (step, app.paper.is_on()) {
        // On paper it has happened: what a rule refuses is written with the rule.
        (Step::Wait(refusal), true) => Some(wanted(app).map_or(Step::Wait(refusal), Step::Do)),
        (step, _) => Some(step),
    }
}

/// What Enter would do if no rule stood in the way.
pub(super) fn wanted(app: &App) -> Option<Permission> {
    let session = app.in_hand()?;
    let ticked = people::ticked(app, session);
    let (door, place) = people::way(app, session);
    let stamp = app.stamp(app.card.set_back.at);
    match normally(&app.register, app.day, session.id(), app.card.party, &ticked, (&door, &place), &stamp) {
        Step::Do(permission) => Some(permission),
        _ => None,
    }
}

fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || (app.paper.is_on() && app.card.set_back.at.is_none()) {
        return Vec::new();
    }
    match step(app) {
        Some(Step::Do(permission)) if !app.guard.spent => {
            app.guard.spent = true;
            app.write(&Command::May(permission), app.card.set_back.at, Then::Board)
        }
        Some(Step::Write(record)) if !app.guard.spent => {
            app.guard.spent = true;
            app.write(&Command::Write(record), app.card.set_back.at, Then::Board)
        }
        Some(Step::Ask(asked)) => {
            let question = question_for(app, asked);
            open_question(app, question);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The question that the step asks.
fn question_for(app: &App, asked: next::Question) -> Question {
    match asked {
        next::Question::WhoWalks { children, into, place } => Question::WhoWalks { children, into, place },
        next::Question::WhoTakes { children } => takes(app, children),
        next::Question::WhoMeets { children, supervisor } => Question::WhoMeets { children, supervisor },
        next::Question::HowTold => Question::Told,
        next::Question::WhoGoes { children, adults, until } => {
            Question::WhoGoes(ask::Outing { children, adults, journey: Journey { until, ..Journey::default() } })
        }
        next::Question::WhoHas { people, children } => Question::WhoHas { people, children },
    }
}

/// The question that a letter opens.
fn question_of(app: &App, intent: Intent) -> Option<Question> {
    let session = app.in_hand()?;
    Some(match intent {
        Intent::Late => Question::Late,
        Intent::BroughtBy if app.card.party == Party::Brings => Question::BroughtBy,
        Intent::LeavesWith => return leaves_with(app),
        Intent::GoesOut => {
            let outing = app.day().and_then(|day| ask::outing(app, day, session));
            outing.map_or(Question::GoesOut, Question::WhoGoes)
        }
        Intent::Place => Question::Way,
        Intent::NoPart => Question::NoPart,
        Intent::Keep => Question::KeepWhat,
        Intent::GiveBack => Question::GiveBack,
        Intent::Call => Question::Call(ask::next_call(app, session)),
        Intent::Message => Question::Message,
        Intent::Another => Question::Another,
        Intent::Early if app.in_hand().is_some_and(|s| s.side_in(Party::Visits) || s.is_together()) => Question::Early,
        Intent::Happened => Question::Happened,
        Intent::ToldOther => Question::Told,
        Intent::Contact if app.in_hand().is_some_and(ask::is_of_one_worker) => Question::Contact,
        Intent::Allow => return ask::offered(app).map(|permission| Question::Allow { permission }),
        _ => return None,
    })
}

/// Only from the card of the side that brings, and only of children who are here.
fn leaves_with(app: &App) -> Option<Question> {
    let children = people::children(app, app.in_hand()?);
    (app.card.party == Party::Brings && !children.is_empty()).then(|| takes(app, children))
}

/// Who takes them; if they are together, who walks them back is known or asked first.
fn takes(app: &App, children: Vec<PersonId>) -> Question {
    let Some(session) = app.in_hand() else { return Question::WhoTakes { children, walker: None } };
    if !ask::are_together(session, &children) {
        return Question::WhoTakes { children, walker: None };
    }
    match ask::walked_before(app, session, &children) {
        Some(walker) => Question::WhoTakes { children, walker: Some(walker) },
        None => Question::WhoWalksBack { children },
    }
}

fn open_question(app: &mut App, question: Question) {
    app.card.chosen = None;
    app.card.number.clear();
    app.card.form = Form::of(&question);
    app.card.refused = None;
    app.card.question = Some(question);
}

fn question(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        return answered(app, digit);
    }
    match press.intent {
        Some(Intent::Back) if !app.card.number.is_empty() => app.card.number.clear(),
        Some(Intent::Back) => app.card.close_question(),
        Some(Intent::Earlier) => app.card.set_back.typing = Some(Earlier::default()),
        Some(Intent::Go) if !app.guard.stray => return chosen(app),
        Some(Intent::BroughtBy) => match app.card.question.clone() {
            Some(Question::WhoTakes { children, walker: Some(_) }) => {
                open_question(app, Question::WhoWalksBack { children });
            }
            _ => stray(app, press),
        },
        Some(Intent::Keep) if asks_who_takes(app) => open_question(app, Question::Keep),
        Some(Intent::Next) => other_side(app),
        Some(Intent::Allow) => match ask::offered(app) {
            Some(permission) => open_question(app, Question::Allow { permission }),
            None => stray(app, press),
        },
        _ => stray(app, press),
    }
    Vec::new()
}

/// Who takes the children home is being asked: `k` keeps them instead.
fn asks_who_takes(app: &App) -> bool {
    matches!(app.card.question, Some(Question::WhoTakes { .. } | Question::TakesOther { .. }))
}

/// A digit, or the first of two where more than nine can answer.
fn answered(app: &mut App, digit: u8) -> Vec<Effect> {
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    match app.card.number.press(digit, &asked.numbers()) {
        Pressed::Picked(number) => answer(app, &asked, number),
        Pressed::More => Vec::new(),
        Pressed::Unknown => {
            app.flash = Some(format!("There is no answer {digit} here."));
            Vec::new()
        }
    }
}

fn answer(app: &mut App, asked: &Asked, number: u16) -> Vec<Effect> {
    let Some((n, answer)) = asked.of(number) else { return Vec::new() };
    match answer.does.clone() {
        Does::Write(command) => {
            let effects = app.write(&command, app.card.set_back.at, Then::Board);
            app.card.refused = match command {
                Command::May(permission) if effects.is_empty() => Some(permission),
                _ => None,
            };
            return effects;
        }
        Does::Choose(..) | Does::Not(_) => app.card.chosen = Some(n),
        Does::Ask(question) => open_question(app, question),
        Does::Way(door, place) => {
            app.card.way = Some((door, place));
            app.card.close_question();
        }
        Does::Brings(person) => {
            brings(app, person);
            app.card.close_question();
        }
    }
    Vec::new()
}

/// Somebody else brings: ticked in place of the adults who are expected.
fn brings(app: &mut App, person: PersonId) {
    let Some(session) = app.in_hand() else { return };
    let usual: Vec<PersonId> = session
        .adults(Party::Brings)
        .filter(|(m, a)| m.person != person && !a.is_in())
        .map(|(m, _)| m.person)
        .filter(|p| people::ticked(app, session).contains(p))
        .collect();
    for other in usual {
        app.card.ticks.insert(other, false);
    }
    app.card.ticks.insert(person, true);
}

/// Enter, once a reason is chosen.
fn chosen(app: &mut App) -> Vec<Effect> {
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    if let Some(number) = app.card.number.take(&asked.numbers()) {
        app.guard.spent = true;
        return answer(app, &asked, number);
    }
    let answer = app.card.chosen.and_then(|n| asked.answers.get(n));
    match answer.map(|a| a.does.clone()) {
        Some(Does::Choose(command, _)) if !app.guard.spent => {
            app.guard.spent = true;
            let at = record_time(&command, app);
            app.write(&command, at, Then::Board)
        }
        _ => Vec::new(),
    }
}

/// A time set back in *took no part* is since when it was tried; elsewhere it is when it was.
fn record_time(command: &Command, app: &App) -> Option<crate::domain::codes::Moment> {
    match command {
        Command::Write(Record::NoPart { .. }) => None,
        _ => app.card.set_back.at,
    }
}

fn form(app: &mut App, press: Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => app.card.close_question(),
        Some(Intent::Next | Intent::Down) => {
            if let Some(form) = app.card.form.as_mut() {
                form.next(1);
            }
        }
        Some(Intent::Previous | Intent::Up) => {
            if let Some(form) = app.card.form.as_mut() {
                let last = form.fields.len().saturating_sub(1);
                form.next(last);
            }
        }
        Some(Intent::Go) => return form_saved(app),
        _ => {
            if let Some(form) = app.card.form.as_mut() {
                form.press(&press);
            }
        }
    }
    Vec::new()
}

fn form_saved(app: &mut App) -> Vec<Effect> {
    if app.guard.spent {
        return Vec::new();
    }
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    match (app.card.form.as_mut(), asked.form, asked.goes_on) {
        (Some(form), ..) if !form.is_full() => form.next(1),
        (_, _, Some((next, _))) => open_question(app, next),
        (_, Some((command, _)), _) => {
            app.guard.spent = true;
            return app.write(&command, app.card.set_back.at, Then::Board);
        }
        // What is typed is not what the form takes: the Enter line says so.
        _ => {}
    }
    Vec::new()
}

/// In the field of the Enter line: digits, then Enter sets the time and writes nothing.
fn setting_back(app: &mut App, press: Press) -> Vec<Effect> {
    let Some(typed) = app.card.set_back.typing.as_mut() else { return Vec::new() };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.card.set_back.typing = None,
        (Some(Intent::Go), _) => {
            match typed.at(app.now) {
                Ok(at) => app.card.set_back = SetBack { typing: None, at: Some(at) },
                Err(NoTime::Empty) => app.card.set_back = SetBack::default(),
                Err(NoTime::NoSuch) => app.flash = Some(format!("There is no time {}.", typed.digits())),
                Err(NoTime::Future) => app.flash = Some("That time has not come yet.".to_owned()),
            }
            app.guard.spent = false;
        }
        (_, Key::Backspace) => typed.backspace(),
        _ => {
            if let Some(digit) = press.digit() {
                typed.press(digit);
            }
        }
    }
    Vec::new()
}
