//! The renderer: the mock-ups of screens.md at both sizes, any Screen at any size, columns that hold, few bytes a key.

mod any;
pub mod sample;

use doorbook::app::screen::{Block, Cell, Column, Row, Screen, Table};
use doorbook::tui::{Glyphs, Look, Theme, draw, paint};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

pub const MONO: Theme = Theme { look: Look::Mono, glyphs: Glyphs::Unicode };
pub const ASCII: Theme = Theme { look: Look::Mono, glyphs: Glyphs::Ascii };

/// The rows of a buffer as a reader sees them, then a legend: what is strong, what stands under the cursor.
pub fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        text.push_str(row(buffer, y).trim_end());
        text.push('\n');
    }
    text.push_str("strong:");
    for y in 0..buffer.area.height {
        let strong = strong(buffer, y);
        if !strong.is_empty() {
            text.push_str(&format!(" {y}({})", strong.join("|")));
        }
    }
    let cursor = cursor.map_or("none".into(), |at| format!("row {}, column {}", at.y, at.x));
    text + "\ncursor: " + &cursor + "\n"
}

/// One row of a buffer, the cells after a wide character left out, as the terminal leaves them out.
fn row(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        text.push_str(symbol);
        x += symbol.cell_width().max(1);
    }
    text
}

fn strong(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        if cell.modifier.contains(Modifier::BOLD) {
            if last.is_none_or(|last| last + 2 < x) {
                runs.push(String::new());
            }
            let run = runs.last_mut().unwrap();
            if last == x.checked_sub(2) && last.is_some() {
                run.push(' ');
            }
            run.push_str(cell.symbol());
            last = Some(x);
        }
    }
    runs
}

pub fn shown(screen: &Screen, width: u16, height: u16, theme: &Theme) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut at = None;
    terminal.draw(|frame| at = paint(frame.buffer_mut(), screen, theme)).unwrap();
    picture(terminal.backend().buffer(), at)
}

macro_rules! snapshots {
    ($($name:ident: $screen:expr, $width:expr, $height:expr, $theme:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(shown(&$screen, $width, $height, &$theme));
        }
    )*};
}

snapshots! {
    board_80: sample::board(), 80, 24, MONO;
    board_80_ascii: sample::board(), 80, 24, ASCII;
    board_120: sample::wide(), 120, 40, MONO;
    board_120_ascii: sample::wide(), 120, 40, ASCII;
    find_80: sample::find(), 80, 24, MONO;
    card_80: sample::card(), 80, 24, MONO;
    card_80_ascii: sample::card(), 80, 24, ASCII;
    earlier_80: sample::earlier(), 80, 24, MONO;
    note_80: sample::note(), 80, 24, MONO;
    who_is_in_80: sample::who_is_in(), 80, 24, MONO;
    who_is_in_120: sample::who_is_in(), 120, 40, MONO;
    small_40x8: sample::find(), 40, 8, MONO;
    small_60x4: sample::card(), 60, 4, MONO;
}

#[test]
fn colour_is_never_the_only_difference() {
    for screen in [sample::board(), sample::card(), sample::who_is_in()] {
        let mono = shown(&screen, 80, 24, &MONO);
        for look in [Look::Light, Look::Dark] {
            assert_eq!(mono, shown(&screen, 80, 24, &Theme { look, ..MONO }));
        }
    }
}

/// performance.md, goal 8: a cursor key is at most 300 bytes.
#[test]
fn a_cursor_key_is_few_bytes() {
    let mut sent = Vec::new();
    {
        let backend = CrosstermBackend::new(&mut sent);
        let options = ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(Rect::new(0, 0, 80, 24)) };
        let mut terminal = Terminal::with_options(backend, options).unwrap();
        terminal.draw(|frame| draw(frame, &sample::marked(0), &MONO)).unwrap();
        terminal.backend_mut();
        terminal.draw(|frame| draw(frame, &sample::marked(1), &MONO)).unwrap();
    }
    let mut first = Vec::new();
    {
        let backend = CrosstermBackend::new(&mut first);
        let options = ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(Rect::new(0, 0, 80, 24)) };
        let mut terminal = Terminal::with_options(backend, options).unwrap();
        terminal.draw(|frame| draw(frame, &sample::marked(0), &MONO)).unwrap();
    }
    let key = sent.len() - first.len();
    assert!(key <= 300, "{key} bytes: {:?}", String::from_utf8_lossy(&sent[first.len()..]));
}

