//! Words that more than one screen uses: times, names, refusals, what was done, what is due.

mod course;
mod due;
mod names;
mod people;
pub mod policy;
mod refusal;
mod said;

pub use course::{answered, thing};
pub use due::due;
pub use names::{
    allowed, beside, board_names, coordinator, lettered, list, party, place, place_in, role, role_whole, says_so,
    short, staff, tell,
};
pub use people::{done, done_by, told};
pub use refusal::{refusal, who_can};
pub use said::{entry, entry_in_lobby, saved};

use chrono::NaiveTime;

use crate::domain::codes::Moment;
use crate::domain::text::Text;

/// `09:52`.
pub fn hm(at: Moment) -> String {
    at.format("%H:%M").to_string()
}

/// `10:14:07`.
pub fn hms(at: Moment) -> String {
    at.format("%H:%M:%S").to_string()
}

/// `09:55`, of a planned time.
pub fn plan(at: NaiveTime) -> String {
    at.format("%H:%M").to_string()
}

/// `Saturday 21 November 2026`.
pub fn long_date(date: chrono::NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// `1 child`, `3 children`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `120,000 of 261,432 entries read`.
pub fn so_many_read(read: u64, of: u64) -> String {
    format!("{} of {} entries read", thousands(read), thousands(of.max(read)))
}

/// `1,048,576`.
fn thousands(n: u64) -> String {
    match (n / 1000, n % 1000) {
        (0, n) => n.to_string(),
        (more, rest) => format!("{},{rest:03}", thousands(more)),
    }
}

/// The last three digits of a number: all that a lobby reads of it.
pub fn last_three(number: &Text) -> String {
    let digits: Vec<char> = number.as_str().chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(3)).collect()
}

/// A sentence as it is: names are never changed.
pub fn capital_kept(says: String) -> String {
    says
}

/// The first letter made a capital, where a sentence begins with a word of ours.
pub fn sentence(says: &str) -> String {
    let mut chars = says.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
