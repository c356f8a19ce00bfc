//! A time set back on the card: while it is typed, and once it is set.

use crate::app::earlier::Earlier;
use crate::domain::codes::Moment;

/// A time set back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetBack {
    /// Digits typed so far, while the field is open.
    pub typing: Option<Earlier>,
    /// The time that was set.
    pub at: Option<Moment>,
}
