//! CSV in.
