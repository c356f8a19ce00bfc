//! `plainload FOLDER FILE`: the plain load that an import is held against, timed.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for measuring, not part of the program"
)]

#[path = "../benches/plain.rs"]
mod plain;

use std::path::Path;
use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = &args[..] else { panic!("plainload FOLDER FILE") };
    let from = Instant::now();
    let lines = plain::load(Path::new(folder), Path::new(file));
    println!("{lines} lines in {:.3} s", from.elapsed().as_secs_f64());
}
