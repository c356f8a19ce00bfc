//! The same parts, one after the other, for callgrind to count: `.ci/counts`. Without `run` it only lists them.
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
    // `cargo bench` runs every bench with `--bench`: it is not its turn then, and it only says what there is.
    let runs = std::env::args().any(|word| word == "run");
    let mut open = filled::tasks::book();
    let mut tasks = filled::tasks::all();
    tasks.push(("open a book", Box::new(move || drop(filled::tasks::open(&mut open)))));
    for (name, task) in &mut tasks {
        println!("{name}");
        if runs {
            (0..WARM).for_each(|_| task());
            (0..COUNTED).for_each(|_| measured(task));
        }
    }
}
