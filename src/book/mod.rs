//! Domain entries in and out of rows: wire types, seal, link, tag, open and check.
