//! `recall FILE WORD...`: whom find finds among the people of a file, and whom a look at each of them finds, in numbers.
//!
//! A line of the file is a given name and a surname. Beside it `.ci/figures/recall.py` asks grep and fzf the same.
#![allow(clippy::print_stdout, clippy::expect_used)]

use doorbook::domain::find::{Name, Names, fold};
use doorbook::domain::ids::{CaseId, PersonId};
use uuid::Uuid;

fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().expect("recall FILE WORD...");
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let people: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once(' ')).collect();
    let names = Names::of((0..).zip(&people).map(|(n, (given, family))| Name {
        case: CaseId(Uuid::from_u128(n)),
        person: PersonId(Uuid::from_u128(n)),
        given,
        known_as: "",
        family,
        born: None,
    }));
    for word in args {
        let folded = fold(&word);
        // One by one, as the rule of find says it: first names from the first letter, surnames from the third.
        let surnames = folded.chars().count() >= 3 || !folded.is_ascii();
        let each = people.iter().filter(|(given, family)| has(given, &folded) || (surnames && has(family, &folded)));
        println!("{word}\t{}\t{}", names.find(&word, 1).count, each.count());
    }
}

/// A word of the name begins so; in a script without spaces it stands anywhere.
fn has(name: &str, folded: &str) -> bool {
    let name = fold(name);
    if folded.is_ascii() { name.split(' ').any(|word| word.starts_with(folded)) } else { name.contains(folded) }
}
