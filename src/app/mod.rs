//! The pure machine: actions in, state and effects out. Knows the rules only through `domain`, and no terminal, store,
//! file or clock.
//!
//! One folder a screen, each with its state, its keys, its update and its view. [`keymap`] turns a key into an
//! [`intent::Intent`] by the mode, [`update::update`] is the only way in, [`view`] the only way out.

pub mod absent;
pub mod action;
pub mod board;
pub mod card;
pub mod clock;
pub mod close;
mod earlier;
mod field;
pub mod find;
pub mod first;
mod frame;
mod guard;
pub mod help;
pub mod hide;
pub mod intent;
pub mod key;
pub mod keymap;
pub mod lock;
pub mod log;
mod looked;
mod newpass;
mod number;
pub mod palette;
pub mod paper;
mod pass;
pub mod people;
mod pick;
pub mod policy;
pub mod prove;
mod roles;
pub mod roll;
pub mod screen;
mod sealing;
pub mod secret;
pub mod shut;
pub mod staff;
pub mod start;
mod state;
pub mod tell;
pub mod todo;
pub mod undo;
mod update;
mod wants;
mod words;
pub mod write;

pub use earlier::{NoTime, typed as time_typed};
pub use lock::wakes_at;
pub use state::{App, Over, Setup, View};
pub use update::{Press, Waits, update};
pub use write::Then;

use screen::Screen;

/// The whole screen, from the state alone.
pub fn view(app: &App) -> Screen {
    if app.hidden {
        return frame::finish(app, hide::view(app));
    }
    if let Some(state) = &app.laid.prove {
        return frame::finish(app, prove::view(app, state));
    }
    let screen = match app.over {
        Some(Over::Help) => help::view(app),
        Some(Over::Palette) => palette::view(app),
        Some(Over::Undo) => undo::view(app),
        None => match app.view {
            View::Start => start::view(app),
            View::Board if app.find.is_open() => find::view(app),
            View::Board => board::view(app),
            View::Card => card::view(app),
            View::Absent => absent::view(app),
            View::Tell => tell::view(app),
            View::Roll => roll::view(app),
            View::Close => close::view(app),
            View::Staff => staff::view(app),
            View::Log => log::view(app),
            View::Paper => paper::view(app),
            View::Policy => policy::view(app),
            View::Todo => todo::view(app),
            View::Shut => shut::view(app),
            View::Locked => lock::view(app),
            View::Change => lock::change_view(app),
            View::People => people::view(app),
            View::Passphrase => people::own_view(app),
            View::First => first::view(app),
        },
    };
    frame::finish(app, screen)
}
