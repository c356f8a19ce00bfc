//! Append, read and watch rows of bytes. Knows nothing of what a row means.
