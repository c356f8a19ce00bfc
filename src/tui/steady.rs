//! Drawing that holds its columns: a cluster whose width terminals disagree about (letters of several scripts with
//! marks that take room) is drawn alone, on cells cleared before it, and what follows is placed anew.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::layout::{Position, Size};

/// A backend for a terminal that may count cells otherwise than we do.
pub(super) struct Steady<W: Write>(CrosstermBackend<W>);

impl<W: Write> Steady<W> {
    pub(super) fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }

    /// Blanks first, then the cluster: each placed anew, whatever the terminal made of the last one.
    fn draw_alone(&mut self, x: u16, y: u16, cell: &Cell, width: u16) -> io::Result<()> {
        let mut blank = Cell::default();
        blank.set_style(cell.style());
        self.0.draw((0..width).map(|n| (x.saturating_add(n), y, &blank)))?;
        self.0.draw(std::iter::once((x, y, cell)))
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
            if let CellDiffOption::ForcedWidth(width) = cell.diff_option {
                self.0.draw(run.drain(..))?;
                self.draw_alone(x, y, cell, width.get())?;
            } else {
                run.push((x, y, cell));
            }
        }
        self.0.draw(run.into_iter())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}
