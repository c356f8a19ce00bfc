//! Terminal events into app keys, with the moment each was read.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::app::key::Key;
use crate::app::screen::Size;

/// Characters of a paste that are kept; longer than any field.
const PASTE: usize = 10_000;

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key press.
    Key {
        /// Which.
        key: Key,
        /// When it was read, on the caller's monotonic clock.
        at: Duration,
    },
    /// A text pasted in one go; not cleaned, but bounded.
    Paste {
        /// As it came.
        text: String,
        /// When it was read.
        at: Duration,
    },
    /// The terminal has another size.
    Resize(Size),
}

/// Reads the terminal, one input at a time.
pub struct Reader<C> {
    clock: C,
    waiting: VecDeque<Input>,
}

impl<C: Fn() -> Duration> Reader<C> {
    /// `clock`: a monotonic time, from the start of the program.
    pub fn new(clock: C) -> Self {
        Self { clock, waiting: VecDeque::new() }
    }

    /// Waits for the next input; what does not matter to the program is passed over.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn read(&mut self) -> io::Result<Input> {
        loop {
            if let Some(input) = self.waiting.pop_front() {
                return Ok(input);
            }
            let event = crossterm::event::read()?;
            self.waiting.extend(translate(event, (self.clock)()));
        }
    }
}

/// What an event means to the program: nothing, one input, or two where a terminal ran Escape and a key together.
pub fn translate(event: Event, at: Duration) -> Vec<Input> {
    match event {
        Event::Paste(text) => vec![Input::Paste { text: text.chars().take(PASTE).collect(), at }],
        Event::Resize(width, height) => vec![Input::Resize(Size { width, height })],
        event => {
            let keys = event.as_key_press_event().map(keys).unwrap_or_default();
            keys.into_iter().map(|key| Input::Key { key, at }).collect()
        }
    }
}

fn keys(event: KeyEvent) -> Vec<Key> {
    let held = event.modifiers;
    if held.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) {
        return Vec::new();
    }
    // AltGr comes as Ctrl and Alt together on Windows: then the character is what was meant.
    let altgr = held.contains(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let alone = if altgr { held - KeyModifiers::CONTROL - KeyModifiers::ALT } else { held };
    let Some(key) = key(event.code, alone) else {
        return Vec::new();
    };
    // Alt is how two bytes read at once look: Escape, then a key (tmux holds Escape back for half a second).
    if alone.contains(KeyModifiers::ALT) { vec![Key::Esc, key] } else { vec![key] }
}

fn key(code: KeyCode, held: KeyModifiers) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) if held.contains(KeyModifiers::CONTROL) => return control(c),
        KeyCode::Char(c) => return printed(c, held.contains(KeyModifiers::SHIFT)),
        KeyCode::Tab if held.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    })
}

/// Letters with Ctrl; those that terminals have always sent for other keys are these keys.
fn control(c: char) -> Option<Key> {
    match c.to_ascii_lowercase() {
        'm' | 'j' => Some(Key::Enter),
        'i' => Some(Key::Tab),
        'h' => Some(Key::Backspace),
        '[' => Some(Key::Esc),
        c if c.is_ascii_lowercase() => Some(Key::Ctrl(c)),
        _ => None,
    }
}

/// The character that was printed: Shift is already in it, but for the letters of a few terminals.
fn printed(c: char, shift: bool) -> Option<Key> {
    match c {
        '\r' | '\n' => Some(Key::Enter),
        '\t' => Some(Key::Tab),
        c if c.is_control() => None,
        c if shift && c.is_lowercase() => {
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) => Some(Key::Char(upper)),
                _ => Some(Key::Char(c)),
            }
        }
        c => Some(Key::Char(c)),
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEventKind;

    use super::*;

    const AT: Duration = Duration::from_millis(5);

    fn press(code: KeyCode, held: KeyModifiers) -> Vec<Key> {
        let inputs = translate(Event::Key(KeyEvent::new(code, held)), AT);
        inputs
            .into_iter()
            .map(|input| match input {
                Input::Key { key, at } if at == AT => key,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn typed(c: char, held: KeyModifiers) -> Vec<Key> {
        press(KeyCode::Char(c), held)
    }

    #[test]
    fn shift_is_in_the_character() {
        assert_eq!(typed('?', KeyModifiers::SHIFT), [Key::Char('?')]);
        assert_eq!(typed('g', KeyModifiers::SHIFT), [Key::Char('G')]);
        assert_eq!(typed('ß', KeyModifiers::SHIFT), [Key::Char('ß')]);
        assert_eq!(press(KeyCode::Tab, KeyModifiers::SHIFT), [Key::BackTab]);
    }

    #[test]
    fn control_letters_are_lower_case_and_the_old_ones_are_keys() {
        assert_eq!(typed('Z', KeyModifiers::CONTROL | KeyModifiers::SHIFT), [Key::Ctrl('z')]);
        for (c, key) in [('m', Key::Enter), ('J', Key::Enter), ('i', Key::Tab), ('h', Key::Backspace), ('[', Key::Esc)]
        {
            assert_eq!(typed(c, KeyModifiers::CONTROL), [key]);
        }
        assert_eq!(typed('4', KeyModifiers::CONTROL), []);
    }

    #[test]
    fn altgr_prints_and_a_joined_escape_is_two_keys() {
        assert_eq!(typed('@', KeyModifiers::CONTROL | KeyModifiers::ALT), [Key::Char('@')]);
        assert_eq!(typed('m', KeyModifiers::ALT), [Key::Esc, Key::Char('m')]);
        assert_eq!(typed('m', KeyModifiers::SUPER), []);
    }

    #[test]
    fn releases_and_control_characters_are_nothing() {
        let mut event = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(translate(Event::Key(event), AT), []);
        assert_eq!(typed('\u{1}', KeyModifiers::NONE), []);
        assert_eq!(translate(Event::FocusGained, AT), []);
    }

    #[test]
    fn a_paste_is_bounded() {
        let inputs = translate(Event::Paste("x".repeat(1_000_000)), AT);
        assert!(matches!(inputs.as_slice(), [Input::Paste { text, .. }] if text.len() == PASTE));
    }
}
