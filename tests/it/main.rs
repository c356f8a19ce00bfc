//! One integration binary; each file is a boundary of the house.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used, missing_docs)]

mod chance;
mod crash;
mod desk;
mod draw;
mod files;
mod import;
mod journal;
mod properties;
mod pty;
mod tidy;
mod verify;
mod wire;
