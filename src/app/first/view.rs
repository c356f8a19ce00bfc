//! The first start, drawn.

use crate::app::first::update::{centre, missing};
use crate::app::first::{State, Step, words};
use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::people::{form_blocks, form_card};
use crate::app::screen::{Block, Enter, Hint, Screen, Size};
use crate::app::state::App;

/// The screen.
pub fn view(app: &App) -> Screen {
    let Some(first) = &app.lock.first else { return Screen::default() };
    let (under, body) = match first.step {
        Step::Ask => ("First start", ask(first)),
        Step::Form => ("First start, 1 of 4: you, and the centre", form_blocks(app, &first.form)),
        Step::Passphrase => ("First start, 2 of 4: your passphrase", passphrase(first)),
        Step::Words => ("First start, 3 of 4: the recovery sheet", sheet(app, first)),
        Step::Check => ("First start, 4 of 4: two words of the sheet", check(first)),
    };
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: [under.to_owned(), String::new()],
        body,
        // Where the two words are asked it stands in the body.
        status: [first.says.clone().filter(|_| first.step != Step::Check).unwrap_or_default(), String::new()],
        enter: enter_line(app, first),
        footer: footer(app, first),
        ..Screen::default()
    }
}

fn lines(lines: &[&str]) -> Vec<Block> {
    lines.iter().map(|line| Block::line(*line)).collect()
}

fn ask(first: &State) -> Vec<Block> {
    lines(&[
        "",
        "There is no register in this folder yet:",
        "",
        &format!("   {}", first.folder),
        "",
        "   Enter   a practice register: invented families, to learn the desk by",
        "   1       a centre's own, sealed, with you as its first coordinator",
        "",
        "Have paper, a pen and an envelope at hand for a centre's own: 26 words are",
        "written down and go into the safe. Without them and without a passphrase",
        "nobody can ever open it.",
        "",
        "Write nothing about real families into a practice register.",
    ])
}

fn passphrase(first: &State) -> Vec<Block> {
    let mut body = vec![Block::Blank];
    body.extend(first.new.blocks(true));
    body.extend(lines(&[
        "",
        "    Write the words down first. Or take your own, of at least 15 characters.",
        "    With your number it opens the register, and signs. Nobody else ever needs",
        "    it: everybody gets one of their own, under People.",
    ]));
    body
}

/// The least window in which every one of the 26 words is seen.
const ROOM: Size = Size { width: 78, height: 22 };

/// All of the words are seen.
pub(super) fn fits(app: &App) -> bool {
    app.size.width >= ROOM.width && app.size.height >= ROOM.height
}

fn sheet(app: &App, first: &State) -> Vec<Block> {
    if !fits(app) {
        return lines(&["", "  This window is too small for 26 words.", "  Make it 80 wide and 24 high."]);
    }
    let mut body = lines(&["  Write these 26 words down, with their numbers. They are shown this once.", ""]);
    body.extend(first.words.as_ref().map(words::grid).unwrap_or_default());
    body.extend(lines(&[
        "",
        "  Whoever has them can open everything: no photograph, no e-mail, no computer.",
        "  The sheet goes into an envelope, signed over the flap, and into the safe,",
        "  for the day on which a passphrase is lost and nobody can give another.",
        "",
        "  Nothing is written yet: whoever leaves now starts again.",
    ]));
    body
}

fn check(first: &State) -> Vec<Block> {
    let mut body = lines(&["", "    Read them from your paper:", ""]);
    body.extend(first.check.blocks());
    body.extend(lines(&[
        "",
        "    Four letters of each are enough.",
        "",
        "    Then the register is made, and the day can be opened. Say next who else",
        "    opens it, and who are safeguarding lead and chair: Ctrl-P, people. Until",
        "    then only you read what is written about a concern.",
    ]));
    // The line of what Enter does may need two rows, and the one for this.
    body.extend(first.says.iter().flat_map(|says| [Block::Blank, Block::line(format!("    {says}"))]));
    body
}

fn enter_line(app: &App, first: &State) -> Enter {
    if first.busy {
        return wait("making it …");
    }
    match first.step {
        Step::Ask => enter("makes the practice register, and opens it"),
        Step::Form => match missing(app, first) {
            Some((_, says)) => wait(says),
            None => enter("goes on to your passphrase; nothing is written yet"),
        },
        Step::Passphrase => match first.new.ready() {
            Ok(_) => enter("makes the keys and shows the recovery words; nothing is written yet"),
            Err(says) => wait(says),
        },
        Step::Words if !fits(app) => wait("a larger window; nothing is written yet"),
        Step::Words => wait("1 once all 26 are written down; then two of them are asked"),
        Step::Check if !first.check.is_whole() => wait(format!("words {} of your sheet", first.check.which())),
        Step::Check => {
            let (centre, card) = (centre(first), form_card(&first.form));
            enter(format!(
                "makes the register of {centre}, if they are right; {} is number {}",
                card.given, card.number
            ))
        }
    }
}

fn footer(app: &App, first: &State) -> Vec<Hint> {
    match first.step {
        Step::Ask => frame::footer(
            app,
            &[Hint::new("1", "a centre's own"), Hint::new("Esc", "leave, nothing is written")],
            &[Intent::Quit],
        ),
        Step::Form => {
            let (key, does) = first.form.hint();
            frame::footer(app, &[Hint::new("Tab", "next field"), Hint::new(key, does)], &[Intent::Back])
        }
        Step::Passphrase | Step::Check => frame::footer(app, &[Hint::new("Tab", "next field")], &[Intent::Back]),
        Step::Words => {
            let first = [Hint::new("1", "all are written down"), Hint::new("Esc Esc", "back: these words are void")];
            frame::footer(app, &first, &[])
        }
    }
}
