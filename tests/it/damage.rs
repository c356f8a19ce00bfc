//! Damage of every file of a register's folder: it is told, or it lies in dead space and all reads back as it was
//! written. Never silent, never a panic, never an append that destroys or hides a good entry.
//!
//! `DOORBOOK_DAMAGE=200000` is how many single bits; a failure says which image it was, and `DOORBOOK_SEED` its seed.

#![allow(clippy::print_stdout, reason = "what came of each kind of damage is for whoever runs it")]

mod images;
mod index;
mod other_files;
mod salvage;
mod tried;
mod worked;

use std::collections::BTreeMap;

use images::{Image, Images};
use tried::{Outcome, Tried};
use worked::Worked;

/// So many single bits, unless the environment says otherwise.
fn bits() -> usize {
    std::env::var("DOORBOOK_DAMAGE").ok().and_then(|n| n.parse().ok()).unwrap_or(3000)
}

pub fn seed() -> u64 {
    std::env::var("DOORBOOK_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_261_121)
}

/// Tries every image on two threads, and counts what came of each kind.
fn try_all(worked: &Worked, images: &[Image]) -> BTreeMap<(&'static str, Outcome), usize> {
    let halves = images.chunks(images.len().div_ceil(2).max(1));
    let mut counts = BTreeMap::new();
    std::thread::scope(|scope| {
        let hands: Vec<_> = halves
            .map(|half| {
                scope.spawn(move || {
                    let mut tried = Tried::new(worked);
                    half.iter().map(|image| (image.kind, tried.image(image))).collect::<Vec<_>>()
                })
            })
            .collect();
        for hand in hands {
            for found in hand.join().unwrap() {
                *counts.entry(found).or_default() += 1;
            }
        }
    });
    counts
}

/// Prints the table, and how many were told.
fn table(what: &str, counts: &BTreeMap<(&'static str, Outcome), usize>) -> usize {
    println!("{what}");
    for ((kind, outcome), many) in counts {
        println!("  {kind:<26}{:<34}{many:>7}", outcome.to_string());
    }
    let told = counts.iter().filter(|((_, outcome), _)| *outcome != Outcome::Dead).map(|(_, many)| many).sum();
    println!("  {:<26}{:<34}{told:>7}", "", "told, of all");
    told
}

#[test]
fn damage_single_bits_are_told_or_lie_in_dead_space() {
    for (what, worked) in [("closed", Worked::closed()), ("killed", Worked::killed())] {
        let images = Images::new(worked, seed()).bits(bits() / 2);
        let told = table(&format!("single bits, {what}"), &try_all(worked, &images));
        assert!(told > images.len() / 20, "only {told} were told");
    }
}

#[test]
fn damage_of_sectors_and_pages_is_told_or_lies_in_dead_space() {
    let scale = (bits() / 5000).max(1);
    for (what, worked) in [("closed", Worked::closed()), ("killed", Worked::killed())] {
        let mut make = Images::new(worked, seed() + 1);
        let mut images = Vec::new();
        for size in [512, 4096] {
            images.extend(make.sectors(size, 40 * scale));
        }
        images.extend(make.stale(60 * scale));
        let told = table(&format!("sectors and pages, {what}"), &try_all(worked, &images));
        assert!(told > images.len() / 5, "only {told} were told");
    }
}

#[test]
fn damage_of_the_length_is_told_or_nothing_is_lost_by_it() {
    let scale = (bits() / 5000).max(1);
    for (what, worked) in [("closed", Worked::closed()), ("killed", Worked::killed())] {
        let images = Images::new(worked, seed() + 2).lengths(60 * scale);
        table(&format!("length, {what}"), &try_all(worked, &images));
    }
}
