//! The first screen of all, where there is no register yet: it says what there is until sealing lands, and asks.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::app::key::Key;
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::run::window::{Heard, Window};
use crate::tui::Input;

/// Nothing changes by itself here.
const LONG: Duration = Duration::from_secs(3600);

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Make the practice register, and open it.
    Practise,
    /// Leave; nothing is written.
    Leave,
}

/// Asks.
///
/// # Errors
/// The terminal is gone.
pub fn ask(window: &mut Window, folder: &Path) -> io::Result<Answer> {
    let screen = screen(folder);
    loop {
        window.draw(&screen)?;
        match window.wait(LONG) {
            Some(Heard::Input(Input::Key { key: Key::Enter, .. })) => return Ok(Answer::Practise),
            Some(Heard::Input(Input::Key { key: Key::Esc | Key::Ctrl('q'), .. })) => return Ok(Answer::Leave),
            Some(Heard::End | Heard::Broken) => return Ok(Answer::Leave),
            _ => {}
        }
    }
}

fn screen(folder: &Path) -> Screen {
    let body = [
        "",
        "There is no register in this folder yet:",
        "",
        &format!("   {}", folder.display()),
        "",
        "This Doorbook does not seal what it writes. Until it does there are practice",
        "registers only: invented families, on one Saturday, to learn the desk by.",
        "",
        "Setting up a real centre comes with sealing.",
        "Write nothing about real families into a practice register.",
    ]
    .map(Block::line);
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: ["First start".to_owned(), String::new()],
        body: body.to_vec(),
        enter: Enter {
            label: "Enter".to_owned(),
            says: "makes the practice register, and opens it".to_owned(),
            field: None,
        },
        footer: vec![Hint::new("Esc", "leave, nothing is written"), Hint::new("Ctrl-Q", "leave")],
        ..Screen::default()
    }
}
