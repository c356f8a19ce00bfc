//! Signing the book's head at the close of a day.

use crate::book::notes;
use crate::domain::ids::StaffId;
use crate::journal::Head;
use crate::vault::Keys;
use crate::vault::sign::{self, NoteFault};

/// The note of a head, signed, and what the paper of the close says of it: how many entries, and 24 letters and digits that
/// only this note has.
///
/// # Errors
/// [`NoteFault`]: never, of a head.
pub fn of_head(head: &Head, keys: &Keys, staff: StaffId) -> Result<(String, String), NoteFault> {
    let note = keys.sign(&notes::text(head), &notes::name(staff))?;
    let paper = format!("Entries 1 to {}   {}", head.seq, sign::fingerprint(&note));
    Ok((note, paper))
}
