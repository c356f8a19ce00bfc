//! How much of what an import holds: new, changed, the same.

/// What a row is to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// Not held yet.
    New,
    /// Held otherwise: the row becomes a correction.
    Changed,
    /// Held just so.
    Same,
}

impl Is {
    /// By what is held under the same id.
    pub fn of<T: PartialEq>(held: Option<&T>, now: &T) -> Self {
        match held {
            None => Self::New,
            Some(held) if held == now => Self::Same,
            Some(_) => Self::Changed,
        }
    }
}

/// Rows of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Not held yet.
    pub new: usize,
    /// Held otherwise.
    pub changed: usize,
    /// Held just so.
    pub same: usize,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, is: Is) {
        match is {
            Is::New => self.new += 1,
            Is::Changed => self.changed += 1,
            Is::Same => self.same += 1,
        }
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.new + self.changed + self.same
    }
}

/// Rows of every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Families.
    pub families: Tally,
    /// Children.
    pub children: Tally,
    /// Adults of the two sides.
    pub adults: Tally,
    /// People who may come along, or may not.
    pub visitors: Tally,
    /// Repeating bookings.
    pub bookings: Tally,
    /// Instructions at the door.
    pub instructions: Tally,
    /// Pairs of people who must not meet.
    pub apart: Tally,
}

impl Counts {
    /// Each kind with its word, in the order of the report.
    pub fn each(&self) -> [(&'static str, Tally); 7] {
        [
            ("Families", self.families),
            ("Children", self.children),
            ("Adults", self.adults),
            ("Visitors", self.visitors),
            ("Bookings", self.bookings),
            ("Instructions", self.instructions),
            ("Kept apart", self.apart),
        ]
    }
}
