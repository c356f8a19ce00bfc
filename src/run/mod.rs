//! Where the rooms meet: threads, effects, stamping.

pub mod setup;
pub mod stamp;
