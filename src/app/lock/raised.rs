//! Notes that F8 began on the locked screen: entered, at their times, once somebody has the desk.

use crate::app::action::Effect;
use crate::app::state::App;
use crate::app::words::{self, coordinator, hms};
use crate::app::write::Then;
use crate::domain::decide::{Command, NoteAct, decide};
use crate::domain::ids::Ids;

/// The first of them that is left, by who has the desk now; one act each.
pub fn enter_raised(app: &mut App) -> Vec<Effect> {
    let Some(at) = app.lock.raised.first().copied() else { return Vec::new() };
    // Each note has an id of its own, though one key entered them all.
    let base = app.ids.nth::<uuid::Uuid>(u32::try_from(app.lock.raised.len()).unwrap_or(u32::MAX).saturating_add(64));
    let command = Command::Note(NoteAct::Raise { session: None, place: None });
    let stamp = crate::domain::decide::Stamp { ids: Ids(base), ..app.stamp(None) };
    match decide(&app.register, app.day, &command, &stamp) {
        Ok(mut drafts) => {
            drafts.iter_mut().for_each(|draft| draft.occurred_at = at);
            app.append(drafts, Then::Raised)
        }
        Err(refusal) => {
            app.flash = Some(words::sentence(&words::refusal(app, &refusal)));
            Vec::new()
        }
    }
}

/// It is on disk: the next one, and what is left is kept on.
pub fn raised_stored(app: &mut App) -> Vec<Effect> {
    if app.lock.raised.is_empty() {
        return Vec::new();
    }
    let at = app.lock.raised.remove(0);
    let ruth = coordinator(app);
    app.flash = Some(format!("Entered: a note for {ruth} from the locked screen, {}. Its words are open.", hms(at)));
    let mut effects = vec![Effect::RaisedLeft(app.lock.raised.clone())];
    effects.extend(enter_raised(app));
    effects
}
