//! What a day's close signs: the book as far as it then went, as a note that others' tools can check (c2sp.org/tlog-checkpoint,
//! c2sp.org/signed-note).

use crate::domain::ids::{RegisterId, StaffId};
use crate::journal::Head;
use crate::vault::sign::{self, NoteFault};
use crate::vault::{Keys, base64};

/// The note of a head, signed, and what the paper of the close says of it: how many entries, and 24 letters and digits that
/// only this note has.
///
/// # Errors
/// [`NoteFault`]: never, of a head.
pub fn of_head(head: &Head, keys: &Keys, staff: StaffId) -> Result<(String, String), NoteFault> {
    let note = keys.sign(&text(head), &name(staff))?;
    let paper = format!("Entries 1 to {}   {}", head.seq, sign::fingerprint(&note));
    Ok((note, paper))
}

/// What is signed: which register, how many entries, the last link.
pub fn text(head: &Head) -> String {
    let register = RegisterId(uuid::Uuid::from_bytes(head.register.0));
    format!("{}\n{}\n{}\n", origin(register), head.seq, base64(&head.link.0))
}

/// The first line of every note of a register.
pub fn origin(register: RegisterId) -> String {
    format!("doorbook.register/{register}")
}

/// By what name somebody signs: an id, since notes lie open.
pub fn name(staff: StaffId) -> String {
    staff.to_string()
}
