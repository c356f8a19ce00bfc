//! Per-machine preferences.
