//! What differs by system, a twin each.
