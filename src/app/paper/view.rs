//! Which sheet is entered, drawn.

use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::paper::{line_after, number};
use crate::app::screen::{Block, Field, Hint, Screen};
use crate::app::state::App;
use crate::app::words;

/// The screen.
pub fn view(app: &App) -> Screen {
    let sheet = number(app);
    let line = line_after(app, sheet);
    let typed = if app.paper.typed.is_empty() { "1".to_owned() } else { app.paper.typed.clone() };
    let field = Field { before: typed, after: String::new() };
    Screen {
        head: ["Enter the paper sheet".to_owned(), String::new(), String::new()],
        under: [words::long_date(app.date), String::new()],
        body: vec![
            Block::Blank,
            Block::Input { label: "Number of the sheet".to_owned(), field, right: String::new(), focused: true },
            Block::Blank,
            Block::line("Go through its lines one by one, on the cards: the number, Enter, then -"),
            Block::line("and the time on the paper, Enter, then what the line says."),
            Block::Blank,
            Block::line("Each act is the next line. What a rule would not have let be is written as"),
            Block::line("it was, and is a question for the close. Esc on the board ends it."),
        ],
        enter: frame::enter(format!("enters sheet {sheet} from line {line} on; nothing is written yet")),
        footer: frame::footer(app, &[Hint::new("0-9", "number of the sheet")], &[Intent::Back]),
        ..Screen::default()
    }
}
