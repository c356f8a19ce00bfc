//! Keys of the list of people, its form and its questions.

use crate::app::action::Effect;
use crate::app::field::{Purpose, Typed};
use crate::app::intent::Intent;
use crate::app::people::{Ask, Card, PeopleAct, Step, form, history, marked, name, rows};
use crate::app::policy::form::Form;
use crate::app::sealing::ONCE;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::{roles, words};
use crate::domain::codes::Role;
use crate::domain::ids::StaffId;
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;

/// The word without which nobody is removed.
pub(super) const WORD: &str = "remove";
/// Rows that a page key moves by.
const PAGE: usize = 10;

/// Opens it, for who may; a passphrase that was not yet handed over is still there.
pub fn open(app: &mut App) -> Vec<Effect> {
    if !app.is_sealed() {
        app.flash = Some("Nobody has a passphrase in this register: it is not sealed.".to_owned());
        return Vec::new();
    }
    if !roles::has(app, Power::People) {
        app.flash = Some(words::sentence(&words::refusal(app, &Refusal::Needs(Power::People))));
        return Vec::new();
    }
    app.people.says = None;
    app.staff_screen(View::People);
    vec![Effect::People(PeopleAct::List)]
}

/// A key was pressed.
pub fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    if app.people.busy {
        return Vec::new();
    }
    match std::mem::take(&mut app.people.step) {
        Step::List => list(app, press),
        Step::Form(form, of) => in_form(app, press, form, of),
        Step::Ask(ask) => asked(app, press, ask),
        Step::Remove(typed) => removing(app, press, typed),
        Step::History(from) => {
            app.people.step = history::update(app, press, from);
            Vec::new()
        }
        Step::Shown(staff, passphrase) => {
            // An Enter that is held, or a second one, must not take away what is shown once.
            if press.digit() != Some(1) {
                app.flash = Some(ONCE.to_owned());
                app.people.step = Step::Shown(staff, passphrase);
            }
            Vec::new()
        }
    }
}

fn list(app: &mut App, press: &Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => app.to_board(),
        Some(Intent::Down | Intent::Next) => step(app, |at| at + 1),
        Some(Intent::Up | Intent::Previous) => step(app, |at| at.saturating_sub(1)),
        Some(Intent::PageDown) => step(app, |at| at + PAGE),
        Some(Intent::PageUp) => step(app, |at| at.saturating_sub(PAGE)),
        Some(Intent::First) => step(app, |_| 0),
        Some(Intent::Last) => step(app, |_| usize::MAX),
        Some(Intent::Add) => app.people.step = Step::Form(form::empty(free_number(app), Role::Volunteer), None),
        Some(Intent::Go) if !app.guard.stray && !app.guard.spent => {
            if let Some(listed) = marked(app).filter(|l| l.left.is_none()) {
                app.people.step = Step::Form(form::of(&listed.card), Some(listed.staff));
            }
        }
        Some(Intent::NewPassphrase) => ask(app, Ask::Passphrase),
        Some(Intent::GiveNotes) => ask(app, Ask::Give),
        Some(Intent::Remove) => ask_remove(app),
        Some(Intent::History) => app.people.step = Step::History(0),
        None if press.char().is_some_and(|c| !c.is_ascii_digit()) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn step(app: &mut App, to: impl Fn(usize) -> usize) {
    let all: Vec<StaffId> = rows(app).iter().map(|l| l.staff).collect();
    let at = marked(app).and_then(|m| all.iter().position(|s| *s == m.staff)).unwrap_or_default();
    app.people.mark = all.get(to(at).min(all.len().saturating_sub(1))).copied();
}

/// The least number that nobody has, those who left too: papers name people by it.
fn free_number(app: &App) -> u8 {
    let taken = taken(app, None);
    (1..=u8::MAX).find(|n| taken.iter().all(|(number, _)| number != n)).unwrap_or_default()
}

/// Numbers that others have.
pub(super) fn taken(app: &App, but: Option<StaffId>) -> Vec<(u8, String)> {
    let others = rows(app).into_iter().filter(|l| Some(l.staff) != but);
    others.map(|l| (l.card.number, l.card.given.to_string())).collect()
}

/// Only of somebody who is of the team; what a question would not do is said.
fn ask(app: &mut App, ask: Ask) {
    let Some(listed) = marked(app) else { return };
    let says = match ask {
        _ if listed.left.is_some() => format!("{} has left.", name(&listed.card)),
        Ask::Passphrase if Some(listed.staff) == app.who => {
            "Your own is changed under Ctrl-P, my passphrase.".to_owned()
        }
        Ask::Give if !listed.lacks_notes => format!("{} lacks no notes that the role reads.", name(&listed.card)),
        _ => {
            app.people.step = Step::Ask(ask);
            return;
        }
    };
    app.flash = Some(says);
}

fn ask_remove(app: &mut App) {
    let Some(listed) = marked(app) else { return };
    let says = match () {
        () if listed.left.is_some() => format!("{} has left already.", name(&listed.card)),
        () if Some(listed.staff) == app.who => "Nobody removes themselves: another does it, after F6.".to_owned(),
        () if is_last(app, listed.staff) => last(&listed.card),
        () => {
            app.people.step = Step::Remove(Typed::new(Purpose::Confirm));
            return;
        }
    };
    app.flash = Some(says);
}

fn last(card: &Card) -> String {
    format!("{} is the last who may give keys: give that role to somebody else first.", name(card))
}

/// Without this person nobody could give and take keys.
pub(super) fn is_last(app: &App, staff: StaffId) -> bool {
    let policy = app.policy();
    let may = |role| policy.may(role, Power::People);
    let able = |but: Option<StaffId>| {
        let of_team = rows(app).into_iter().filter(|l| l.left.is_none() && l.has_key && Some(l.staff) != but);
        of_team.filter(|l| may(l.card.role)).count()
    };
    able(Some(staff)) == 0 && able(None) > 0
}

fn in_form(app: &mut App, press: &Press, mut form: Form, of: Option<StaffId>) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => return Vec::new(),
        Some(Intent::Next | Intent::Down) => form.step(false),
        Some(Intent::Previous | Intent::Up) => form.step(true),
        Some(Intent::Go) => return save(app, form, of),
        _ => {
            if !form.press(press) {
                app.flash = Some("Here a number chooses, or Left and Right.".to_owned());
            }
        }
    }
    app.people.step = Step::Form(form, of);
    Vec::new()
}

