//! Which clock a register is worked by: the system's, or one of its own where everybody in it is invented.

use chrono::NaiveDateTime;

use crate::clock::{Clock, NoSuchZone};
use crate::domain::event::RegisterKind;
use crate::domain::register::Register;

/// Why a clock was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Only of a practice register.
    #[error(
        "Only the clock of a practice register can be set, and this is not one. Nothing was touched. Leave --at out."
    )]
    NotPractice,
    /// Something later is written already.
    #[error(
        "The last entry of this register is of {}, and its clock never goes back. Nothing was touched. Say --at {} or \
         later.", last.format("%Y-%m-%d %H:%M:%S"), minute_after(*last).format("%Y-%m-%dT%H:%M")
    )]
    Early {
        /// The time of the last entry of a day, local.
        last: NaiveDateTime,
    },
    /// The zone of the policy is not known here.
    #[error(transparent)]
    Zone(#[from] NoSuchZone),
}

/// The clock of a register. With `at` it stands there; a register that comes with a day to practise on starts with that
/// day, or where its last entry is, and runs on; any other has the system's.
///
/// # Errors
/// [`Refused`]: the sentence says what to do.
pub fn clock(register: &Register, at: Option<NaiveDateTime>) -> Result<Clock, Refused> {
    let zone = register.policy().zone.clone();
    let last = register.last_entry();
    if let Some(at) = at {
        let clock = Clock::standing(&zone, at)?;
        return match last {
            _ if !register.is_practice() => Err(Refused::NotPractice),
            Some(last) if clock.now() < last => Err(Refused::Early { last: last.naive_local() }),
            _ => Ok(clock),
        };
    }
    let system = Clock::system(&zone)?;
    let last = last.map(|last| system.in_zone(last.to_utc()).naive_local());
    let from = match register.made {
        Some((_, RegisterKind::Practice { starts: Some(starts) })) => last.map_or(starts, |last| last.max(starts)),
        // Its clock stood after today when it was last open.
        Some((_, RegisterKind::Practice { starts: None })) => match last {
            Some(last) if last > system.local_now() => last,
            _ => return Ok(system),
        },
        _ => return Ok(system),
    };
    Ok(Clock::running(&zone, from)?)
}

fn minute_after(last: NaiveDateTime) -> NaiveDateTime {
    let seconds = chrono::Timelike::second(&last.time());
    last + chrono::TimeDelta::seconds(i64::from((60 - seconds) % 60))
}
