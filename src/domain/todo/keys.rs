//! Passphrases that somebody was given by another person or by the recovery sheet: they stand until somebody who sees notes
//! has marked them as known, and whoever gets in meanwhile is told.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::past::{PastDay, Want};
use crate::domain::register::Register;
use crate::domain::register::people::{Change, Done};
use crate::domain::todo::{Check, What};

/// Days for which whoever gets in is told: for longer it stands on the list alone.
const TOLD_DAYS: u64 = 30;

/// One of them.
pub type Given = Done;

/// Those that nobody has marked as known, the oldest first, with their dates.
pub(super) fn unknown<'a>(
    register: &'a Register,
    days: &'a [Cow<'_, PastDay>],
) -> impl Iterator<Item = (NaiveDate, What)> + 'a {
    not_known(register, days).filter_map(|done| match done.what {
        Change::Passphrase(staff) => Some((done.at.date_naive(), What::NewKey { entry: done.entry, staff })),
        _ => None,
    })
}

fn not_known<'a>(register: &'a Register, days: &'a [Cow<'_, PastDay>]) -> impl Iterator<Item = &'a Given> + 'a {
    let known = |done: &Given| {
        let noted = (done.entry.0, Check::NewKey.number());
        days.iter().any(|day| day.noted.contains(&noted))
    };
    register.people.iter().filter(|done| matches!(done.what, Change::Passphrase(_))).filter(move |done| !known(done))
}

/// Those of late that are not known yet: told to whoever gets in. While the days before are not read, those of the date in
/// hand alone: of the others it cannot be said whether somebody knows.
pub fn given(register: &Register, in_hand: NaiveDate) -> Vec<Given> {
    let since = if register.lacks(&Want::Past) { in_hand } else { of_late(in_hand) };
    not_known(register, &register.all_days()).filter(|done| done.at.date_naive() >= since).cloned().collect()
}

/// Must the days before be read to say so?
pub fn asks_for_past(register: &Register, in_hand: NaiveDate) -> bool {
    let late = |done: &Given| done.at.date_naive() >= of_late(in_hand) && done.at.date_naive() < in_hand;
    register.people.iter().rev().any(|done| matches!(done.what, Change::Passphrase(_)) && late(done))
}

fn of_late(in_hand: NaiveDate) -> NaiveDate {
    in_hand - chrono::Days::new(TOLD_DAYS)
}
