//! Drawing that holds its columns, in few bytes: a cluster whose width terminals disagree about (letters of several
//! scripts with marks that take room) is drawn alone, on cells cleared before it, and what follows is placed anew.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use crossterm::cursor::{MoveRight, MoveTo};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// A backend for a terminal that may count cells otherwise than we do.
#[derive(Debug)]
pub struct Steady<W: Write> {
    inner: CrosstermBackend<W>,
    /// Where the cursor was left, if nothing was drawn since.
    parked: Option<Position>,
    /// The cursor is shown; `None`: not known.
    shown: Option<bool>,
    /// Cells that something was drawn in since all was cleared: over any other a blank may be written again.
    inked: BTreeSet<(u16, u16)>,
}

/// How a cell is drawn beside its symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// What the terminal draws with when nothing was said.
const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// Modifiers that a theme may use.
const MODIFIERS: [(Modifier, Attribute); 5] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
];

impl<W: Write> Steady<W> {
    /// Draws to a writer.
    pub fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer), parked: None, shown: None, inked: BTreeSet::new() }
    }

    /// All is cleared.
    fn forget(&mut self) {
        (self.parked, self.shown) = (None, None);
        self.inked.clear();
    }

    /// Blanks first, then the cluster: each placed anew, whatever the terminal made of the last one.
    fn draw_alone(&mut self, x: u16, y: u16, cell: &Cell, width: u16) -> io::Result<()> {
        let mut blank = Cell::default();
        blank.set_style(cell.style());
        self.run((0..width).map(|n| (x.saturating_add(n), y, &blank)))?;
        self.run(std::iter::once((x, y, cell)))
    }

    /// Cells one after the other: placed where they do not follow, the pen changed where it differs, and plain at the end.
    fn run<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        let mut pen = PLAIN;
        let mut last: Option<(u16, u16, bool)> = None;
        for (x, y, cell) in cells {
            match last {
                Some((at, row, _)) if row == y && at.saturating_add(1) == x => {}
                // Only after a letter that takes one cell in every terminal.
                Some((at, row, true)) if row == y && at < x => self.skip(at + 1..x, y, pen)?,
                _ => queue!(self.inner, MoveTo(x, y))?,
            }
            last = Some((x, y, cell.symbol().is_ascii()));
            self.ink(x, y, cell);
            let wanted = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            if wanted != pen {
                self.change(pen, wanted)?;
                pen = wanted;
            }
            queue!(self.inner, Print(cell.symbol()))?;
        }
        if pen != PLAIN {
            queue!(self.inner, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }

    /// Over cells that stay: blanks are fewer bytes than a move, where they are blank already.
    fn skip(&mut self, cells: Range<u16>, y: u16, pen: Pen) -> io::Result<()> {
        let plain = pen.bg == Color::Reset && !pen.modifier.intersects(Modifier::UNDERLINED | Modifier::REVERSED);
        if plain && cells.len() < 4 && cells.clone().all(|x| !self.inked.contains(&(y, x))) {
            return cells.into_iter().try_for_each(|_| queue!(self.inner, Print(' ')));
        }
        queue!(self.inner, MoveRight(cells.end - cells.start))
    }

    /// Remembers what is blank. A letter beyond ASCII may take the cells after it too.
    fn ink(&mut self, x: u16, y: u16, cell: &Cell) {
        let is_blank = cell.symbol() == " " && cell.bg == Color::Reset && cell.modifier.is_empty();
        match (is_blank, cell.symbol().is_ascii()) {
            (true, _) => drop(self.inked.remove(&(y, x))),
            (false, true) => drop(self.inked.insert((y, x))),
            (false, false) => self.inked.extend((0..4).map(|n| (y, x.saturating_add(n)))),
        }
    }

    fn change(&mut self, from: Pen, to: Pen) -> io::Result<()> {
        if from != PLAIN {
            queue!(self.inner, SetAttribute(Attribute::Reset))?;
        }
        if to.fg != Color::Reset {
            queue!(self.inner, SetForegroundColor(to.fg.into_crossterm()))?;
        }
        if to.bg != Color::Reset {
            queue!(self.inner, SetBackgroundColor(to.bg.into_crossterm()))?;
        }
        for (_, attribute) in MODIFIERS.iter().filter(|(modifier, _)| to.modifier.contains(*modifier)) {
            queue!(self.inner, SetAttribute(*attribute))?;
        }
        Ok(())
    }
}

impl<W: Write> Backend for Steady<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut run: Vec<(u16, u16, &'a Cell)> = Vec::new();
        for (x, y, cell) in content {
            self.parked = None;
            if let CellDiffOption::ForcedWidth(width) = cell.diff_option {
                self.run(run.drain(..))?;
                self.draw_alone(x, y, cell, width.get())?;
            } else {
                run.push((x, y, cell));
            }
        }
        self.run(run.into_iter())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(false) == Some(false) { Ok(()) } else { self.inner.hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(true) == Some(true) { Ok(()) } else { self.inner.show_cursor() }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let at = position.into();
        if self.parked.replace(at) == Some(at) { Ok(()) } else { self.inner.set_cursor_position(at) }
    }

    fn clear(&mut self) -> io::Result<()> {
        self.forget();
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.forget();
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}
