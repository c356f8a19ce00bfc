//! Times of the parts that a key goes through on a day of 40 sessions: `cargo bench`, or `cargo bench -- find` for one.
#![allow(missing_docs)]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

#[path = "../filled/mod.rs"]
mod filled;

fn desk(c: &mut Criterion) {
    for (name, ready) in filled::tasks::all() {
        let mut task = ready();
        c.bench_function(name, |b| b.iter(&mut task));
    }
}

/// A whole small book, read, held against its links, and folded.
fn open(c: &mut Criterion) {
    let mut book = filled::tasks::book();
    c.bench_function("open a book", |b| {
        b.iter_batched(|| (), |()| filled::tasks::open(&mut book), BatchSize::SmallInput)
    });
}

criterion_group!(benches, desk, open);
criterion_main!(benches);
