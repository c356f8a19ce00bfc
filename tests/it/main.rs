//! One integration binary; each file is a boundary of the house.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used, missing_docs)]

mod chance;
mod crash;
mod files;
mod journal;
mod verify;
mod wire;
