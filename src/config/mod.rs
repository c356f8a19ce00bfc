//! Per-machine preferences as TOML: how it looks, where its book lies. Faults are named by line.

mod file;
mod parse;

use std::path::PathBuf;

pub use file::{Trouble, data_folder, file, load};
pub use parse::{Fault, parse};

/// What one machine prefers. Nothing here changes what the book says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    /// `theme = "auto"`, `"mono"`, `"light"` or `"dark"`.
    pub theme: ThemeChoice,
    /// `ascii = true`: shapes and lines in plain ASCII.
    pub ascii: bool,
    /// `data = "/folder"`: where the book lies; `~/` is the home folder.
    pub data: Option<PathBuf>,
}

/// Colours, as preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// As the terminal says it is, else without colours.
    #[default]
    Auto,
    /// Without colours.
    Mono,
    /// For a light ground.
    Light,
    /// For a dark ground.
    Dark,
}
