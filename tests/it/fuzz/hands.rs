//! Hands that look at the screen: what they press depends on what is in hand, so that they get into days.

use doorbook::app::App;
use doorbook::app::keymap::Mode;

use super::step::Step;
use crate::attacks::TEXTS;
use crate::chance::Chance;

/// Any key of a keyboard.
const ANY: &[&str] = &[
    "enter", "esc", "tab", "backtab", "up", "down", "left", "right", "home", "end", "pgup", "pgdn", "space", "bksp",
    "minus", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "ctrl-z", "ctrl-p", "ctrl-t",
    "ctrl-n", "ctrl-y", "a", "b", "c", "d", "e", "g", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "v", "w", "x",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "?", "*", "(", "!", "[", "é", "王", "\u{301}",
];
const DIGITS: &[&str] = &["0", "1", "1", "2", "2", "3", "3", "4", "5", "6", "7", "8", "9"];
const BOARD: &[&str] = &[
    "enter",
    "enter",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "1 0",
    "1 1",
    "1 2",
    "tab",
    "tab enter",
    "down",
    "m i",
    "s a",
    "f2",
    "f5",
    "f7",
    "f8",
    "f9",
    "!",
    "ctrl-p",
    "ctrl-z",
    "f4",
    "n",
    "f6",
    "f3",
];
const CARD: &[&str] = &[
    "enter", "enter", "enter", "enter", "tab", "tab", "1", "2", "3", "d", "d", "m", "x", "w", "a", "l", "n", "k", "v",
    "e", "o", "i", "r", "g", "c", "t", "minus", "esc", "esc", "f5", "f8",
];
const QUESTION: &[&str] = &["enter", "minus 1 0 enter", "minus 9 enter", "minus 9 5 0 enter", "esc", "tab", "r"];
const FORM: &[&str] = &["enter", "tab", "esc", "S a m", "7", "bksp", "left", "home", "f8", "space"];
const CLOSE: &[&str] = &["0 tab 0 tab 5 tab 0 enter", "1", "1", "2", "3", "tab", "enter", "c", "esc", "minus 5 enter"];
const LIST: &[&str] = &["1", "2", "3", "4", "5", "enter", "down", "tab", "esc", "esc", "p", "0", "space", "m"];

pub struct Hands {
    chance: Chance,
    /// The rest of a phrase.
    rest: Vec<String>,
}

impl Hands {
    pub fn new(chance: Chance) -> Self {
        Self { chance, rest: Vec::new() }
    }

    /// The next step on this screen.
    pub fn next(&mut self, app: &App) -> Step {
        if let Some(name) = self.rest.pop() {
            return Step::Key(name, 200);
        }
        match self.chance.below(100) {
            0..=6 => self.key(ANY),
            7..=8 => Step::Paste(self.text()),
            9..=10 => self.size(),
            11..=16 => Step::Wait(self.chance.pick(&[1, 20, 60, 60, 300, 600, 900, 1800])),
            17 => self.rarely(),
            _ => self.in_mode(app.mode()),
        }
    }

    fn in_mode(&mut self, mode: Mode) -> Step {
        match mode {
            Mode::Start => self.key(&["5", "5", "1", "2", "enter", "esc"]),
            Mode::Board | Mode::Find => self.key(BOARD),
            Mode::Card => self.key(CARD),
            Mode::Question if self.chance.below(3) > 0 => self.key(DIGITS),
            Mode::Question => self.key(QUESTION),
            Mode::CardForm | Mode::StaffForm | Mode::PolicyForm | Mode::Reason | Mode::AbsentFind => self.key(FORM),
            Mode::Tell if self.chance.flip() => self.key(DIGITS),
            Mode::Tell | Mode::Palette => self.key(FORM),
            Mode::Close => self.key(CLOSE),
            Mode::Absent => self.key(&["1", "2", "0", "9", "enter", "enter", "t", "tab", "esc"]),
            Mode::Hidden | Mode::Help | Mode::Undo => self.key(&["enter", "esc", "space", "esc"]),
            _ => self.key(LIST),
        }
    }

    fn key(&mut self, phrases: &[&str]) -> Step {
        let phrase = self.chance.pick(phrases);
        self.rest = phrase.split(' ').rev().map(str::to_owned).collect();
        let first = self.rest.pop().unwrap_or_default();
        Step::Key(first, self.chance.pick(&[20, 110, 200, 200, 200, 900]))
    }

    fn text(&mut self) -> String {
        let text = self.chance.pick(TEXTS);
        match self.chance.below(4) {
            0 => format!("{text}\r1\r\x1b[201~d1\r"),
            1 => text.repeat(200),
            _ => text.to_owned(),
        }
    }

    fn size(&mut self) -> Step {
        let few = [(80, 24), (80, 24), (80, 24), (120, 40), (0, 0), (1, 1), (79, 23), (40, 10), (20, 5), (3, 200)];
        let (width, height) = match self.chance.below(12) {
            0 => (self.chance.below(501), self.chance.below(201)),
            _ => self.chance.pick(&few),
        };
        Step::Size(width.try_into().unwrap(), height.try_into().unwrap())
    }

    fn rarely(&mut self) -> Step {
        const HOUR: i64 = 3600;
        let jumps = [-60, -HOUR, -24 * HOUR, -365 * 24 * HOUR, HOUR, 24 * HOUR, 10 * 365 * 24 * HOUR];
        match self.chance.below(12) {
            0..=2 => Step::Jump(self.chance.pick(&jumps)),
            3..=6 => Step::Slow,
            7 | 8 => Step::Save,
            9 => Step::Fail,
            10 => Step::Flood,
            _ => Step::Restart,
        }
    }
}
