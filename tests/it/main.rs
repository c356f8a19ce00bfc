//! One integration binary; each file is a boundary of the house.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used, missing_docs)]

mod apart;
mod chance;
mod cli;
mod cli_look;
mod crash;
mod damage;
mod desk;
mod draw;
mod export;
mod files;
mod import;
mod journal;
mod keys_doc;
mod made;
mod properties;
mod pty;
mod tidy;
mod verify;
mod wire;
