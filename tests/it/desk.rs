//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

mod close;
mod hand;
mod harness;
mod help;
mod log;
mod palette;
mod roll;
mod smoke;