/// Enter goes on to what is missing, and saves what is whole.
fn save(app: &mut App, mut form: Form, of: Option<StaffId>) -> Vec<Effect> {
    let wrong = wrong(app, &form, of);
    if wrong.is_some() || app.guard.spent {
        if let Some((at, _)) = wrong {
            form.focus = at;
        }
        app.people.step = Step::Form(form, of);
        return Vec::new();
    }
    app.guard.spent = true;
    app.people.busy = true;
    app.people.says = None;
    let card = form::card(&form);
    // What was typed is there again if it cannot be written.
    app.people.step = Step::Form(form, of);
    vec![Effect::People(of.map_or(PeopleAct::Add(card.clone()), |staff| PeopleAct::Change(staff, card)))]
}

/// What keeps the form from being saved, and where.
pub(super) fn wrong(app: &App, form: &Form, of: Option<StaffId>) -> Option<(usize, String)> {
    let card = form::card(form);
    form::missing(app, form, &taken(app, of)).or_else(|| {
        let loses = of.is_some_and(|staff| is_last(app, staff)) && !app.policy().may(card.role, Power::People);
        loses.then(|| (form.focus, last(&card)))
    })
}

fn asked(app: &mut App, press: &Press, ask: Ask) -> Vec<Effect> {
    let Some(listed) = marked(app) else { return Vec::new() };
    let act = match ask {
        Ask::Passphrase if !listed.has_key => PeopleAct::GiveKey(listed.staff),
        Ask::Passphrase => PeopleAct::Reset(listed.staff),
        Ask::Give => PeopleAct::Give(listed.staff),
    };
    match (press.intent, press.digit()) {
        (Some(Intent::Back), _) => Vec::new(),
        (_, Some(1)) => {
            app.people.busy = true;
            app.people.says = None;
            vec![Effect::People(act)]
        }
        _ => {
            app.guard.stray |= press.intent.is_none() && press.char().is_some();
            app.people.step = Step::Ask(ask);
            Vec::new()
        }
    }
}

fn removing(app: &mut App, press: &Press, mut typed: Typed) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => return Vec::new(),
        Some(Intent::Go) if typed.text().as_str().eq_ignore_ascii_case(WORD) && !app.guard.spent => {
            app.guard.spent = true;
            if let Some(staff) = marked(app).map(|l| l.staff) {
                app.people.busy = true;
                app.people.says = None;
                return vec![Effect::People(PeopleAct::Remove(staff))];
            }
        }
        _ => {
            typed.press(press);
        }
    }
    app.people.step = Step::Remove(typed);
    Vec::new()
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    match &mut app.people.step {
        Step::Form(form, _) if !app.people.busy => form.paste(text),
        // The word is typed by hand.
        _ => app.guard.stray = true,
    }
}
