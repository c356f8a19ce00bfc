//! What one key costs on every screen of a day of 40 sessions, without a terminal: time and bytes.
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

#[path = "../filled/mod.rs"]
mod filled;

use filled::desk::{Desk, SCREENS};

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let rounds: usize = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(60);
    for size in [(80, 24), (120, 40)] {
        println!("{:>3} x {:<3}                key p50 us   p99 us  bytes there, back", size.0, size.1);
        let made = Desk::forty(size).app;
        for (name, open, there, back) in SCREENS.iter().filter(|(name, ..)| name.contains(&wanted)) {
            let now = made.now;
            let mut desk = Desk::new(made.register.clone(), now, size);
            desk.app = made.clone();
            desk.keys(open);
            desk.frame();
            let (mut times, mut bytes) = (Vec::new(), [0, 0]);
            for n in 0..rounds {
                let key = if n % 2 == 0 { *there } else { *back };
                let from = Instant::now();
                let count = desk.pressed(key);
                times.push(from.elapsed());
                bytes[n % 2] = bytes[n % 2].max(count);
            }
            times.sort();
            let at = |percent: usize| -> Duration { times[(times.len() * percent / 100).min(times.len() - 1)] };
            println!(
                "{name:<24} {:>12} {:>9}  {:>5} {:>5}",
                at(50).as_micros(),
                at(99).as_micros(),
                bytes[0],
                bytes[1]
            );
        }
    }
}
