//! Ids of what is imported: the same for the same row of the same register, so that a second import adds nothing.

use uuid::Uuid;

use crate::domain::ids::RegisterId;

/// The context of the hash: for ever.
const CONTEXT: &str = "doorbook imported id v1";

/// A version 8 id from the register, the table and the id that the source has.
pub fn imported(register: RegisterId, table: &str, source_id: &str) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    hasher.update(register.0.as_bytes());
    for part in [table, source_id] {
        // With its length before it, so that no two pairs read as the same bytes.
        hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut id = [0; 16];
    hasher.finalize_xof().fill(&mut id);
    Uuid::new_v8(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imported_id_is_the_same_for_ever() {
        let register = RegisterId(Uuid::from_u128(7));
        let id = imported(register, "families", "12");
        assert_eq!(id.to_string(), "56676481-b4ff-8844-8b9b-1ef0b9ebcaea");
        assert_eq!(id.get_version_num(), 8);
        assert_eq!(id, imported(register, "families", "12"));
        assert_ne!(id, imported(register, "families1", "2"));
        assert_ne!(id, imported(register, "people", "12"));
        assert_ne!(id, imported(RegisterId(Uuid::from_u128(8)), "families", "12"));
    }
}
