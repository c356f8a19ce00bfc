//! The machine: the terminal by what it says of itself, and what of memory may come onto the disk.

use std::env::var;
use std::io::IsTerminal;

use super::finding::Finding;
use crate::platform::health;

/// What is found.
pub(super) fn findings() -> Vec<Finding> {
    vec![terminal(), text(), colours(), memory()]
}

fn terminal() -> Finding {
    let (input, output) = (std::io::stdin().is_terminal(), std::io::stdout().is_terminal());
    let term = var("TERM").unwrap_or_default();
    let size = health::terminal_size();
    let finding = match (input && output, size) {
        (false, _) => Finding::note("terminal", "This is no terminal in and out: commands work, the desk needs one."),
        (true, _) if term == "dumb" => {
            Finding::note("terminal", "This terminal calls itself dumb: the desk needs one that can place the cursor.")
        }
        (true, Some((width, height))) if width < 80 || height < 24 => Finding::note(
            "terminal",
            format!("The terminal has {width} by {height} cells: the desk is at ease from 80 by 24."),
        ),
        (true, Some((width, height))) => {
            Finding::good("terminal", format!("The terminal has {width} by {height} cells."))
        }
        (true, None) => Finding::note("terminal", "The terminal does not say its size: the desk may be cut off."),
    };
    finding
        .with("term", term)
        .with("input", input)
        .with("output", output)
        .with("width", size.map(|s| s.0))
        .with("height", size.map(|s| s.1))
}

fn text() -> Finding {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| var(name).ok()).find(|value| !value.is_empty());
    let locale = set.unwrap_or_default();
    let utf8 = {
        let lower = locale.to_lowercase();
        lower.contains("utf-8") || lower.contains("utf8")
    };
    let finding = if utf8 || cfg!(windows) {
        Finding::good("text", "Text is in UTF-8: names show as they are written.")
    } else {
        Finding::note(
            "text",
            "The locale is not in UTF-8: names such as Siân may not show right. Set LANG=en_GB.UTF-8, and use --ascii until then.",
        )
    };
    finding.with("locale", locale)
}

fn colours() -> Finding {
    let no_colour = var("NO_COLOR").is_ok_and(|said| !said.is_empty());
    let (term, more) = (var("TERM").unwrap_or_default(), var("COLORTERM").unwrap_or_default());
    let says = match (no_colour, more.as_str()) {
        (true, _) => "No colours, as NO_COLOR asks.",
        (_, "truecolor" | "24bit") => "Colours: all. The desk uses few, and never a colour alone.",
        _ if term.contains("256") => "Colours: 256. The desk uses few, and never a colour alone.",
        _ => "Colours: what this terminal has by itself. The desk never tells by a colour alone.",
    };
    Finding::good("colours", says)
}

fn memory() -> Finding {
    let (core, swap) = (health::leaves_core(), health::swaps());
    let finding = if core {
        Finding::note("memory", "A crash may leave a copy of memory on the disk: turn it off with ulimit -c 0.")
    } else if swap == Some(true) {
        Finding::note(
            "memory",
            "A crash leaves no copy of memory, but this machine swaps memory to its disk: see that the disk is encrypted.",
        )
    } else {
        Finding::good("memory", "A crash leaves no copy of memory on the disk.")
    };
    finding.with("core", core).with("swap", swap)
}
