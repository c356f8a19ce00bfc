//! One integration binary; each file is a boundary of the house.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used, missing_docs)]

mod apart;
mod attacks;
mod chance;
mod cli;
mod cli_look;
mod closes;
mod crash;
mod damage;
mod desk;
mod directory;
mod draw;
mod export;
mod files;
#[path = "../filled/mod.rs"]
mod filled;
mod flat;
mod frames;
mod fuzz;
mod import;
mod journal;
mod keys_doc;
mod made;
mod nearly_real;
#[cfg(target_os = "linux")]
mod nonet;
mod others;
mod properties;
mod pty;
mod replay;
mod sealed;
mod stream;
mod tidy;
mod time;
mod vault;
mod verify;
mod wire;
