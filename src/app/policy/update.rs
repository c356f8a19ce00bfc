//! Keys of the policy: everything changes the draft only; one question, answered by a digit, writes it.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::policy::sections::{Section, retire};
use crate::app::policy::{changes, draft, history, in_force, may_change, rows};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::domain::codes::{Party, Role};
use crate::domain::decide::{Command, decide};
use crate::domain::policy::{Policy, Power, PowerOf, Setting};
use crate::domain::refusal::Refusal;

/// Digits of a number.
const DIGITS: usize = 3;
/// Rows that a page key moves by.
const PAGE: usize = 10;

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.policy.form.is_some() {
        form(app, &press);
        return Vec::new();
    }
    if app.policy.asks {
        return asked(app, &press);
    }
    match app.policy.section {
        None => index(app, &press),
        Some(section) => in_section(app, section, &press),
    }
    Vec::new()
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    if let Some(form) = &mut app.policy.form {
        form.paste(text);
    }
}

/// Every change that is not written yet.
pub(super) fn open_changes(app: &App) -> Vec<String> {
    changes(&in_force(app), &draft(app))
}

/// May the draft be written?
pub(super) fn may_write(app: &App) -> Result<(), Refusal> {
    let command = Command::Policy(Box::new(draft(app)));
    decide(&app.register, app.day, &command, &app.stamp(None)).map(drop)
}

/// Rows of the list of sections: one more where there is something to write.
pub(super) fn index_rows(app: &App) -> usize {
    Section::ALL.len() + usize::from(!open_changes(app).is_empty())
}

fn index(app: &mut App, press: &Press) {
    let last = index_rows(app).saturating_sub(1);
    if let Some(section) = press.digit().and_then(Section::of) {
        enter_section(app, section);
        return;
    }
    match press.intent {
        Some(Intent::Back) => app.to_board(),
        Some(Intent::Go) if app.guard.stray => {}
        Some(Intent::Go) => match Section::ALL.get(app.policy.mark) {
            Some(section) => enter_section(app, *section),
            None => app.policy.asks = may_write(app).is_ok(),
        },
        _ => moved(app, press, last),
    }
}

fn enter_section(app: &mut App, section: Section) {
    app.policy.section = Some(section);
    (app.policy.mark, app.policy.list) = (0, 0);
    app.policy.typed.clear();
}

/// One step back: to the list of sections, the mark on what there is to write, else on this section.
fn leave_section(app: &mut App, section: Section) {
    app.policy.section = None;
    let own = Section::ALL.iter().position(|s| *s == section).unwrap_or(0);
    app.policy.mark = if open_changes(app).is_empty() { own } else { Section::ALL.len() };
}

fn moved(app: &mut App, press: &Press, last: usize) {
    let mark = app.policy.mark;
    app.policy.typed.clear();
    app.policy.mark = match press.intent {
        Some(Intent::Down | Intent::Next) => (mark + 1).min(last),
        Some(Intent::Up | Intent::Previous) => mark.saturating_sub(1),
        Some(Intent::PageDown) => (mark + PAGE).min(last),
        Some(Intent::PageUp) => mark.saturating_sub(PAGE),
        Some(Intent::First) => 0,
        Some(Intent::Last) => last,
        _ => {
            app.guard.stray |= press.char().is_some_and(|c| !c.is_ascii_digit());
            mark.min(last)
        }
    };
}

/// Is it to be written? `1` writes it, `0` drops the draft.
fn asked(app: &mut App, press: &Press) -> Vec<Effect> {
    match (press.intent, press.digit()) {
        (Some(Intent::Back), _) => app.policy.asks = false,
        (_, Some(1)) => {
            app.policy.asks = false;
            app.policy.mark = 0;
            let command = Command::Policy(Box::new(draft(app)));
            return app.write(&command, None, Then::Stay);
        }
        (_, Some(0)) => {
            (app.policy.asks, app.policy.draft, app.policy.mark) = (false, None, 0);
            app.flash = Some("The changes are dropped. Nothing was written.".to_owned());
        }
        (None, None) if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn in_section(app: &mut App, section: Section, press: &Press) {
    let last = match section {
        Section::History => history(app).len().saturating_sub(1),
        _ => section.len(&draft(app), app.policy.list).saturating_sub(1),
    };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) if !app.policy.typed.is_empty() => app.policy.typed.clear(),
        (Some(Intent::Back), _) => leave_section(app, section),
        (_, Key::Left | Key::Right) if section.lists() > 1 => {
            let by = if press.key == Key::Left { section.lists() - 1 } else { 1 };
            app.policy.list = (app.policy.list + by) % section.lists();
            app.policy.mark = 0;
        }
        (Some(Intent::Go), _) if app.guard.stray => {}
        (Some(Intent::Go | Intent::Add | Intent::Retire), _) | (_, Key::Backspace | Key::Char('0'..='9')) => {
            if section == Section::History {
                return;
            }
            if may_change(app) {
                change(app, section, press);
            } else {
                let refusal = words::refusal(app, &Refusal::Needs(Power::SetPolicy));
                app.flash = Some(words::sentence(&refusal));
            }
        }
        _ => moved(app, press, last),
    }
}

