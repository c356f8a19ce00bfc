//! The same parts, one at a time and three times over, for callgrind to count: `.ci/counts`. With no name it lists them.
#![allow(missing_docs, clippy::print_stdout)]

#[path = "../filled/mod.rs"]
mod filled;

/// Runs before it is counted: what is made once is made.
const WARM: usize = 2;
/// Runs that are counted.
const COUNTED: usize = 4;

/// Callgrind counts what is done in here, and nothing else.
#[inline(never)]
fn measured(task: &mut dyn FnMut()) {
    task();
    std::hint::black_box(());
}

fn main() {
    // `cargo bench` runs every bench with this word.
    let names: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let mut open = filled::tasks::book();
    let mut tasks = filled::tasks::all();
    tasks.push(("open a book", Box::new(move || drop(filled::tasks::open(&mut open)))));
    let Some(name) = names.first() else {
        tasks.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    for (_, task) in tasks.iter_mut().filter(|(known, _)| known == name) {
        (0..WARM).for_each(|_| task());
        (0..COUNTED).for_each(|_| measured(task));
    }
}
