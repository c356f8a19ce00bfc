//! The pure machine: actions in, state and effects out. Knows the rules only through `domain`, and no terminal, store,
//! file or clock.

pub mod key;
pub mod screen;
