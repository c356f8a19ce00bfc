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
    // `run 3` runs the third part, in a process of its own, so that what is counted there is that part's alone.
    let mut words = std::env::args().skip_while(|word| word != "run").skip(1);
    let which: Option<usize> = words.next().and_then(|word| word.parse().ok());
    let mut tasks = filled::tasks::all();
    tasks.push(("open a book", Box::new(opens)));
    for (at, (name, ready)) in (1..).zip(tasks) {
        if which.is_none() {
            println!("{name}");
        }
        if which == Some(at) {
            let mut task = ready();
            (0..WARM).for_each(|_| task());
            (0..COUNTED).for_each(|_| measured(&mut task));
        }
    }
}

/// A whole book, read, held against its links, and folded.
fn opens() -> filled::tasks::Run {
    let mut book = filled::tasks::book();
    Box::new(move || drop(filled::tasks::open(&mut book)))
}
