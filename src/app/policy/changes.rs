//! What differs between two versions of the policy, in words: `grace 15 -> 20`.

use crate::app::policy::rows::{Line, lines};
use crate::app::policy::sections::Section;
use crate::app::state::App;
use crate::app::words::{self, policy as named};
use crate::domain::codes::{Moment, Role};
use crate::domain::event::By;
use crate::domain::policy::{Policy, Power, ReasonList, Setting};

/// Everything that differs, in the order of the sections.
pub fn changes(from: &Policy, to: &Policy) -> Vec<String> {
    let mut all = numbers(from, to);
    if from.plan.first != to.plan.first {
        all.push(format!("first: {} -> {}", words::party(from.plan.first), words::party(to.plan.first)));
    }
    if from.plan.may_meet != to.plan.may_meet {
        let meet = |p: &Policy| if p.plan.may_meet { "yes" } else { "no" };
        all.push(format!("may meet: {} -> {}", meet(from), meet(to)));
    }
    let coded = |section, list| listed(from, to, section, list);
    all.extend(coded(Section::Places, 0));
    all.extend(coded(Section::Doors, 0));
    all.extend((0..ReasonList::ALL.len()).flat_map(|list| coded(Section::Reasons, list)));
    all.extend(coded(Section::Kinds, 0));
    all.extend((0..Section::Items.lists()).flat_map(|list| coded(Section::Items, list)));
    all.extend(powers(from, to));
    all.extend(centre(from, to));
    all
}

fn numbers(from: &Policy, to: &Policy) -> Vec<String> {
    let differs = |s: &&Setting| from.get(**s) != to.get(**s);
    let says = |s: &Setting| format!("{} {} -> {}", named::setting(*s), from.get(*s), to.get(*s));
    Setting::ALL.iter().filter(differs).map(says).collect()
}

/// Lists whose lines are only added and retired: the same row is the same line.
fn listed(from: &Policy, to: &Policy, section: Section, list: usize) -> Vec<String> {
    let what = match section {
        Section::Places => "place",
        Section::Doors => "door",
        Section::Kinds => "kind of note",
        Section::Items => section.list_name(list),
        _ => "reason",
    };
    let (before, after) = (lines(from, section, list), lines(to, section, list));
    let mut all: Vec<String> = before.iter().zip(&after).filter_map(|(a, b)| line(what, a, b)).collect();
    all.extend(after.iter().skip(before.len()).map(|l| format!("{what} added: {}", l.label)));
    all
}

fn line(what: &str, from: &Line, to: &Line) -> Option<String> {
    let says = match (from.retired, to.retired) {
        (false, true) => format!("{what} retired: {}", to.label),
        (true, false) => format!("{what} in use again: {}", to.label),
        _ if from.label != to.label => format!("{what} {} -> {}", from.label, to.label),
        _ if from.value != to.value => format!("{what} {}: {} -> {}", to.label, tidy(&from.value), tidy(&to.value)),
        _ => return None,
    };
    Some(says)
}

/// One blank between words.
fn tidy(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn powers(from: &Policy, to: &Policy) -> Vec<String> {
    let each = Power::ALL.iter().flat_map(|power| Role::ALL.iter().map(move |role| (*power, *role)));
    each.filter_map(|(power, role)| match (from.may(role, power), to.may(role, power)) {
        (false, true) => Some(format!("{} may: {}", words::role(role), named::power(power))),
        (true, false) => Some(format!("{} may not: {}", words::role(role), named::power(power))),
        _ => None,
    })
    .collect()
}

fn centre(from: &Policy, to: &Policy) -> Vec<String> {
    let own = [
        ("name", &from.centre, &to.centre),
        ("address", &from.address, &to.address),
        ("number", &from.phone, &to.phone),
    ];
    let own = own.into_iter().filter(|(_, a, b)| a != b);
    let mut all: Vec<String> =
        own.map(|(what, a, b)| format!("{what} {} -> {}", quoted(a.as_str()), quoted(b.as_str()))).collect();
    for number in to.numbers.iter().filter(|n| !from.numbers.contains(n)) {
        match from.numbers.iter().find(|n| n.name == number.name) {
            Some(old) => all.push(format!(
                "number of {}: {} -> {}",
                number.name,
                quoted(old.number.as_str()),
                quoted(number.number.as_str())
            )),
            None => all.push(format!("number added: {}", number.name)),
        }
    }
    let gone = from.numbers.iter().filter(|n| to.numbers.iter().all(|m| m.name != n.name));
    all.extend(gone.map(|n| format!("number taken out: {}", n.name)));
    all
}

fn quoted(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Each version, the newest first: its number, when, by whom, what changed.
pub fn history(app: &App) -> Vec<(u32, Moment, String, Vec<String>)> {
    let register = &app.register;
    let mut all = Vec::new();
    let mut before: Option<u32> = None;
    for (version, at, by) in &register.policy_history {
        let by = match by {
            By::Staff(staff) => register.staff_name(*staff).to_owned(),
            By::Program => "set up".to_owned(),
        };
        let pair = before.and_then(|b| register.policies.get(&b)).zip(register.policies.get(version));
        all.push((*version, *at, by, pair.map(|(from, to)| changes(from, to)).unwrap_or_default()));
        before = Some(*version);
    }
    all.reverse();
    all
}
