//! Tell the coordinator: a note that is on disk before its form opens (screens.md, mock-up 4 and rule 4).

mod danger;
mod form;
mod update;
mod view;

pub use update::{left, pasted, update};
pub use view::view;

use std::time::Duration;

use crate::app::action::Effect;
use crate::app::field::{Purpose, Typed};
use crate::app::guard::TellPress;
use crate::app::keymap::Keys;
use crate::app::state::{App, View};
use crate::app::tell::form::Form;
use crate::app::words;
use crate::domain::day::Note;
use crate::domain::event::By;
use crate::domain::ids::{NoteId, StaffId};
use crate::domain::text::Text;

/// A key that is held opens the form, and comes again only after a while: an F8 within this time is that same key.
const HELD: Duration = Duration::from_secs(1);

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Tell the coordinator",
    own: &[],
    typing: true,
    also: &[("0-9", "what it was"), ("letters", "your words"), ("F8", "again: what to say to 999")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The last note raised at this desk.
    pub last: Option<NoteId>,
    /// The form in hand.
    form: Option<Form>,
    /// Words that were left when the program last ended.
    left: Option<Left>,
    /// A note whose form opens when the one in hand is saved.
    next: Option<NoteId>,
}

/// Words that were left when the program last ended.
#[derive(Debug, Clone)]
struct Left {
    staff: StaffId,
    /// Of which note, if that was kept.
    note: Option<NoteId>,
    words: Text,
}

impl State {
    /// Whose words were left when the program last ended.
    pub fn left_by(&self) -> Option<StaffId> {
        self.left.as_ref().map(|left| left.staff)
    }
}

/// Opens the form of a note. Words that were left of an earlier one come first, under that one's number.
pub fn open(app: &mut App, note: NoteId) {
    app.tell.last = Some(note);
    let (Some(who), Some(found)) = (app.who, note_of(app, note)) else { return };
    if found.by != By::Staff(who) {
        app.flash = Some(format!("Note {} is with {}.", found.no, words::coordinator(app)));
        return;
    }
    let mut form = Form::new(found, app.since_start);
    if let Some(Left { note: of, words, .. }) = app.tell.left.take_if(|left| left.staff == who) {
        let earlier = match of {
            Some(of) => note_of(app, of).filter(|n| n.id != note),
            None => unfinished(app, who, note),
        };
        if let Some(earlier) = earlier {
            form = Form::new(earlier, app.since_start);
            app.flash = Some(format!("First note {}: its words were not saved. They are here.", earlier.no));
            app.tell.next = Some(note);
        }
        form.words = Typed::with(Purpose::NoteWords, &words);
    }
    app.tell.form = Some(form);
    app.over = None;
    app.view = View::Tell;
}

fn note_of(app: &App, note: NoteId) -> Option<&Note> {
    app.day().and_then(|day| day.notes.iter().find(|n| n.id == note))
}

/// The last note of this person of which nothing was told, this one apart.
fn unfinished(app: &App, who: StaffId, but: NoteId) -> Option<&Note> {
    let untold = |n: &&Note| n.by == By::Staff(who) && n.id != but && n.to.is_none() && !n.mistaken;
    app.day().and_then(|day| day.notes.iter().rev().find(untold))
}

/// A note was written from lobby view: only one line changes.
pub fn written(app: &mut App, note: NoteId) {
    app.tell.last = Some(note);
    let at = note_of(app, note).map_or(app.now, |n| n.at);
    app.flash = Some(format!("Written {}. F8 again to say more", words::hms(at)));
}

/// What was typed into find right after F8 goes into the form of that note.
pub fn take_words(app: &mut App) -> Vec<Effect> {
    let (Some(note), Some(staff)) = (app.find.note, app.who) else { return Vec::new() };
    let typed = std::mem::take(&mut app.find.typed);
    app.find.clear();
    open(app, note);
    match app.tell.form.as_mut().filter(|form| form.note == note) {
        Some(form) => {
            form.takes(&typed);
            vec![Effect::KeepDraft { staff, note: Some(note), words: form.words.text() }]
        }
        None => {
            // An earlier note comes first: these wait for their own.
            app.tell.left = Some(Left { staff, note: Some(note), words: Text::note(&typed) });
            Vec::new()
        }
    }
}

/// F8 was pressed while the form is open: a fresh press opens the 999 card; one that bounces or is held never does.
pub fn pressed_in_form(app: &mut App, press: TellPress) -> Vec<Effect> {
    let now = app.since_start;
    if let Some(form) = &mut app.tell.form {
        let fresh = match press {
            TellPress::Bounce => false,
            TellPress::New => true,
            TellPress::Again => now.saturating_sub(form.opened) >= HELD,
        };
        form.danger |= fresh;
    }
    Vec::new()
}

/// What the note is about is on disk: the draft is erased, and the form is left if it is still open.
pub fn saved(app: &mut App) -> Vec<Effect> {
    app.tell.form = None;
    if app.view == View::Tell {
        app.to_board();
        if let Some(next) = app.tell.next.take() {
            open(app, next);
        }
    }
    app.who.map(|staff| Effect::KeepDraft { staff, note: None, words: Text::default() }).into_iter().collect()
}

/// Words that were left when the program last ended: kept until that person opens the form.
pub fn restore(app: &mut App, staff: StaffId, note: Option<NoteId>, words: &Text) {
    if words.is_empty() {
        return;
    }
    app.tell.left = Some(Left { staff, note, words: words.clone() });
    let name = app.register.staff_name(staff);
    let ruth = words::coordinator(app);
    app.flash = Some(format!("Words that {name} had typed for {ruth} are kept. F8 twice shows them."));
}
