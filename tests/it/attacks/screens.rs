//! Every screen of a register that attacks, as bytes, through a terminal's own parser: nothing acts, and columns hold.

use doorbook::app::action::Action;
use doorbook::app::screen::Size;
use doorbook::app::view;
use doorbook::domain::event::Entry;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::{foreign, plain};
use crate::desk::harness::{Desk, moment};
use crate::draw::{MONO, whole};

/// Keys to each screen, from the board of an open day.
const SCREENS: &[(&str, &str)] = &[
    ("board", ""),
    ("staff view", "f5"),
    ("find", "m i"),
    ("card", "1 enter"),
    ("the other side", "1 enter tab"),
    ("card in staff view", "f5 1 enter"),
    ("question", "3 enter d"),
    ("not coming", "1 enter a"),
    ("tell", "f8 f8"),
    ("who is in", "f9"),
    ("close", "f7"),
    ("staff", "f2"),
    ("log", "f4"),
    ("policy", "ctrl-p p o l enter"),
    ("todo", "!"),
    ("help", "f1"),
    ("palette", "ctrl-p"),
    ("hidden", "f12"),
    ("person", "f6"),
    ("undo", "ctrl-z"),
];

fn opened(entries: &[Entry]) -> Desk {
    let mut desk = Desk::on(foreign::register(), entries, moment("2026-11-21T08:55"));
    desk.keys("5 f2 1 2 3 4 esc @09:55");
    desk
}

/// What the screen sends, and the buffer that it is drawn from.
fn sent(desk: &Desk) -> (Vec<u8>, Buffer) {
    let Size { width, height } = desk.app.size;
    let mut bytes = Vec::new();
    let area = Rect::new(0, 0, width, height);
    let options = ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(area) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(&mut bytes), options).unwrap();
    terminal.draw(|frame| doorbook::tui::draw(frame, &view(&desk.app), &MONO)).unwrap();
    let mut buffer = Buffer::empty(area);
    doorbook::tui::paint(&mut buffer, &view(&desk.app), &MONO);
    drop(terminal);
    (bytes, buffer)
}

/// Without the sequences that drawing itself sends: places, looks, the cursor.
fn words(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut parts = text.split("\x1b[");
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_digit() || matches!(c, ';' | '?'))).unwrap_or(part.len());
        let (_, rest) = part.split_at(end);
        assert!(rest.starts_with(['H', 'm', 'h', 'l']), "a sequence of its own: {part:?}");
        assert!(!rest.starts_with(['h', 'l']) || part.starts_with("?25"), "a mode is set: {part:?}");
        words.push_str(&rest[1..]);
    }
    words
}

/// The cells as the terminal's parser has them, held against those that were drawn: the same character at each place.
fn same(bytes: &[u8], buffer: &Buffer) {
    let size = |n: u16| std::num::NonZero::new(n).unwrap();
    let mut parser = vt100::Parser::new(size(buffer.area.height), size(buffer.area.width), 0);
    // The parser leaves a replacement character out, and all after it stands one place to the left; terminals show it.
    parser.process(String::from_utf8_lossy(bytes).replace(char::REPLACEMENT_CHARACTER, "?").as_bytes());
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let drawn = symbol.chars().next().unwrap_or(' ');
            let cell = parser.screen().cell(y, x).unwrap();
            let shown = cell.contents().chars().next().unwrap_or(' ');
            assert!(!cell.contents().chars().any(char::is_control));
            let drawn = if drawn == char::REPLACEMENT_CHARACTER { '?' } else { drawn };
            assert_eq!(shown, drawn, "at {x}, {y} of {:?}", parser.screen().contents());
            x += symbol.cell_width().max(1);
        }
    }
}

#[test]
fn no_byte_of_data_acts_on_the_terminal() {
    for text in super::all().into_iter().step_by(2) {
        let desk = opened(&foreign::read(&text));
        for (name, keys) in SCREENS {
            let mut fork = desk.fork();
            fork.keys(keys);
            for (width, height) in [(80, 24), (120, 40)] {
                fork.send(Action::Resized(Size { width, height }));
                let (bytes, buffer) = sent(&fork);
                plain(&words(&bytes), false);
                whole(&buffer).unwrap_or_else(|what| panic!("{name}, {text:?}: {what}"));
                if !unsure(&buffer) {
                    same(&bytes, &buffer);
                }
            }
        }
    }
}

/// Letters that terminals may count otherwise are placed anew by the real backend (`tui/steady.rs`), not by this one.
fn unsure(buffer: &Buffer) -> bool {
    buffer
        .content
        .iter()
        .any(|cell| cell.diff_option != ratatui::buffer::CellDiffOption::None || cell.symbol().chars().count() > 1)
}

/// The columns of the board stand where they stand with ordinary names.
#[test]
fn columns_hold_whatever_the_names_are() {
    let at = |desk: &Desk, word: &str| {
        let (_, buffer) = sent(desk);
        let row = |y| (0..80).map(|x| buffer[(x, y)].symbol().chars().next().unwrap_or(' ')).collect::<String>();
        (0..24)
            .map(row)
            .map(|row: String| row.chars().collect::<Vec<_>>())
            .filter_map(|row| row.windows(word.len()).position(|w| w.iter().collect::<String>() == word))
            .collect::<Vec<usize>>()
    };
    let expected = at(&opened(&foreign::honest()), "10:00");
    assert!(expected.len() >= 7, "{expected:?}");
    for text in super::all() {
        assert_eq!(at(&opened(&foreign::read(&text)), "10:00"), expected, "{text:?}");
    }
}

/// What is typed and pasted into a field is what is kept, clean.
#[test]
fn what_is_typed_and_pasted_is_clean_and_writes_nothing_by_itself() {
    for text in super::all().into_iter().skip(1).step_by(3) {
        for keys in ["f2 0", "f8 f8 tab", "1 enter v", "m", "ctrl-p", "1 enter a 9", "ctrl-p p o l enter"] {
            let mut desk = opened(&foreign::honest());
            desk.keys(keys);
            let before = desk.written();
            desk.send(Action::Paste { text: format!("{text}\r\n1\r\n"), now: desk.now });
            assert_eq!(desk.written(), before, "a paste wrote: {text:?} after {keys}");
            let (bytes, buffer) = sent(&desk);
            plain(&words(&bytes), false);
            whole(&buffer).unwrap();
            text.chars()
                .take(50)
                .filter(|c| !c.is_ascii_digit())
                .for_each(|c| desk.press(doorbook::app::key::Key::Char(c)));
            let (bytes, buffer) = sent(&desk);
            plain(&words(&bytes), false);
            whole(&buffer).unwrap();
        }
    }
}