fn change(app: &mut App, section: Section, press: &Press) {
    let (list, mark) = (app.policy.list, app.policy.mark);
    match (press.intent, section) {
        (Some(Intent::Go), Section::Times) => set_number(app),
        (Some(Intent::Go), _) => app.policy.form = rows::form(&draft(app), section, list, Some(mark)),
        (Some(Intent::Add), _) if section.grows() => {
            app.policy.form = rows::form(&draft(app), section, list, None);
        }
        (Some(Intent::Retire), _) if section.grows() => retired(app, section),
        (Some(_), _) => app.guard.stray = true,
        (None, Section::Times) => typed(app, press),
        (None, Section::First) => first(app, press.digit()),
        (None, Section::Powers) => toggle(app, press.digit()),
        (None, _) => {}
    }
}

/// Changes the draft.
fn edit(app: &mut App, how: impl FnOnce(&mut Policy)) {
    let mut next = draft(app);
    how(&mut next);
    app.policy.draft = Some(next);
}

fn retired(app: &mut App, section: Section) {
    let (list, mark) = (app.policy.list, app.policy.mark);
    let mut next = draft(app);
    if retire(&mut next, section, list, mark) {
        app.policy.draft = Some(next);
        let last = section.len(&draft(app), list).saturating_sub(1);
        app.policy.mark = mark.min(last);
    } else {
        app.flash = Some("This line stays: the program needs it. Enter changes it.".to_owned());
    }
}

/// Digits of a number; Enter sets it.
fn typed(app: &mut App, press: &Press) {
    match press.char().filter(char::is_ascii_digit) {
        Some(digit) if app.policy.typed.len() < DIGITS => app.policy.typed.push(digit),
        Some(_) => {}
        None => {
            app.policy.typed.pop();
        }
    }
}

/// The number that is typed, for the marked setting, if it is in range.
pub(super) fn number(app: &App) -> Option<(Setting, u16)> {
    let setting = *Setting::ALL.get(app.policy.mark)?;
    Some((setting, app.policy.typed.parse().ok()?))
}

fn set_number(app: &mut App) {
    let Some((setting, to)) = number(app) else { return };
    if (setting.least()..=setting.most()).contains(&to) {
        edit(app, |policy| policy.set(setting, to));
        app.policy.typed.clear();
    }
}

fn first(app: &mut App, digit: Option<u8>) {
    match (app.policy.mark, digit) {
        (0, Some(1)) => edit(app, |p| p.plan.first = Party::Visits),
        (0, Some(2)) => edit(app, |p| p.plan.first = Party::Brings),
        (1, Some(1)) => edit(app, |p| p.plan.may_meet = false),
        (1, Some(2)) => edit(app, |p| p.plan.may_meet = true),
        _ => {}
    }
}

/// Gives a role the marked power, or takes it.
fn toggle(app: &mut App, digit: Option<u8>) {
    let role = digit.and_then(|d| Role::ALL.get(usize::from(d).checked_sub(1)?)).copied();
    let (Some(role), Some(power)) = (role, Power::ALL.get(app.policy.mark).copied()) else { return };
    edit(app, |policy| {
        let at = policy.powers.iter().position(|p| p.power == power).unwrap_or(policy.powers.len());
        if at == policy.powers.len() {
            policy.powers.push(PowerOf { power, roles: Vec::new() });
        }
        let Some(of) = policy.powers.get_mut(at) else { return };
        match of.roles.iter().position(|r| *r == role) {
            Some(n) => drop(of.roles.remove(n)),
            None => of.roles.push(role),
        }
        of.roles.sort_unstable();
    });
}

/// Enter sets in the draft what the form has; Esc leaves it.
fn form(app: &mut App, press: &Press) {
    let Some(mut form) = app.policy.form.take() else { return };
    match press.intent {
        Some(Intent::Back) => return,
        Some(Intent::Next | Intent::Down) => form.step(false),
        Some(Intent::Previous | Intent::Up) => form.step(true),
        Some(Intent::Go) if !form.is_empty() => {
            let (section, list) = (app.policy.section, app.policy.list);
            if let Some(section) = section.filter(|_| may_change(app)) {
                edit(app, |policy| rows::put(policy, section, list, &form));
                if form.row.is_none() {
                    app.policy.mark = section.len(&draft(app), list).saturating_sub(1);
                }
            }
            return;
        }
        Some(Intent::Go) => {}
        _ => {
            if !form.press(press) {
                app.flash = Some("Here a number chooses, or the arrows.".to_owned());
            }
        }
    }
    app.policy.form = Some(form);
}
