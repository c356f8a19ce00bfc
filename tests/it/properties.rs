//! The invariants of design.md, over random days: every accepted command is judged by an oracle that reads the plain
//! entries. More cases: `PROPTEST_CASES=2000 cargo test --test it properties`.

mod choose;
mod closed;
mod closing;
mod conduct;
mod course;
mod free_text;
mod happened;
mod holes;
mod keys;
mod lobby;
pub mod naive;
mod no_dead_end;
pub mod oracle;
mod order;
mod states;
mod steps;
mod traces;
pub mod world;

use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

/// So many cases, unless the environment says otherwise; a failure is kept under `tests/it/properties/regressions`.
pub fn cases(usual: u32) -> ProptestConfig {
    let scale = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse::<u32>().ok());
    // The usual run is the same everywhere; more cases, or PROPTEST_RNG_SEED, go where nobody has been.
    let seed = match (scale, std::env::var("PROPTEST_RNG_SEED")) {
        (None, Err(_)) => RngSeed::Fixed(20_261_121),
        _ => ProptestConfig::default().rng_seed,
    };
    let persistence = FileFailurePersistence::SourceParallel("regressions");
    ProptestConfig {
        cases: scale.unwrap_or(usual),
        max_shrink_iters: 4000,
        rng_seed: seed,
        failure_persistence: Some(Box::new(persistence)),
        ..ProptestConfig::default()
    }
}

/// A day's worth of numbers.
pub fn numbers(most: usize) -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(any::<u64>(), 1..most)
}
