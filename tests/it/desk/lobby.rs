//! Lobby view: every screen of the scripted day, F9 apart, says nothing of screens.md's last section.

use doorbook::app::keymap::Mode;
use doorbook::domain::codes::Party;

use super::day::tokens;
use super::harness::Desk;

/// Never on a screen that the lobby can see, as words.
const NEVER: &[&str] = &[
    "do not meet",
    "keep apart",
    "risk",
    "flag",
    "incident",
    "safeguarding",
    "no-show",
    "refused",
    "turned away",
    "banned",
    "absent",
    "non-resident",
    "nrp",
    "metx",
    "dnm",
    "order",
    "bail",
    "court",
    "allergy",
    "asthma",
    "password",
    "supervised",
    "handover",
    "1:1",
    "birth",
    "address",
    "grade",
    "severity",
];

#[track_caller]
pub fn is_fit_for_the_lobby(desk: &Desk) {
    let mode = desk.app.mode();
    if desk.app.staff_view() || matches!(mode, Mode::Roll | Mode::Close | Mode::Start | Mode::Staff) {
        return;
    }
    let screen = desk.screen();
    let lower = screen.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '-' && c != ':').collect();
    for never in NEVER {
        let found = if never.contains(' ') { lower.contains(never) } else { words.contains(never) };
        assert!(!found, "{never} is on the screen in lobby view\n{screen}");
    }
    let Some(day) = desk.app.day() else { return };
    for session in &day.sessions {
        for (member, _) in session.all() {
            let surname = member.family.as_str();
            assert!(surname.chars().count() < 3 || !screen.contains(surname), "a surname, {surname}\n{screen}");
            if let Some(phone) = &member.phone {
                assert!(!screen.contains(phone.as_str()), "a whole number\n{screen}");
            }
        }
    }
    if matches!(mode, Mode::Card | Mode::Question | Mode::CardForm) {
        other_side_is_not_named(desk, &screen);
    }
}

/// A card names one side only.
#[track_caller]
fn other_side_is_not_named(desk: &Desk, screen: &str) {
    let session = desk.app.in_hand().unwrap();
    let other = if desk.app.card.party == Party::Brings { Party::Visits } else { Party::Brings };
    for (member, _) in session.adults(other) {
        let named = screen.split(|c: char| !c.is_alphanumeric()).any(|w| w == member.called());
        assert!(!named, "{} of the other side is named\n{screen}", member.called());
    }
}

#[test]
fn the_whole_day_is_fit_for_the_lobby() {
    let mut desk = Desk::practice("08:55");
    for token in tokens() {
        desk.keys(token);
        is_fit_for_the_lobby(&desk);
        if desk.app.mode() == Mode::Card {
            for letter in "adeiklmnorstvwxcgf".chars() {
                let mut fork = desk.fork();
                fork.keys(&letter.to_string());
                is_fit_for_the_lobby(&fork);
            }
        }
    }
}
