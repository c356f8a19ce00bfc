//! docs/KEYS.md, made from the tables that act.

use std::fmt::Write as _;

use crate::app::help::{Line, grouped, own};
use crate::app::intent::Intent;
use crate::app::keymap::{COMMON, Mode};

const HEAD: &str = "# Keys\n\nMade from the tables that act (`src/app/keymap.rs` and each screen's own): \
    `DOORBOOK_WRITE_DOCS=1 cargo test --test it keys_doc` writes this page.\n";

/// The whole page.
pub fn keys_markdown() -> String {
    let mut out = String::from(HEAD);
    out.push_str("\n## On every screen\n\n");
    out.push_str("Where letters are text, the keys that print a character do not hold.\n\n");
    table(&mut out, &grouped(COMMON.iter()));
    for mode in Mode::ALL {
        let lines = own(*mode);
        let _ = writeln!(out, "\n## {}\n", mode.keys().name);
        if mode.keys().typing {
            out.push_str("Letters are text here.\n\n");
        }
        if lines.is_empty() {
            out.push_str("The keys of every screen.\n");
        } else {
            table(&mut out, &lines);
        }
    }
    out.push_str("\n## Names for configuration\n\n| name | what it does |\n|---|---|\n");
    for intent in Intent::ALL {
        let _ = writeln!(out, "| `{}` | {} |", intent.id(), intent.help());
    }
    out
}

fn table(out: &mut String, lines: &[Line]) {
    out.push_str("| key | what it does |\n|---|---|\n");
    for line in lines {
        let _ = writeln!(out, "| {} | {} |", line.key.replace('|', "\\|"), line.does);
    }
}
