//! A number that is pressed digit by digit: taken at once when no longer one begins so, else with Enter.

/// The digits so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number(String);

/// What a digit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// This number is picked.
    Picked(u16),
    /// It may go on: `No 1_`.
    More,
    /// There is no such number; the digits are gone.
    Unknown,
}

impl Number {
    /// Takes one digit more.
    pub fn press(&mut self, digit: u8, numbers: &[u16]) -> Pressed {
        self.0.push_str(&digit.to_string());
        let fit = numbers.iter().filter(|n| n.to_string().starts_with(&self.0)).count();
        match (self.exact(numbers), fit) {
            (Some(number), 1) => {
                self.clear();
                Pressed::Picked(number)
            }
            (_, 0) => {
                self.clear();
                Pressed::Unknown
            }
            _ => Pressed::More,
        }
    }

    /// The number that the digits so far are.
    pub fn exact(&self, numbers: &[u16]) -> Option<u16> {
        numbers.iter().copied().find(|n| n.to_string() == self.0)
    }

    /// The same, and the digits are gone.
    pub fn take(&mut self, numbers: &[u16]) -> Option<u16> {
        let number = self.exact(numbers);
        self.clear();
        number
    }

    /// No digit stands.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets the digits.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The digits so far.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// `No 1_`.
    pub fn shown(&self) -> String {
        format!("No {}_", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_picks_unless_a_longer_number_begins_so() {
        let mut number = Number::default();
        assert_eq!(number.press(5, &[1, 2, 5, 11]), Pressed::Picked(5));
        assert_eq!(number.press(1, &[1, 2, 5, 11]), Pressed::More);
        assert_eq!(number.exact(&[1, 2, 5, 11]), Some(1));
        assert_eq!(number.press(1, &[1, 2, 5, 11]), Pressed::Picked(11));
        assert_eq!(number.press(9, &[1, 2]), Pressed::Unknown);
        assert!(number.is_empty());
    }
}
