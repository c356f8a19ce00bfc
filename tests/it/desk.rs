//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

mod absent;
mod afterwards;
mod allow;
mod bytes;
mod close;
mod clumsy;
mod counts;
mod crowd;
mod day;
mod elsewhere;
mod hand;
pub mod harness;
mod help;
mod hide;
mod imported;
#[allow(dead_code, reason = "a kit: not every test uses every part")]
pub mod kinds;
mod lobby;
mod lobby_a;
mod log;
mod palette;
mod paper;
mod papers;
mod pictures;
mod policy;
mod roles;
mod roll;
mod saturday;
mod shut;
mod single;
mod smoke;
mod staff;
mod start;
mod tell;
mod todo;
mod undo;
mod wrong;
