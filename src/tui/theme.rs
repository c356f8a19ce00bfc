//! How tones and shapes look: few colours, and never a difference in colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::app::screen::{Shape, Tone};

/// How this terminal is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    /// Colours.
    pub look: Look,
    /// Shapes and lines.
    pub glyphs: Glyphs,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// None at all: `NO_COLOR`, or asked for.
    #[default]
    Mono,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// Shapes and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// `○ ● – ◆ ✓ ▸ ─ …`
    #[default]
    Unicode,
    /// `o * - ! x > - ..`; names stay as they are.
    Ascii,
}

impl Look {
    /// Light or dark, from what some terminals say of their colours (`COLORFGBG`, as `15;0`); mono where they say
    /// nothing, so that no text is ever set in a colour its ground may have.
    pub fn guess(said: Option<&str>) -> Self {
        match said.and_then(|said| said.rsplit(';').next()).and_then(|ground| ground.parse::<u8>().ok()) {
            Some(0..=6 | 8) => Self::Dark,
            Some(7 | 9..=15) => Self::Light,
            _ => Self::Mono,
        }
    }
}

impl Theme {
    pub(super) fn shape(&self, shape: Shape) -> &'static str {
        match (self.glyphs, shape) {
            (_, Shape::None) => " ",
            (Glyphs::Unicode, Shape::Away) => "○",
            (Glyphs::Unicode, Shape::Here) => "●",
            (Glyphs::Unicode, Shape::NotToday) => "–",
            (Glyphs::Unicode, Shape::Read) => "◆",
            (Glyphs::Unicode, Shape::Done) => "✓",
            (Glyphs::Unicode, Shape::Mark) => "▸",
            (Glyphs::Ascii, Shape::Away) => "o",
            (Glyphs::Ascii, Shape::Here) => "*",
            (Glyphs::Ascii, Shape::NotToday) => "-",
            (Glyphs::Ascii, Shape::Read) => "!",
            (Glyphs::Ascii, Shape::Done) => "x",
            (Glyphs::Ascii, Shape::Mark) => ">",
        }
    }

    pub(super) fn ellipsis(&self) -> &'static str {
        self.pick("…", "..")
    }

    pub(super) fn across(&self) -> &'static str {
        self.pick("─", "-")
    }

    pub(super) fn down(&self) -> &'static str {
        self.pick("│", "|")
    }

    pub(super) fn caret(&self) -> &'static str {
        "_"
    }

    fn pick(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    pub(super) fn tone(&self, tone: Tone) -> Style {
        match (tone, self.look) {
            (Tone::Strong, _) => Style::new().add_modifier(Modifier::BOLD),
            (Tone::Quiet, Look::Light) => Style::new().fg(Color::DarkGray),
            (Tone::Quiet, Look::Dark) => Style::new().fg(Color::Gray),
            (Tone::Plain, _) | (Tone::Quiet, Look::Mono) => Style::new(),
        }
    }

    pub(super) fn shape_style(&self, shape: Shape) -> Style {
        let colour = match (shape, self.look) {
            (_, Look::Mono) => None,
            (Shape::Here | Shape::Done, Look::Light) => Some(Color::Blue),
            (Shape::Here | Shape::Done, Look::Dark) => Some(Color::LightCyan),
            (Shape::Read, Look::Light) => Some(Color::Magenta),
            (Shape::Read, Look::Dark) => Some(Color::LightYellow),
            _ => None,
        };
        let style = colour.map_or_else(Style::new, |colour| Style::new().fg(colour));
        match shape {
            Shape::Mark | Shape::Read => style.add_modifier(Modifier::BOLD),
            _ => style,
        }
    }

    pub(super) fn watermark(&self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        match self.look {
            Look::Mono => style,
            Look::Light => style.fg(Color::Magenta),
            Look::Dark => style.fg(Color::LightMagenta),
        }
    }

    /// The character under the caret.
    pub(super) fn under_caret(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_says_nothing_gets_no_colours() {
        assert_eq!(Look::guess(None), Look::Mono);
        assert_eq!(Look::guess(Some("junk")), Look::Mono);
        assert_eq!(Look::guess(Some("15;0")), Look::Dark);
        assert_eq!(Look::guess(Some("0;default;15")), Look::Light);
    }
}
