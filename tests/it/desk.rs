//! The desk: a real keymap, `update`, the book in memory, a drawn screen. Most of what Doorbook promises is held here.

pub mod harness;
mod smoke;
