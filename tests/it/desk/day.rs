//! A scripted Saturday, whole: the keys that a volunteer presses from the opening to the close.

/// In order; tokens as `harness` has them.
pub const SATURDAY: &[&str] = &[
    // 08:55 the day is opened by Jean, the team signs in.
    "5 f2 1 2 3 4 esc",
    // 09:10 the phone: No 7 cannot come; the other side is told.
    "@09:10 7 enter a 1 enter",
    "tab enter t 1 enter",
    // 09:38 Tomos is early, Carys earlier: not through the hall.
    "@09:38 t o enter enter",
    "@09:42 c a enter m 2 enter",
    // 09:50 five families at once.
    "@09:50 1 enter enter 1 enter enter",
    "2 enter enter 2 enter enter",
    "4 enter enter 4 enter enter",
    "5 enter enter 5 enter enter",
    "6 enter enter 6 enter enter",
    // 10:00 the walks; Noah only comes along later is not scripted here.
    "@10:00 tab enter enter 2",
    "tab enter enter 3",
    "tab enter enter 2",
    "tab enter enter 4",
    "tab enter enter 2",
    // 10:14 No 6 will not go in: back to the carer is where they are; written, and told.
    "@10:14 6 f8 f8 7 enter",
    // Later families, in time.
    "@10:16 8 enter enter 8 enter enter 8 enter enter 4 8 enter enter 8 enter enter",
    // The handovers, each side by itself: Helen and Rachel bring, Sam and Walter have the children, they go.
    "@10:17 9 enter enter 9 enter enter 2 9 enter enter",
    "1 0 enter enter 1 0 enter enter 3 1 0 enter enter",
    // 10:27 Peter is early and meets Helen in the hall: written, and Ruth is told.
    "@10:27 9 enter x 1",
    // 10:30 No 9 goes out until 16:30; No 10 goes out for good, and Sunday is another session.
    "@10:30 9 enter enter 9 enter enter 1",
    "1 0 enter enter 1 0 enter enter 1",
    "@10:58 1 1 enter enter 1 1 enter enter 1 2 enter enter 1 2 enter enter",
    "@11:01 1 1 enter enter 2 1 2 enter enter 3",
    // 11:15 Sam takes the desk.
    "@11:15 f6 2",
    // 11:30 No 3 ends: child first; Tomos walks out at 11:34.
    "@11:30 3 enter d 1",
    "@11:34 3 enter x 3",
    // 11:40 the visitor of No 5 leaves early, the child is still here.
    "@11:40 5 enter tab e 2 4 5 enter tab enter",
    "@11:51 5 enter d 1",
    // 12:00 all leave at once.
    "@12:00 1 enter d 1 2 enter d 1 4 enter d 1 6 enter d 1 8 enter d 1",
    "1 1 enter d 1 1 2 enter d 1",
    // 12:15 the holds are over.
    "@12:16 tab enter enter tab enter enter tab enter enter tab enter enter tab enter enter tab enter enter",
    "tab enter enter tab enter enter tab enter enter",
    // 12:52 Ruth counts and answers: one question for each note. The signing waits for Grace.
    "@12:52 f6 1 f7 0 tab 0 tab 5 tab 0 enter tab 1 1 1",
    // 16:30 Grace is back: Ruth has her, Peter goes, and minutes later Helen takes her home.
    "@16:30 esc 9 enter enter 1 9 enter enter",
    "@16:41 9 enter enter 1",
    // Counted again, the rest answered, signed.
    "@16:45 f7 c 0 tab 0 tab 5 tab 0 enter",
    "1 1 enter",
];

/// Every token of the day.
pub fn tokens() -> Vec<&'static str> {
    SATURDAY.iter().flat_map(|line| line.split_whitespace()).collect()
}
