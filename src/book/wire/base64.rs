//! Base64 (RFC 4648, section 4), for sealed bytes in JSON. Of what it reads there is one way to write each.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text.
pub(super) fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            let letter = usize::try_from(bits >> (18 - 6 * n) & 63).ok().and_then(|at| LETTERS.get(at));
            text.push(if n > three.len() { '=' } else { letter.map_or('=', |letter| char::from(*letter)) });
        }
    }
    text
}

/// Text as bytes; `None`: it is not what is written here.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (fours, rest) = text.as_bytes().as_chunks::<4>();
    for (n, four) in fours.iter().enumerate() {
        let ends = four.iter().rev().take_while(|letter| **letter == b'=').count();
        if ends > 2 || (ends > 0 && n + 1 < fours.len()) {
            return None;
        }
        let mut bits = 0;
        for letter in four.iter().take(4 - ends) {
            bits = bits << 6 | value(*letter)?;
        }
        bits <<= 6 * ends;
        let [_, one, two, three] = u32::to_be_bytes(bits);
        let (kept, cut) = [one, two, three].split_at_checked(3 - ends).map(|(a, b)| (a.to_vec(), b.to_vec()))?;
        if cut.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend(kept);
    }
    rest.is_empty().then_some(bytes)
}

fn value(letter: u8) -> Option<u32> {
    Some(match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_rfc() {
        let known =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (bytes, text) in known {
            assert_eq!((write(bytes.as_bytes()).as_str(), read(text)), (text, Some(bytes.as_bytes().to_vec())));
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(read(&write(&all)), Some(all));
    }

    #[test]
    fn there_is_one_way_to_write_each() {
        for bad in ["Zh==", "Zm9=", "Z===", "====", "Zg=", "Zg", "Zg==Zg==", "Zm9v\n", "Zm-v", "Zm=v"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
