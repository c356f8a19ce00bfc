//! Makes a practice book of any size: `cargo run --release --example fill -- --data FOLDER --families 600 --years 10`.
//!
//! Every day but the last is worked and signed by the rules of the program itself; the last is today, in mid-morning.
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use std::convert::Infallible;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use doorbook::book::{DiskBook, GivenUp, WriteFault};
use doorbook::clock::Clock;
use doorbook::domain::event::{CentreEvent, Entry, Event};
use doorbook::platform;
use doorbook::run::house::House;
use doorbook::run::making;
use doorbook::run::open::{file, is_there};
use doorbook::vault::Sealer;

#[path = "../filled/mod.rs"]
mod filled;

/// A practice book of any size.
#[derive(Debug, Parser)]
struct Args {
    /// The folder that the register is made in
    #[arg(long, env = "DOORBOOK_DATA")]
    data: PathBuf,
    /// Case files, at least
    #[arg(long, default_value_t = 44)]
    families: usize,
    /// The first day is so many years before today
    #[arg(long, default_value_t = 10)]
    years: u32,
    /// People on the files, at least
    #[arg(long, default_value_t = 0)]
    people: usize,
    /// About so many entries; without it every Saturday of the years is worked
    #[arg(long, default_value_t = 0)]
    entries: usize,
    /// Sessions of a day, today's too
    #[arg(long, default_value_t = 40)]
    sessions_today: usize,
    /// Families come on every day of the week: for a soak
    #[arg(long)]
    daily: bool,
    /// Under keys, as a practice register is: everybody's passphrase is `practice`
    #[arg(long)]
    sealed: bool,
    /// The same seed makes the same book
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match work(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(says) => {
            println!("{says}");
            ExitCode::FAILURE
        }
    }
}

fn work(args: &Args) -> Result<(), String> {
    let began = Instant::now();
    if is_there(&args.data) {
        return Err(format!("There is a register in {} already. Nothing was touched.", args.data.display()));
    }
    platform::private_folder(&args.data).map_err(|fault| format!("The folder cannot be made ({fault})."))?;
    let order = filled::Order {
        families: args.families,
        people: args.people,
        years: args.years,
        entries: args.entries,
        sessions: args.sessions_today,
        daily: args.daily,
        clashes: 0,
        seed: args.seed,
    };
    let mut book: Option<DiskBook> = None;
    let house = args.sealed.then(|| House::of(&args.data));
    let written = filled::make(&order, |entries| match &mut book {
        None => {
            book = Some(created(args, house.as_ref(), entries)?);
            house.iter().for_each(House::is_told);
            Ok(())
        }
        Some(book) => {
            if let Some(house) = &house {
                let clock = Clock::system("Europe/London").map_err(|fault| fault.to_string())?;
                let keys = house.ready_for(&making::files(entries)).map_err(|fault| fault.to_string())?;
                // The book names each version of the keyring: what it was never told of is refused.
                let told = keys.map(|set| making::told(set, &clock)).unwrap_or_default();
                book.append(&told).map_err(|fault| fault.to_string())?;
                house.is_told();
            }
            book.append(entries).map(|_| ()).map_err(|fault| fault.to_string())
        }
    });
    let (_, made) = written?;
    let share = 100.0 * made.beyond_ascii as f64 / made.people.max(1) as f64;
    println!(
        "{} entries, {} families, {} people ({share:.1} % beyond ASCII), {} days, {} sessions, in {:.1} s",
        made.entries,
        made.families,
        made.people,
        made.days,
        made.sessions,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The book, with the first entries.
fn created(args: &Args, house: Option<&House>, entries: &[Entry]) -> Result<DiskBook, String> {
    let register = entries.iter().find_map(|e| match e.event.open() {
        Some(Event::Centre(CentreEvent::RegisterMade { register, .. })) => Some(*register),
        _ => None,
    });
    let register = register.ok_or("The first entry of a book makes the register.")?;
    let mut entries = entries.to_vec();
    let told = |fault| match fault {
        GivenUp::Write(fault) => WriteFault::to_string(&fault),
        GivenUp::Entry(never) => match never {},
    };
    let Some(house) = house else {
        let mut all = entries.into_iter().map(Ok::<_, Infallible>);
        return DiskBook::create_at(&file(&args.data), register, &mut all).map_err(told);
    };
    let clock = Clock::system("Europe/London").map_err(|fault| fault.to_string())?;
    making::practice(house, register, &mut entries, &clock).map_err(|fault| fault.to_string())?;
    let mut all = entries.into_iter().map(Ok::<_, Infallible>);
    let sealer = || -> Box<dyn Sealer> { Box::new(house.sealer()) };
    DiskBook::create_sealed_at(&file(&args.data), register, &sealer, &mut all).map_err(told)
}
