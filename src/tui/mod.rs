//! Lays a Screen out, and turns terminal keys into app keys. Has no word of its own.
//!
//! Columns of a Screen (`To`, `indent`) are counted from the left edge of the block they stand in: one cell of margin
//! is added here. Text ends one cell before the right edge; tables may use that cell.

mod block;
mod body;
mod chrome;
pub mod input;
mod row;
mod steady;
mod table;
pub mod terminal;
mod text;
mod theme;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub use input::Input;
pub use steady::Steady;
pub use terminal::Terminal;
pub use theme::{Glyphs, Look, Theme};

use crate::app::screen::Screen;

/// Lays the screen out in a frame, and parks the cursor on the focused field or the marked row.
pub fn draw(frame: &mut Frame<'_>, screen: &Screen, theme: &Theme) {
    if let Some(at) = paint(frame.buffer_mut(), screen, theme) {
        frame.set_cursor_position(at);
    }
}

/// Lays the screen out in a buffer that is blank; the answer is where the cursor belongs, if anywhere.
pub fn paint(buffer: &mut Buffer, screen: &Screen, theme: &Theme) -> Option<Position> {
    chrome::paint(buffer, screen, theme)
}
