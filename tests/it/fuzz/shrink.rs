//! Delta debugging: the fewest steps found that still fail in the same way.

use super::Fault;
use super::step::Step;

/// Most runs that are spent on it.
const TRIES: usize = 600;

/// Fewer steps, and their fault.
pub fn shrunk(steps: Vec<Step>, fault: Fault, fails: impl Fn(&[Step]) -> Option<Fault>) -> (Vec<Step>, Fault) {
    let (mut steps, mut fault, mut tries) = (steps, fault, 0);
    let mut tried = |steps: &[Step], fault: &Fault| {
        tries += 1;
        (tries < TRIES).then(|| fails(steps).filter(|new| new.kind() == fault.kind())).flatten()
    };
    steps.truncate(fault.at + 1);
    let mut part = steps.len().div_ceil(2);
    while part > 0 {
        let (mut at, mut fewer) = (0, false);
        while at < steps.len() {
            let end = (at + part).min(steps.len());
            let without: Vec<Step> = [&steps[..at], &steps[end..]].concat();
            match tried(&without, &fault) {
                Some(new) => {
                    steps = without;
                    steps.truncate(new.at + 1);
                    (fault, fewer) = (new, true);
                }
                None => at = end,
            }
        }
        if part == 1 && !fewer {
            break;
        }
        part = if fewer { part.min(steps.len().max(1)) } else { part / 2 };
    }
    (steps, fault)
}
