//! Not coming, the note, the desk, staff, take back, hide: nothing in lobby view that a lobby must not read.

use doorbook::app::absent;
use doorbook::domain::codes::Party;

use super::harness::Desk;

/// The last section of screens.md, as words that would stand out.
const NEVER: &str = "address bail order do-not-meet keep-apart risk flag incident safeguarding grade password hint \
                     no-show refused turned-away banned absent non-resident resident NRP METX C-ILL R-SAF DISC 07700 \
                     Hughes Mensah Howell Pugh SUP supervised";

fn clean(desk: &Desk, what: &str) {
    let screen = desk.screen();
    for never in NEVER.split_whitespace() {
        let never = never.replace('-', " ");
        let words = format!(" {} ", screen.replace(|c: char| !c.is_alphanumeric(), " "));
        assert!(!words.contains(&format!(" {never} ")), "{what}: {never}\n{screen}");
    }
}

#[test]
fn nothing_of_the_last_section_shows() {
    let mut desk = Desk::practice("08:55");
    clean(&desk, "start");
    desk.keys("5 f2");
    clean(&desk, "staff");
    desk.keys("0");
    clean(&desk, "somebody else");
    desk.keys("esc esc f6");
    clean(&desk, "another person");
    desk.keys("esc @10:02 f8 f8");
    clean(&desk, "note");
    desk.keys("9");
    desk.keys("esc 1");
    clean(&desk, "note, chosen");
    desk.keys("enter");
    for no in [3, 4] {
        for party in [Party::Brings, Party::Visits] {
            desk.app.session = desk.app.day().and_then(|d| d.numbered(no)).map(|s| s.plan.session);
            absent::open(&mut desk.app, party);
            clean(&desk, "not coming");
            desk.keys("1");
            clean(&desk, "not coming, chosen");
            desk.keys("t");
            clean(&desk, "told us");
            desk.keys("esc enter ctrl-z");
            clean(&desk, "take back");
            desk.keys("esc space");
            clean(&desk, "hidden");
            desk.keys("esc");
        }
    }
    desk.reloads();
}
