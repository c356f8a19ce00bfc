//! The desk under any hands: keys, pastes, sizes, clocks that jump, disks that fail, starts in between, over the real keymap,
//! `update`, a book in memory and the drawn screen. After each step the invariants that are cheap are looked at; a run that
//! fails is shrunk, and printed as its seed and a script.
//!
//! In the usual suite four runs of 2,000 steps. `DOORBOOK_FUZZ_STEPS=200000` does more, from `DOORBOOK_FUZZ_SEED` on (else
//! where nobody has been); `DOORBOOK_FUZZ_SCRIPT=FILE` plays a printed script again.

#![allow(clippy::print_stdout, reason = "how far it came is part of the answer")]

mod hands;
mod look;
mod rig;
mod shrink;
mod step;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::chance::Chance;
use hands::Hands;
use rig::{Rig, Tally};
use step::{Step, read, script};

/// Steps of one run.
const STEPS: usize = 2000;

/// What went wrong, and at which step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    at: usize,
    what: String,
}

impl Fault {
    /// By what it is told from others while it is shrunk: its first words.
    fn kind(&self) -> &str {
        self.what.split([':', '\n']).next().unwrap_or_default()
    }
}

/// Steps as they are given; the fault, if there is one.
fn played(seed: u64, steps: &[Step]) -> (Option<Fault>, Tally) {
    let mut rig = Rig::new(seed);
    for (at, step) in steps.iter().enumerate() {
        if let Err(what) = tried(&mut rig, step) {
            return (Some(Fault { at, what }), rig.tally);
        }
    }
    let end = catch_unwind(AssertUnwindSafe(|| rig.ends())).unwrap_or_else(|_| Err("panic: at the end".to_owned()));
    (end.err().map(|what| Fault { at: steps.len(), what }), rig.tally)
}

fn tried(rig: &mut Rig, step: &Step) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| rig.takes(step))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        Err(format!("panic: {}", words.unwrap_or_default()))
    })
}

/// A run: hands choose by what is on the screen; what they chose is kept, so that it can be played again.
fn run(seed: u64, count: usize) -> Tally {
    let (mut rig, mut hands, mut steps) = (Rig::new(seed), Hands::new(Chance::new(seed)), Vec::new());
    let mut fault = None;
    for at in 0..count {
        let step = hands.next(&rig.app);
        steps.push(step.clone());
        if let Err(what) = tried(&mut rig, &step) {
            fault = Some(Fault { at, what });
            break;
        }
    }
    if fault.is_none() {
        fault = rig.ends().err().map(|what| Fault { at: steps.len(), what });
    }
    if let Some(fault) = fault {
        let (steps, fault) = shrink::shrunk(steps, fault, |steps| played(seed, steps).0);
        panic!(
            "seed {seed}, {} steps left: {}\nDOORBOOK_FUZZ_SEED={seed}\n{}",
            steps.len(),
            fault.what,
            script(&steps)
        );
    }
    rig.tally
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

#[test]
fn any_hands_leave_a_desk_that_is_true() {
    if let Some(file) = std::env::var_os("DOORBOOK_FUZZ_SCRIPT") {
        let steps = read(&std::fs::read_to_string(file).unwrap());
        let fault = played(number("DOORBOOK_FUZZ_SEED").unwrap_or(1), &steps).0;
        assert_eq!(fault, None);
        return;
    }
    let asked = number("DOORBOOK_FUZZ_STEPS").map(|steps| usize::try_from(steps).unwrap());
    let runs = asked.unwrap_or(4 * STEPS).div_ceil(STEPS);
    let first = number("DOORBOOK_FUZZ_SEED").unwrap_or_else(|| match asked {
        Some(_) => std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs(),
        None => 1,
    });
    let mut tally = Tally::default();
    for seed in first..first + runs as u64 {
        tally.add(&run(seed, STEPS));
    }
    println!("{runs} runs from seed {first}: {tally:?}");
    // It gets somewhere, or says nothing.
    assert!(tally.written > 10 * runs && tally.arrived > runs && tally.screens.len() >= 12, "{tally:?}");
    assert!(tally.notes > 0 && tally.gone > 0 && tally.refused > 0 && tally.jumps > 0, "{tally:?}");
}

/// A script is what it was written from.
#[test]
fn a_script_reads_as_it_was_printed() {
    let mut hands = Hands::new(Chance::new(3));
    let rig = Rig::new(3);
    let steps: Vec<Step> = (0..500).map(|_| hands.next(&rig.app)).collect();
    assert_eq!(read(&script(&steps)), steps);
}

/// The shrinker finds the two steps that matter among many.
#[test]
fn a_run_that_fails_is_shrunk_to_what_matters() {
    let key = |name: &str| Step::Key(name.to_owned(), 200);
    let mut steps = vec![key("a"); 300];
    steps[41] = key("x");
    steps[205] = key("y");
    let fails = |steps: &[Step]| {
        let x = steps.iter().position(|s| *s == key("x"))?;
        let y = steps.iter().skip(x).position(|s| *s == key("y"))?;
        Some(Fault { at: x + y, what: "lost: it".to_owned() })
    };
    let fault = fails(&steps).unwrap();
    let (left, _) = shrink::shrunk(steps, fault, fails);
    assert_eq!(left, [key("x"), key("y")]);
}
