//! What a lobby may never read: which instructions stand on a card in lobby view, and words that none of them may have
//! (screens.md, last section).

use crate::domain::codes::Flag;

/// Words and phrases that no screen in lobby view has, in small letters.
pub const NEVER: &[&str] = &[
    "do not meet",
    "must not meet",
    "keep apart",
    "kept apart",
    "address",
    "order",
    "injunction",
    "court",
    "bail",
    "risk",
    "risks",
    "flag",
    "incident",
    "safeguarding",
    "abuse",
    "violence",
    "violent",
    "abduction",
    "drunk",
    "alcohol",
    "drugs",
    "prison",
    "suspended",
    "no-show",
    "refused",
    "turned away",
    "banned",
    "absent",
    "non-resident",
    "allergy",
    "asthma",
    "epilepsy",
    "diagnosis",
    "password",
];

/// An instruction of this kind is shown in lobby view; the others only say that there is something to read.
pub fn shows(flag: Flag) -> bool {
    matches!(
        flag,
        Flag::Other
            | Flag::DoNotMeet
            | Flag::NonMolestation
            | Flag::Stagger
            | Flag::Visitors
            | Flag::Collectors
            | Flag::Premises
            | Flag::Photographs
            | Flag::Phones
            | Flag::Gifts
            | Flag::Food
            | Flag::Toilet
            | Flag::Language
    )
}

/// The first word in a text that a lobby may never read. Whole words only: `border` is not `order`.
pub fn never(text: &str) -> Option<&'static str> {
    let plain = spaced(&text.to_lowercase());
    NEVER.iter().copied().find(|word| plain.contains(&format!(" {word} ")))
}

/// A text has this name in it, as a word, in the same letters: the hall is not Mr Hall. One letter is no name.
pub fn has_name(text: &str, name: &str) -> bool {
    let name = spaced(name);
    name.trim().chars().count() > 1 && spaced(text).contains(&name)
}

/// Words parted by one blank, a blank at either end; hyphens stay.
fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(never("By court ORDER, the side door."), Some("order"));
        assert_eq!(never("In an orderly way, at the border."), None);
        assert_eq!(never("They must  NOT meet!"), Some("must not meet"));
        assert_eq!(never("Side door, then the small waiting room. Not through the hall."), None);
        assert!(has_name("Tell Tomos to wait.", "Tomos") && !has_name("The tomosaic room", "Tomos"));
        assert!(has_name("Ask Mary Ann.", "Mary Ann") && !has_name("A word", "A"));
        assert!(!has_name("Not through the hall.", "Hall"));
    }
}
