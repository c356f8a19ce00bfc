//! What was done about who opens the register, in words: never a passphrase, never a word of one.

use crate::app::state::App;
use crate::app::words::{count, hm, role_whole, staff};
use crate::domain::event::By;
use crate::domain::ids::StaffId;
use crate::domain::register::people::{Change, Done};
use crate::domain::todo::{Given, given};

fn name(app: &App, who: StaffId) -> String {
    app.register.team.get(&who).map_or_else(|| "somebody".to_owned(), |card| staff(app, card))
}

/// Who did it; `-`: no person.
pub fn done_by(app: &App, by: By) -> String {
    match by {
        By::Staff(staff) => name(app, staff),
        By::Program => "-".to_owned(),
    }
}

/// What was done.
pub fn done(app: &App, done: &Done) -> String {
    let name = |staff| name(app, staff);
    match done.what {
        Change::Added { staff, role } => format!("{} was added: {}", name(staff), role_whole(role)),
        Change::Role { staff, from, to } => {
            format!("{} is {} now, and was {}", name(staff), role_whole(to), role_whole(from))
        }
        Change::Held(staff) => format!("what is held of {} was changed", name(staff)),
        Change::Removed(staff) => format!("{} opens the register no more", name(staff)),
        Change::Key(staff) => format!("{} has a key", name(staff)),
        Change::Passphrase(staff) if done.by == By::Program => {
            format!("{} has a new passphrase, by the recovery sheet", name(staff))
        }
        Change::Passphrase(staff) => format!("{} was given a new passphrase", name(staff)),
        Change::Own(staff) => format!("{} changed their own passphrase", name(staff)),
        Change::Sheet => "another recovery sheet was made".to_owned(),
        Change::Tries { staff, count: n } => {
            let n = usize::try_from(n).unwrap_or(usize::MAX);
            format!("{} before {} got in", count(n, "wrong passphrase", "wrong passphrases"), name(staff))
        }
    }
}

/// What whoever gets in is told of passphrases that somebody was given; two of them, and how many more.
pub fn told(app: &App) -> Vec<String> {
    let all = given(&app.register, app.today());
    let mut says: Vec<String> = all.iter().rev().take(2).map(|one| of_one(app, one)).collect();
    if let Some(more) = all.len().checked_sub(3) {
        says.push(format!("{} more: ! shows them.", more + 1));
    }
    says
}

/// `Sam was given a new passphrase by Ruth, 21 Nov 10:03.`
fn of_one(app: &App, one: &Given) -> String {
    let by = if let By::Staff(staff) = one.by { format!(" by {}", name(app, staff)) } else { String::new() };
    format!("{}{by}, {} {}.", done(app, one), one.at.format("%-d %b"), hm(one.at))
}
