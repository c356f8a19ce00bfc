//! A desk in memory on a made day: keys in, frames out as the terminal would get them, each act stored at once.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, update, view};
use doorbook::domain::codes::Moment;
use doorbook::domain::event::{Draft, Entry, Source};
use doorbook::domain::ids::Ids;
use doorbook::domain::register::Register;
use doorbook::run::setup::DESK;
use doorbook::run::stamp::{Hand, stamp, written_by};
use doorbook::tui::{Steady, Theme, draw};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use uuid::Uuid;

use super::{Order, make};

/// Today of a small book: 40 sessions in mid-morning.
pub fn forty() -> (Register, Vec<Entry>) {
    let order =
        Order { families: 44, people: 0, years: 1, entries: 1000, sessions: 40, daily: false, clashes: 0, seed: 1 };
    let mut last: Vec<Entry> = Vec::new();
    let (register, _) = make(&order, |entries| {
        last = entries.to_vec();
        Ok::<(), std::convert::Infallible>(())
    })
    .unwrap_or_else(|never| match never {});
    (register, last)
}

/// Gathers what would go to the terminal.
#[derive(Clone, Default)]
pub struct Wire(pub Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub struct Desk {
    pub app: App,
    pub now: Moment,
    since_start: Duration,
    dealt: u128,
    wire: Wire,
    terminal: Terminal<Steady<Wire>>,
    theme: Theme,
}

impl Desk {
    /// Nobody at the desk yet.
    pub fn new(register: Register, now: Moment, (width, height): (u16, u16)) -> Self {
        let setup = Setup { desk: DESK, size: Size { width, height }, now, clock_moves: true, unclean: false };
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
        let terminal = Terminal::with_options(Steady::new(wire.clone()), options).expect("a terminal in memory");
        let app = App::new(register, setup);
        let since_start = Duration::from_secs(1);
        Self { app, now, since_start, dealt: 1 << 40, wire, terminal, theme: Theme::default() }
    }

    /// The made day of 40 sessions, with Ruth, who coordinates, at the desk.
    pub fn forty(size: (u16, u16)) -> Self {
        let (register, entries) = forty();
        let now = entries.iter().map(|e| e.recorded_at).max().expect("a day has entries");
        let mut desk = Self::new(register, now + chrono::Duration::seconds(20), size);
        desk.keys(&[Key::Char('1'), Key::Enter, Key::Esc]);
        assert!(desk.app.who.is_some(), "nobody has the desk");
        desk.frame();
        desk
    }

    fn ids(&mut self) -> Ids {
        self.dealt += 1;
        Ids(Uuid::from_u128((0x0193_5c3a_0000_7abc_8000_0000_0000_0000) + (self.dealt << 20)))
    }

    pub fn keys(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| self.key(*key));
    }

    /// A key, a fifth of a second after the last.
    pub fn key(&mut self, key: Key) {
        self.since_start += Duration::from_millis(200);
        let (now, since_start, ids) = (self.now, self.since_start, self.ids());
        self.send(Action::Key { key, now, since_start, ids });
    }

    fn send(&mut self, action: Action) {
        for effect in update(&mut self.app, action) {
            if let Effect::Append(drafts) = effect {
                let entries = self.stamped(drafts);
                self.send(Action::Stored(entries));
            }
        }
    }

    fn stamped(&mut self, drafts: Vec<Draft>) -> Vec<Entry> {
        let by = written_by(self.app.who, &drafts);
        let hand = Hand { by, desk: DESK, now: self.now, source: Source::Desk };
        let ids = self.ids();
        stamp(drafts, &hand, ids)
    }

    /// Draws the screen: the bytes that a terminal would get.
    pub fn frame(&mut self) -> usize {
        let screen = view(&self.app);
        self.terminal.draw(|frame| draw(frame, &screen, &self.theme)).expect("a terminal in memory");
        self.wire.0.take().len()
    }

    /// A key and its frame.
    pub fn pressed(&mut self, key: Key) -> usize {
        self.key(key);
        self.frame()
    }
}

/// Every screen: its name, the keys that open it from the board, a key that moves something there and the one that moves
/// it back.
pub const SCREENS: &[(&str, &[Key], Key, Key)] = &[
    ("board", &[], Key::Down, Key::Up),
    ("board staff view", &[Key::F(5)], Key::Down, Key::Up),
    ("board by number", &[], Key::Char('1'), Key::Backspace),
    ("find", &[Key::Char('a')], Key::Char('n'), Key::Backspace),
    ("find list", &[Key::Char('a')], Key::Down, Key::Up),
    ("card that brings", &[Key::Char('1'), Key::Enter], Key::Char('1'), Key::Char('1')),
    ("card that visits", &[Key::Char('1'), Key::Enter, Key::Tab], Key::Char('1'), Key::Char('1')),
    ("card sides", &[Key::Char('1'), Key::Enter], Key::Tab, Key::Tab),
    ("question", &[Key::Char('1'), Key::Enter, Key::Char('d')], Key::Char('-'), Key::Esc),
    ("absent", &[Key::End, Key::Enter, Key::Char('a')], Key::Char('1'), Key::Char('2')),
    ("absent form", &[Key::End, Key::Enter, Key::Char('a'), Key::Char('9')], Key::Char('s'), Key::Backspace),
    ("note form", &[Key::F(5), Key::F(8), Key::Tab, Key::Tab], Key::Char('s'), Key::Backspace),
    ("roll", &[Key::F(9)], Key::Down, Key::Up),
    ("close", &[Key::F(7)], Key::Char('3'), Key::Backspace),
    (
        "close questions",
        &[
            Key::F(7),
            Key::Char('0'),
            Key::Tab,
            Key::Char('0'),
            Key::Tab,
            Key::Char('5'),
            Key::Tab,
            Key::Char('0'),
            Key::Enter,
        ],
        Key::Down,
        Key::Up,
    ),
    ("staff", &[Key::F(2)], Key::Down, Key::Up),
    ("staff form", &[Key::F(2), Key::Char('0')], Key::Char('s'), Key::Backspace),
    ("log", &[Key::F(3)], Key::Down, Key::Up),
    (
        "paper",
        &[Key::Ctrl('p'), Key::Char('p'), Key::Char('a'), Key::Char('p'), Key::Enter],
        Key::Char('3'),
        Key::Backspace,
    ),
    ("policy", &[Key::Ctrl('p'), Key::Char('h'), Key::Char('o'), Key::Char('w'), Key::Enter], Key::Down, Key::Up),
    ("todo", &[Key::Char('!')], Key::Down, Key::Up),
    ("help", &[Key::F(1)], Key::Down, Key::Up),
    ("palette", &[Key::Ctrl('p')], Key::Down, Key::Up),
    ("palette typed", &[Key::Ctrl('p')], Key::Char('s'), Key::Backspace),
    ("undo", &[Key::Ctrl('z')], Key::Esc, Key::Ctrl('z')),
    ("hidden", &[], Key::F(12), Key::Esc),
];
