//! Ids of what is imported: the same row of the same table always has the same id.
//!
//! Version 8 UUIDs from BLAKE3(register, table, source id), so that a second run of the same files adds nothing and a
//! changed row becomes a correction (design.md, *Types that carry the weight*).

use uuid::Uuid;

use crate::domain::ids::RegisterId;

/// Binds the hash to this one use.
const CONTEXT: &str = "doorbook import id v1";

/// The id of one row: of `table`, with the id that the table itself gives it. Two registers never share one.
pub fn imported<T: From<Uuid>>(register: RegisterId, table: &str, source: &str) -> T {
    let mut material = Vec::with_capacity(64);
    material.extend_from_slice(register.0.as_bytes());
    for part in [table, source] {
        material.extend_from_slice(&(part.len() as u64).to_le_bytes());
        material.extend_from_slice(part.as_bytes());
    }
    let derived = blake3::derive_key(CONTEXT, &material);
    let bytes = derived.first_chunk().copied().unwrap_or_default();
    T::from(Uuid::new_v8(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(register: RegisterId, table: &str, source: &str) -> Uuid {
        imported(register, table, source)
    }

    #[test]
    fn an_id_hangs_on_all_three_and_on_nothing_else() {
        let (one, two) = (RegisterId(Uuid::from_u128(1)), RegisterId(Uuid::from_u128(2)));
        let id = of(one, "people", "7");
        assert_eq!(id, of(one, "people", "7"));
        assert_eq!(id.get_version_num(), 8);
        assert_ne!(id, of(two, "people", "7"));
        assert_ne!(id, of(one, "families", "7"));
        assert_ne!(id, of(one, "people", "8"));
        assert_ne!(of(one, "ab", "c"), of(one, "a", "bc"));
    }

    #[test]
    fn the_form_of_an_id_is_final() {
        let id = of(RegisterId(Uuid::from_u128(1)), "people", "7");
        assert_eq!(id.to_string(), "8e3f3df9-ced3-81b9-9b93-5adee13924ce");
    }
}
