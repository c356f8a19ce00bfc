//! A new passphrase: five words that are offered, or one's own, typed twice; the second time without reading it.

use crate::app::key::Key;
use crate::app::pass::dots;
use crate::app::screen::{Block, Field};
use crate::app::secret::Secret;
use crate::app::update::Press;
use crate::domain::text;

/// Characters of a passphrase of one's own: three to four words. It is all that keeps a stolen disk closed (NIST
/// SP 800-63B-4 asks for 15 where nothing else is asked).
pub const LEAST: usize = 15;

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct NewPass {
    /// Five words that nobody has had before, once they have come.
    offered: Option<Secret>,
    typed: [Secret; 2],
    at: usize,
}

impl NewPass {
    /// Five words have come.
    pub fn offer(&mut self, words: Secret) {
        self.offered = Some(words);
    }

    /// The other field.
    pub fn turn(&mut self) {
        self.at = 1 - self.at.min(1);
    }

    /// To the field that is missing or wrong.
    pub fn aim(&mut self) {
        let first = self.typed.first().cloned().unwrap_or_default();
        self.at = usize::from(self.is_offered(&first) || is_long(&first));
    }

    fn is_offered(&self, typed: &Secret) -> bool {
        self.offered.as_ref().is_some_and(|words| words.is_same_of_list(typed))
    }

    /// The second field is in hand.
    pub fn is_again(&self) -> bool {
        self.at > 0
    }

    /// A key for the field in hand.
    pub fn press(&mut self, press: &Press) {
        let Some(typed) = self.typed.get_mut(self.at) else { return };
        match press.key {
            Key::Backspace => typed.pop(),
            Key::Delete => typed.wipe(),
            Key::Char(c) if text::allowed(c) => typed.push(c),
            _ => {}
        }
    }

    /// The passphrase, or what is missing and the way out.
    pub fn ready(&self) -> Result<Secret, &'static str> {
        let [first, again] = &self.typed;
        match (first.is_empty(), again.is_empty()) {
            (true, _) => Err("type the five words, or a passphrase of your own"),
            _ if self.is_offered(first) && self.is_offered(again) => {
                self.offered.clone().ok_or("the words have not come yet")
            }
            (_, true) if self.is_offered(first) => Err("now the same once more, from your paper"),
            _ if !self.is_offered(first) && !is_long(first) => {
                Err("not the five words; one of your own has at least 15 characters")
            }
            (_, true) => Err("now the same once more"),
            _ if first.is_same(again) => Ok(first.clone()),
            _ => Err("the two are not the same: type the second once more"),
        }
    }

    /// The words that are offered, and the two fields. The words are hidden while they are typed from memory.
    pub fn blocks(&self, focused: bool) -> Vec<Block> {
        let words = match &self.offered {
            None => "    …".to_owned(),
            Some(_) if self.is_again() && focused => "    (Tab shows the words again)".to_owned(),
            Some(words) => format!("    {}", words.reveal()),
        };
        let field = |n: usize, label: &str| Block::Input {
            label: format!("    {label:<16}"),
            field: Field { before: self.typed.get(n).map(dots).unwrap_or_default(), after: String::new() },
            right: String::new(),
            focused: focused && self.at == n,
        };
        vec![
            Block::line("    Five words, drawn for you. Four letters of each are enough."),
            Block::Blank,
            Block::line(words),
            Block::Blank,
            field(0, "Type it"),
            field(1, "Once more"),
        ]
    }
}

/// Long enough for one of their own.
fn is_long(typed: &Secret) -> bool {
    typed.reveal().trim().chars().count() >= LEAST
}
