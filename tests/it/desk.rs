//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

mod absent;
mod harness;
mod hide;
mod lobby_a;
mod smoke;
mod staff;
mod start;
mod tell;
mod undo;