const NAMES: &[&str] = &[
    "Siân",
    "Sia\u{302}n",
    "Łukasz",
    "Nguyễn Thị Hồng",
    "王芳",
    "小明小明小明小明",
    "ليلى",
    "👨‍👩‍👧‍👦 family",
    "❤\u{fe0f} heart",
    "🇬🇧",
    "👍🏽",
    "z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}algo",
    "ﾀﾞﾀﾞ",
    "लक्ष्मी",
    "a\x1b[2Jb\u{7}",
    "\u{202e}evil",
    "",
];

#[test]
fn columns_hold_for_every_name() {
    for name in NAMES {
        for width in [3, 10, 12] {
            let columns = vec![Column { width, grows: 0, right: false }, Column { width: 5, grows: 0, right: false }];
            let cells = vec![Cell::Names(vec![(*name).into(), "Lan".into()]), Cell::Words("HERE".into())];
            let table = Table { columns, header: vec![], rows: vec![Row { cells, marked: true }] };
            let screen = Screen { body: vec![Block::Table(table)], ..Screen::default() };
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
            paint(&mut buffer, &screen, &MONO);
            let at = 1 + 2 + width + 2;
            assert_eq!(buffer[(at, 3)].symbol(), "H", "{name:?} in {width}: {}", row(&buffer, 3));
            whole(&buffer).unwrap();
        }
    }
}

#[test]
fn the_bytes_of_a_hostile_name_hold_no_escape_of_its_own() {
    let mut screen = sample::card();
    screen.head[0] = "\x1b]0;owned\x07\u{9b}31m".into();
    screen.enter.says = "\x1b[2J\x1b[H gone\r\n".into();
    let mut sent = Vec::new();
    let options = ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(Rect::new(0, 0, 80, 24)) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(&mut sent), options).unwrap();
    terminal.draw(|frame| draw(frame, &screen, &MONO)).unwrap();
    drop(terminal);
    let sent = String::from_utf8(sent).unwrap();
    assert!(!sent.contains("\x1b]") && !sent.contains('\u{9b}') && !sent.contains("\x1b[2J"), "{sent:?}");
}

/// Every row of the buffer is exactly its width, and holds nothing that a terminal would obey.
pub fn whole(buffer: &Buffer) -> Result<(), String> {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if symbol.is_empty() || symbol.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)) {
                return Err(format!("{symbol:?} at {x}, {y}"));
            }
            let width = symbol.cell_width();
            let covered = (x + 1..(x + width).min(buffer.area.width)).all(|x| buffer[(x, y)].symbol() == " ");
            if width == 0 || !covered {
                return Err(format!("{symbol:?} of {width} at {x}, {y}"));
            }
            x += width;
        }
        if x != buffer.area.width {
            return Err(format!("row {y} ends at {x} of {}", buffer.area.width));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_screen_at_any_size(screen in any::screen(), width in 0u16..200, height in 0u16..70, ascii: bool) {
        let theme = if ascii { ASCII } else { MONO };
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = paint(&mut buffer, &screen, &theme);
        prop_assert_eq!(whole(&buffer), Ok(()));
        prop_assert!(cursor.is_none_or(|at| at.x < width && at.y < height), "{:?}", cursor);
    }

    #[test]
    fn the_enter_line_and_the_last_hint_always_show(mut screen in any::screen(), width in 40u16..200, height in 2u16..50) {
        screen.enter = sample::card().enter;
        screen.footer.push(sample::board().footer.pop().unwrap());
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        paint(&mut buffer, &screen, &MONO);
        let rows: Vec<String> = (0..height).map(|y| row(&buffer, y)).collect();
        prop_assert!(rows.iter().any(|row| row.contains("Enter") && row.contains("Carys")), "{rows:?}");
        prop_assert!(rows.last().unwrap().contains("? help"), "{rows:?}");
    }
}

#[test]
fn the_largest_and_the_smallest() {
    for (width, height) in [(0, 0), (1, 1), (0, 24), (80, 0), (2, 2), (500, 200), (79, 23), (119, 40), (120, 24)] {
        for screen in [sample::wide(), sample::find(), sample::who_is_in(), sample::earlier(), Screen::default()] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            paint(&mut buffer, &screen, &MONO);
            whole(&buffer).unwrap();
        }
    }
}

/// Letters with marks that take room may be drawn wider than they are counted: what they covered is drawn again.
#[test]
fn what_a_letter_may_have_covered_is_drawn_again() {
    let painted = |name: &str| {
        let screen = Screen { head: [name.to_owned(), String::new(), String::new()], ..Screen::default() };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        doorbook::tui::paint(&mut buffer, &screen, &MONO);
        buffer
    };
    let (before, after) = (painted("प्रिया"), painted("x"));
    let drawn: Vec<u16> = before.diff(&after).into_iter().filter(|(_, y, _)| *y == 0).map(|(x, _, _)| x).collect();
    assert_eq!(drawn, [1, 2, 3, 4, 5]);
}
