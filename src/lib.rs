//! Doorbook, the register at the door of a child contact centre.
//!
//! A book that is only ever written forward: every act at the desk is an entry, what the screen shows is a fold of
//! entries, and rules live in one place, [`domain::decide`]. The rooms, and what each must never know, are in
//! `docs/ARCHITECTURE.md`; `tests/it/tidy.rs` holds them to it.

pub mod app;
pub mod book;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod export;
pub mod import;
pub mod journal;
pub mod platform;
pub mod run;
pub mod tui;
pub use doorbook_vault as vault;
