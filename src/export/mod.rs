//! JSON and text out.
