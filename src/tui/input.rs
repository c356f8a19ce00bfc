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
    /// Keys came that no hands have typed: they are left out, until there is a pause.
    Flood,
    /// The terminal has another size.
    Resize(Size),
}

/// A key this soon after a paste is still of that paste: what stood behind an end of paste within the text, or a terminal
/// that cannot tell the two apart.
const HEELS: Duration = Duration::from_millis(150);
/// More than so many keys and pastes in a second are no hands' work; a held key is thirty to sixty.
const MOST: u32 = 1000;
const SECOND: Duration = Duration::from_secs(1);
/// As good as no time; none at all would not look at what is read and not yet taken.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Reads the terminal, one input at a time.
pub struct Reader<C> {
    clock: C,
    waiting: VecDeque<Input>,
    hands: Hands,
}

impl<C: Fn() -> Duration> Reader<C> {
    /// `clock`: a monotonic time, from the start of the program.
    pub fn new(clock: C) -> Self {
        Self { clock, waiting: VecDeque::new(), hands: Hands::default() }
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
            // What is there already was not typed after what was read last, however long this program was kept waiting.
            let there = self.hands.listens_for_more() && crossterm::event::poll(AT_ONCE)?;
            let event = crossterm::event::read()?;
            for input in translate(event, (self.clock)()) {
                self.waiting.extend(self.hands.typed(input, there));
            }
        }
    }
}

/// Tells what hands have typed from what came by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hands {
    /// Keys are left out as long as they follow on this within [`HEELS`].
    after: Option<Duration>,
    /// It was told.
    told: bool,
    /// Since when keys are counted.
    since: Duration,
    count: u32,
}

impl Hands {
    /// What comes at once is still of what came: it is worth a look whether something is there.
    pub fn listens_for_more(&self) -> bool {
        self.after.is_some()
    }

    /// The input; or that it is left out, once; or nothing. `there`: it was there when what came before it had been read.
    pub fn typed(&mut self, input: Input, there: bool) -> Option<Input> {
        let (at, paste) = match &input {
            Input::Key { at, .. } => (*at, false),
            Input::Paste { at, .. } => (*at, true),
            Input::Flood | Input::Resize(_) => return Some(input),
        };
        let follows = self.after.is_some_and(|after| there || at.saturating_sub(after) < HEELS);
        let flood = self.counted(at) > MOST;
        if flood || (follows && !paste) {
            self.after = Some(at);
            return (!std::mem::replace(&mut self.told, true)).then_some(Input::Flood);
        }
        self.told &= follows;
        self.after = paste.then_some(at);
        Some(input)
    }

    fn counted(&mut self, at: Duration) -> u32 {
        if at.saturating_sub(self.since) > SECOND {
            (self.since, self.count) = (at, 0);
        }
        self.count = self.count.saturating_add(1);
        self.count
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

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn key_at(hands: &mut Hands, n: u64) -> Option<Input> {
        hands.typed(Input::Key { key: Key::Enter, at: ms(n) }, false)
    }

    #[test]
    fn keys_on_the_heels_of_a_paste_are_left_out_and_it_is_told_once() {
        let mut hands = Hands::default();
        let paste = |n| Input::Paste { text: "Mia".into(), at: ms(n) };
        assert_eq!(key_at(&mut hands, 10), Some(Input::Key { key: Key::Enter, at: ms(10) }));
        assert_eq!(hands.typed(paste(1000), false), Some(paste(1000)));
        assert_eq!(key_at(&mut hands, 1001), Some(Input::Flood));
        assert_eq!(key_at(&mut hands, 1100), None);
        assert_eq!(hands.typed(paste(1120), false), Some(paste(1120)), "text is only text");
        assert_eq!(key_at(&mut hands, 1240), None, "as long as they follow");
        assert!(key_at(&mut hands, 1390).is_some_and(|input| input != Input::Flood));
        assert_eq!(hands.typed(paste(2000), false), Some(paste(2000)));
        assert!(key_at(&mut hands, 2200).is_some_and(|input| input != Input::Flood), "a hand after a paste");
    }

    #[test]
    fn what_was_there_already_is_of_the_paste_however_late_it_is_read() {
        let mut hands = Hands::default();
        let late = |n| Input::Key { key: Key::Enter, at: ms(n) };
        assert!(!hands.listens_for_more());
        hands.typed(Input::Paste { text: "Mia".into(), at: ms(1000) }, false);
        assert!(hands.listens_for_more());
        assert_eq!(hands.typed(late(9000), true), Some(Input::Flood), "the program was kept waiting");
        assert_eq!(hands.typed(late(19_000), true), None);
        assert_eq!(hands.typed(late(29_000), false), Some(late(29_000)), "a hand");
        assert!(!hands.listens_for_more());
        assert_eq!(hands.typed(late(29_001), true), Some(late(29_001)), "keys follow keys");
    }

    #[test]
    fn a_flood_ends_with_a_pause_and_a_held_key_is_none() {
        let mut hands = Hands::default();
        let passed = |hands: &mut Hands, from: u64, count: u64, every: u64| {
            let inputs = (0..count).filter_map(|n| key_at(hands, from + n * every));
            inputs.filter(|input| *input != Input::Flood).count()
        };
        assert_eq!(passed(&mut hands, 0, 3000, 16), 3000);
        assert_eq!(passed(&mut hands, 60_000, 90_000, 0), usize::try_from(MOST).unwrap());
        assert_eq!(passed(&mut hands, 60_100, 50, 100), 0, "it goes on");
        assert_eq!(passed(&mut hands, 66_000, 50, 100), 50);
    }

    #[test]
    fn a_paste_is_bounded() {
        let inputs = translate(Event::Paste("x".repeat(1_000_000)), AT);
        assert!(matches!(inputs.as_slice(), [Input::Paste { text, .. }] if text.len() == PASTE));
    }
}
