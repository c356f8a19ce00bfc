//! A fault of our own: the terminal is given back, and nothing of the book is told.

use crate::journal;
use crate::tui::terminal;

/// What is said, with its place in the source.
const WORDS: &str = "Doorbook has stopped on a fault of its own. All that it had shown as saved is kept. \
                     Open it again; go on on paper if it stops again. The place of the fault:";

/// From now on. A panic inside the engine of the store is not one of ours: it is caught there and told as damage.
pub fn on_panic() {
    terminal::on_panic(WORDS);
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !journal::catching() {
            told(info);
        }
    }));
}
