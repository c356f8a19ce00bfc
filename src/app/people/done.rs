//! What came of an act on people.

use crate::app::action::Effect;
use crate::app::people::{Listed, PeopleDone, Step, marked, name};
use crate::app::secret::Secret;
use crate::app::state::{App, View};
use crate::domain::ids::StaffId;

/// The list has come.
pub fn listed(app: &mut App, all: Vec<Listed>) -> Vec<Effect> {
    if app.is_sealed() && !app.is_locked() {
        app.lock.is_made();
        app.people.all = Some(all);
        app.people.mark = marked(app).map(|l| l.staff);
    }
    Vec::new()
}

/// It is done.
pub fn done(app: &mut App, done: PeopleDone) -> Vec<Effect> {
    if app.is_locked() {
        return Vec::new();
    }
    app.people.busy = false;
    app.lock.is_made();
    let says = |staff, what: &str| Some(format!("{}{what}", named(app, staff)));
    match done {
        PeopleDone::Passphrase { staff, passphrase } => {
            app.people.mark = Some(staff);
            app.people.says = None;
            app.people.step = Step::Shown(staff, passphrase);
        }
        PeopleDone::Changed(staff) => (app.people.step, app.people.says) = (Step::List, says(staff, " is changed.")),
        PeopleDone::Removed(staff) => {
            app.people.says = says(staff, " opens nothing that is written from now on. A new key is made.");
            app.people.step = Step::List;
        }
        PeopleDone::Given(staff) => {
            app.people.says = says(staff, " reads earlier notes now.");
            app.people.step = Step::List;
        }
        PeopleDone::ChangedOwn => {
            app.people.own = None;
            if app.view == View::Passphrase {
                app.to_board();
            }
            app.flash = Some("Your passphrase is changed. The one before opens nothing any more.".to_owned());
        }
        PeopleDone::NotTold(what, why) => {
            self::done(app, *what);
            // Beside the passphrase itself, where one is shown.
            app.people.says = Some(why.clone());
            app.flash = app.flash.take().map(|_| why);
        }
    }
    Vec::new()
}

/// It is not; what was typed is kept.
pub fn not_done(app: &mut App, says: String) -> Vec<Effect> {
    app.people.busy = false;
    app.lock.is_made();
    app.guard.spent = false;
    match &mut app.people.own {
        Some(own) => own.not_done(says),
        None => app.people.says = Some(says),
    }
    Vec::new()
}

/// Five words have come.
pub fn offered(app: &mut App, words: Secret) -> Vec<Effect> {
    match (&mut app.people.own, &mut app.lock.first) {
        (Some(own), _) => own.offer(words),
        (None, Some(first)) => first.offer(words),
        (None, None) => {}
    }
    Vec::new()
}

/// As they are listed, or as the team list has them.
pub(super) fn named(app: &App, staff: StaffId) -> String {
    let listed = app.people.all.iter().flatten().find(|l| l.staff == staff);
    listed.map_or_else(|| app.register.staff_name(staff).to_owned(), |l| name(&l.card))
}
