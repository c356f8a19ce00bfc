//! What a key must not do twice (screens.md, rules 3 and 4): Enter that has written, an Enter or F8 that bounces, a
//! name typed on the wrong screen.

use std::time::Duration;

use crate::app::key::Key;

/// An Enter, or an F8, this soon after the last one is the same one.
const BOUNCE: Duration = Duration::from_millis(120);
/// F8 again within this time opens the form of the last note.
const AGAIN: Duration = Duration::from_secs(60);

/// What was pressed last.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guard {
    last_key: Option<(Key, Duration)>,
    last_enter: Option<Duration>,
    last_tell: Option<Duration>,
    /// No other key since the last F8.
    only_tell: bool,
    /// The key before this one was F8.
    pub after_tell: bool,
    /// Enter has written, and no other key has been pressed since.
    pub spent: bool,
    /// A letter that does nothing was typed: Enter waits for Esc, Tab or a digit.
    pub stray: bool,
    /// Staff view was switched on by a screen that needs it: it goes with that screen.
    pub switched: bool,
}

/// What an F8 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TellPress {
    /// The same press as the last.
    Bounce,
    /// A new note.
    New,
    /// The form of the last note.
    Again,
}

impl Guard {
    /// The same key again so soon that it is the same press: held, or a finger that trembles.
    pub fn bounces(&mut self, key: Key, at: Duration) -> bool {
        let bounce = self.last_key.is_some_and(|(last, then)| last == key && at.saturating_sub(then) < BOUNCE);
        self.last_key = Some((key, at));
        bounce
    }

    /// An Enter was pressed; is it a new one?
    pub fn enter(&mut self, at: Duration) -> bool {
        let bounce = self.last_enter.is_some_and(|last| at.saturating_sub(last) < BOUNCE);
        self.last_enter = Some(at);
        self.only_tell = false;
        !bounce
    }

    /// An F8 was pressed; what is it?
    pub fn tell(&mut self, at: Duration) -> TellPress {
        let since = self.last_tell.map(|last| at.saturating_sub(last));
        let again = self.only_tell;
        self.last_tell = Some(at);
        self.only_tell = true;
        self.spent = false;
        match since {
            Some(since) if again && since < BOUNCE => TellPress::Bounce,
            Some(since) if again && since < AGAIN => TellPress::Again,
            _ => TellPress::New,
        }
    }

    /// Any other key was pressed.
    pub fn other(&mut self) {
        self.after_tell = self.only_tell;
        self.only_tell = false;
        self.spent = false;
    }

    /// F8 has been followed by nothing else yet: the form opens on the next one.
    pub fn tell_again_opens(&self, at: Duration) -> bool {
        self.only_tell && self.last_tell.is_some_and(|last| at.saturating_sub(last) < AGAIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn a_held_enter_is_one_enter() {
        let mut guard = Guard::default();
        assert!(guard.enter(ms(0)));
        for n in 1..40 {
            assert!(!guard.enter(ms(n * 33)));
        }
        assert!(guard.enter(ms(39 * 33 + 121)));
    }

    #[test]
    fn f8_bounces_opens_and_starts_anew() {
        let mut guard = Guard::default();
        assert_eq!(guard.tell(ms(0)), TellPress::New);
        assert_eq!(guard.tell(ms(100)), TellPress::Bounce);
        assert_eq!(guard.tell(ms(300)), TellPress::Again);
        guard.other();
        assert_eq!(guard.tell(ms(900)), TellPress::New);
        assert_eq!(guard.tell(ms(62_000)), TellPress::New);
    }
}
