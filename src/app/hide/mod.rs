//! Hidden: the clock, the centre and how much is due; nothing else (screens.md, rule 9).

use crate::app::action::Effect;
use crate::app::frame::{enter, hint};
use crate::app::intent::Intent;
use crate::app::keymap::{Keys, Mode};
use crate::app::screen::{Block, Hint, Screen};
use crate::app::state::{App, View};
use crate::app::update::{Press, uncovered};
use crate::domain::due;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Hidden",
    own: &[],
    typing: false,
    also: &[("letters", "show the screen, and count there"), ("Enter Esc digits Space", "only show the screen")],
};

/// A key was pressed: it uncovers. F9 and letters count too; F8 never comes here, it has written by then.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    app.hidden = false;
    if press.intent == Some(Intent::Roll) || press.char().is_some_and(char::is_alphabetic) {
        return uncovered(app, press);
    }
    Vec::new()
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let due = app.day().map_or(0, |day| due::due(day, app.now).len());
    let mut body = vec![Block::Blank; 5];
    // Of a locked register nothing is known.
    if !app.is_locked() {
        body.push(Block::line(format!("      {}", app.policy().centre)));
        body.push(Block::Blank);
        body.push(Block::line(format!("      {due} due")));
    }
    let mut footer = vec![Hint::new("any key", "shows the screen")];
    // Where there is no register yet there is nobody to tell, and nobody in.
    if app.view != View::First {
        footer.extend(hint(Mode::Hidden, Intent::Tell).map(|h| Hint { does: "a note".to_owned(), ..h }));
        footer.extend(hint(Mode::Hidden, Intent::Roll));
    }
    Screen { body, enter: enter("shows the screen again, and does nothing else"), footer, ..Screen::default() }
}
