//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

mod absent;
mod close;
mod clumsy;
mod counts;
mod crowd;
mod day;
mod hand;
pub mod harness;
mod help;
mod hide;
mod imported;
mod lobby;
mod lobby_a;
mod log;
mod palette;
mod pictures;
mod policy;
mod roll;
mod saturday;
mod shut;
mod smoke;
mod staff;
mod start;
mod tell;
mod todo;
mod undo;
