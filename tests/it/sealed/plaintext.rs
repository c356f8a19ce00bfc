//! No plaintext: what was typed, imported and looked at is in no file, in no encoding, after a kill.

/// Is it there, as UTF-8 or as UTF-16 of either order?
pub(super) fn holds(bytes: &[u8], mark: &str) -> bool {
    let wide: Vec<u16> = mark.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    [mark.as_bytes(), &little, &big].into_iter().any(|what| memchr::memmem::find(bytes, what).is_some())
}
