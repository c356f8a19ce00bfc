//! What the user means, nameable in the palette and in configuration: the one table of names and words.

macro_rules! intents {
    ($($(#[$doc:meta])* $name:ident, $id:literal, $does:literal, $help:literal;)+) => {
        /// What the user means by a key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Intent { $($(#[$doc])* $name),+ }

        impl Intent {
            /// Every intent.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in configuration.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// A word or two, for the footer.
            pub fn does(self) -> &'static str {
                match self { $(Self::$name => $does),+ }
            }

            /// One line, for help and the palette.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help),+ }
            }
        }
    };
}

intents! {
    /// What the Enter line says.
    Go, "go", "do it", "Does what the line above the keys says";
    /// One step back.
    Back, "back", "back", "One step back; nothing typed is lost";
    /// The next thing that is due; the other side; the next field.
    Next, "next", "next", "The next thing that is due, the other side, the next field";
    /// The one before.
    Previous, "previous", "previous", "The one before";
    /// One row up.
    Up, "up", "up", "One row up";
    /// One row down.
    Down, "down", "down", "One row down";
    /// One page up.
    PageUp, "page-up", "page up", "One page up";
    /// One page down.
    PageDown, "page-down", "page down", "One page down";
    /// The first row.
    First, "first", "first", "The first row";
    /// The last row.
    Last, "last", "last", "The last row";
    /// Help for this screen.
    Help, "help", "help", "The keys of this screen";
    /// Staff on shift.
    Staff, "staff", "who is on shift", "Sign the team in and out, and anyone else in the building";
    /// The day's log.
    Log, "log", "day log", "Who did what today, and when";
    /// Staff view or lobby view.
    View, "view", "staff view", "Staff view, and back to lobby view";
    /// Another person takes the desk.
    Person, "person", "another person", "Another person takes the desk";
    /// Close the day.
    Close, "close", "close the day", "Count, answer what is open, sign the day";
    /// A note for the coordinator.
    Tell, "tell", "tell Ruth", "A note for the coordinator, written at once";
    /// Who is in.
    Roll, "roll", "who is in", "Who is in the building, by place";
    /// Hide the screen.
    Hide, "hide", "hide", "Hides the screen at once; any key shows it again";
    /// Every command.
    Palette, "palette", "all commands", "Every command that you may use, with its key";
    /// Take the last act back.
    Undo, "undo", "take back", "Shows what your last act was, and 1 takes it back";
    /// Lock.
    Lock, "lock", "lock", "Locks the register: number and passphrase open it again";
    /// Quit.
    Quit, "quit", "quit", "Ends the program; from the board only";
    /// A minute on, of a practice clock.
    Minute, "minute", "a minute on", "Practice: the clock goes on by a minute";
    /// On to the next thing due, of a practice clock.
    NextDue, "next-due", "to the next due", "Practice: the clock goes on to the next thing that is due";
    /// Not coming.
    NotComing, "not-coming", "not coming", "Somebody does not come today, and why";
    /// Rang: on the way.
    Late, "late", "late", "They rang: on the way, or when they will be here";
    /// Brought by somebody else.
    BroughtBy, "brought-by", "brought by", "Somebody else brings the children";
    /// Leaves with.
    LeavesWith, "leaves-with", "leaves with", "Who takes the children home";
    /// Goes out.
    GoesOut, "goes-out", "goes out", "Out with the side that visits; a carer goes out";
    /// Another place.
    Place, "place", "place", "Another place, another way in";
    /// Takes no part.
    NoPart, "no-part", "takes no part", "Came and took no part, or was not let in";
    /// Keep a thing, or a child.
    Keep, "keep", "keep", "A phone, a bag is kept; 0: a child stays here";
    /// Give a thing back.
    GiveBack, "give-back", "give back", "A thing that was kept is given back";
    /// Ring somebody.
    Call, "call", "ring", "Somebody is rung: the next number, and how it went";
    /// A message for the coordinator.
    Message, "message", "message", "A new number, new papers, asks to move";
    /// The centre cancels the session in hand.
    Cancel, "cancel", "cancel for the centre", "The centre cancels this session: closed, too few of the team";
    /// Somebody who is not on the list.
    Another, "another", "another person", "Somebody who is not on the list";
    /// Leaves early.
    Early, "early", "leaves early", "Contact ends before its time";
    /// It has happened.
    Happened, "happened", "it has happened", "The sides met, somebody walked in or left, a child was taken";
    /// The other side was told.
    ToldOther, "told", "told", "This side was told that there is no contact today";
    /// How contact goes.
    Contact, "contact", "contact", "One-to-one or by video: a pause, minutes owed, who has the children throughout";
    /// What changes on file.
    Files, "files", "file", "The coordinator: an instruction, who must not meet, new papers read";
    /// Somebody with the power allows it.
    Allow, "allow", "Ruth says so", "Somebody with the power allows what the line says Wait to: who, and why";
    /// A time set back.
    Earlier, "earlier", "earlier", "It was earlier: 1 or 2 digits are minutes ago, 3 or 4 a time";
    /// Count again.
    CountAgain, "count-again", "count again", "Count heads again";
    /// Print.
    Print, "print", "print", "Writes this as a text file for the printer";
    /// The paper sheets.
    Sheets, "sheets", "print the sheets", "Writes the paper sheets of the day as text files for the printer";
    /// From paper.
    FromPaper, "from-paper", "enter the paper sheet", "What was written on paper is entered afterwards, line by line";
    /// End of the muster.
    EndMuster, "end-muster", "end", "Everyone is out, or the drill is over: written down";
    /// Open a signed day again.
    Reopen, "reopen", "open again", "A coordinator opens a signed day again, with a reason";
    /// Add a line.
    Add, "add", "add", "One line more of this list";
    /// Retire a line.
    Retire, "retire", "retire", "No longer offered, or offered again; what was written with it still reads";
    /// How the centre works.
    Policy, "policy", "how the centre works", "Times, places, reasons, who may do what; what was changed";
    /// Who may open the register.
    People, "people", "people", "Who may open the register: add, change, remove, a new passphrase";
    /// One's own passphrase.
    OwnPassphrase, "my-passphrase", "my passphrase", "Another passphrase for yourself";
    /// A new passphrase for somebody.
    NewPassphrase, "new-passphrase", "new passphrase", "A key, or a new passphrase, for the marked one";
    /// Earlier notes.
    GiveNotes, "give-notes", "give notes", "Opens earlier notes to the marked one, whose role reads them";
    /// What was done about who may open the register.
    History, "history", "history", "Who was added, changed, removed or given a new passphrase: when, and by whom";
    /// Somebody opens the register no more.
    Remove, "remove", "remove", "The marked one opens the register no more";
    /// For the coordinator.
    Todo, "for-ruth", "for Ruth", "What waits for the coordinator: notes, messages, days never signed";
    /// Back to today.
    Today, "today", "today", "Back from a day of before to the day of today";
    /// Correct a time.
    Correct, "correct", "another time", "It happened at another time: both times are kept";
}
