//! The only `now()`, and the only dealer of ids.
