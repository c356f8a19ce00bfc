//! The form of somebody who may open the register: what is asked, and what is missing.

use chrono::NaiveDate;

use crate::app::card::date;
use crate::app::field::Purpose;
use crate::app::people::{Card, name};
use crate::app::policy::form::Form;
use crate::app::screen::Block;
use crate::app::state::App;
use crate::app::words;
use crate::domain::codes::Role;
use crate::domain::text::Text;

/// Where each field stands.
const GIVEN: usize = 0;
const FAMILY: usize = 1;
const TITLE: usize = 2;
const EMAIL: usize = 3;
const JOB: usize = 4;
const NUMBER: usize = 5;
const ROLE: usize = 6;
const UNDERTAKING: usize = 7;
const OF_AGE: usize = 8;
/// Numbers that two digits pick.
const NUMBERS: std::ops::RangeInclusive<u8> = 1..=99;

/// A form with nothing in it but a number that is free.
pub(in crate::app) fn empty(number: u8, role: Role) -> Form {
    of(&Card {
        number,
        title: Text::default(),
        given: Text::default(),
        family: Text::default(),
        email: Text::default(),
        job: Text::default(),
        role,
        undertaking: None,
        of_age: false,
    })
}

/// With what is held of somebody.
pub(super) fn of(card: &Card) -> Form {
    let role = Role::ALL.iter().position(|r| *r == card.role).unwrap_or_default();
    let signed = card.undertaking.map(|d| d.format("%-d.%-m.%Y").to_string()).unwrap_or_default();
    Form::new(None)
        .words("First name", Purpose::PersonName, &card.given)
        .words("Surname", Purpose::PersonName, &card.family)
        .words("Title, if any", Purpose::PersonName, &card.title)
        .words("E-mail, if any", Purpose::PersonWords, &card.email)
        .words("Job role", Purpose::PersonWords, &card.job)
        .words("Number", Purpose::PersonNumber, &Text::name(&card.number.to_string()))
        .choice("Role here", Role::ALL.iter().map(|r| words::role_whole(*r)), role)
        .words("Undertaking signed", Purpose::PersonDate, &Text::name(&signed))
        .yes("Old enough", card.of_age)
}

/// What the form says.
pub(in crate::app) fn card(form: &Form) -> Card {
    Card {
        number: form.text(NUMBER).as_str().parse().unwrap_or_default(),
        title: form.text(TITLE),
        given: form.text(GIVEN),
        family: form.text(FAMILY),
        email: form.text(EMAIL),
        job: form.text(JOB),
        role: Role::ALL.get(form.chosen(ROLE)).copied().unwrap_or(Role::Volunteer),
        undertaking: signed(form),
        of_age: form.is_yes(OF_AGE),
    }
}

fn signed(form: &Form) -> Option<NaiveDate> {
    date(form.text(UNDERTAKING).as_str())
}

/// The first field that is missing or wrong, and what to do; `taken`: numbers that others have.
pub(in crate::app) fn missing(app: &App, form: &Form, taken: &[(u8, String)]) -> Option<(usize, String)> {
    let card = card(form);
    let says = |at: usize, says: &str| Some((at, says.to_owned()));
    let other = taken.iter().find(|(number, _)| *number == card.number);
    match () {
        () if card.given.is_empty() => says(GIVEN, "type the first name"),
        () if card.family.is_empty() => says(FAMILY, "type the surname"),
        () if !card.email.is_empty() && !card.email.as_str().contains('@') => {
            says(EMAIL, "an e-mail has an @ in it; or leave it empty")
        }
        () if card.job.is_empty() => says(JOB, "type the job role, in the centre's own words"),
        () if !NUMBERS.contains(&card.number) => says(NUMBER, "a number from 1 to 99 picks them"),
        () if other.is_some() => {
            let whose = other.map(|(_, name)| name.clone()).unwrap_or_default();
            Some((NUMBER, format!("number {} is {whose}'s: another one", card.number)))
        }
        () if card.undertaking.is_none() => says(UNDERTAKING, "when they signed the undertaking: 3.5.2026"),
        () if card.undertaking.is_some_and(|d| d > app.now.date_naive()) => {
            says(UNDERTAKING, "that day has not come yet: the undertaking comes first, then the key")
        }
        () if !card.of_age => {
            let age = app.policy().user_age;
            Some((OF_AGE, format!("2 says that they are {age} or over; nobody younger has a key")))
        }
        () => None,
    }
}

/// The fields, drawn.
pub(in crate::app) fn blocks(app: &App, form: &Form) -> Vec<Block> {
    let mut blocks = form.blocks();
    blocks.push(Block::Blank);
    blocks.push(Block::line(format!("  Old enough: {} or over.", app.policy().user_age)));
    blocks.push(Block::line("  Undertaking: to keep to oneself what is read here, signed on paper."));
    blocks
}

/// `Ruth Hughes, coordinator, number 1`
pub(super) fn says(card: &Card) -> String {
    format!("{}, {}, number {}", name(card), words::role_whole(card.role), card.number)
}
