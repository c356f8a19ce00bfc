//! Where the rooms meet: threads, effects, stamping.
