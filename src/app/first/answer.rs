//! What came of setting up.

use crate::app::action::Effect;
use crate::app::first::Step;
use crate::app::secret::Secret;
use crate::app::state::App;

/// The keys are made, and nothing is on disk: the words are shown.
pub fn made(app: &mut App, words: Secret) -> Vec<Effect> {
    if let Some(first) = &mut app.lock.first {
        (first.busy, first.step, first.words) = (false, Step::Words, Some(words));
    }
    Vec::new()
}

/// It could not be done; what was typed is kept.
pub fn not_set_up(app: &mut App, says: String) -> Vec<Effect> {
    app.guard.spent = false;
    if let Some(first) = &mut app.lock.first {
        // Without its words no register is written: the way leads over them again.
        let step = if first.step == Step::Ask { Step::Ask } else { Step::Passphrase };
        (first.busy, first.step, first.words, first.says) = (false, step, None, Some(says));
    }
    Vec::new()
}
