//! Lengths that say little: a mark and zeros, to a multiple.

use super::Fault;

/// Bodies are padded to a multiple of this.
pub(super) const BODY: usize = 128;
/// Accounts are padded to a multiple of this.
pub(super) const ACCOUNT: usize = 1024;

/// `what | 0x80 | zeros`, to a multiple of `to`. In one place that never grows; whoever has sealed it wipes it.
pub(super) fn add(what: &[u8], to: usize) -> Vec<u8> {
    let whole = (what.len() + 1).next_multiple_of(to);
    let mut padded = Vec::with_capacity(whole);
    padded.extend_from_slice(what);
    padded.push(0x80);
    padded.resize(whole, 0);
    padded
}

/// Takes it off again, in place.
pub(super) fn take(mut padded: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let last = padded.iter().rposition(|byte| *byte != 0).ok_or(Fault::Damaged)?;
    if padded.get(last) != Some(&0x80) {
        return Err(Fault::Damaged);
    }
    padded.truncate(last);
    Ok(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_padded_comes_back() {
        for length in [0, 1, 126, 127, 128, 129, 1023, 1024] {
            let what = vec![0; length];
            let padded = add(&what, BODY);
            assert_eq!(padded.len() % BODY, 0, "{length}");
            assert!(padded.len() > length, "{length}");
            assert_eq!(take(padded).unwrap(), what, "{length}");
        }
        assert_eq!(add(&[1; 127], BODY).len(), 128);
        assert_eq!(add(&[1; 128], BODY).len(), 256);
        for bad in [vec![], vec![0; 128], vec![1, 2, 3, 0]] {
            assert_eq!(take(bad), Err(Fault::Damaged));
        }
    }
}
