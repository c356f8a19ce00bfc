//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

mod clumsy;
mod counts;
mod day;
mod harness;
mod lobby;
mod saturday;
mod smoke;
