//! Lays a Screen out, and turns terminal keys into app keys. Has no word of its own.
