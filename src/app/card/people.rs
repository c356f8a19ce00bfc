//! Who stands on the card, in the order of their digits, and who of them is ticked.

use crate::app::state::App;
use crate::domain::case::{Member, Standing};
use crate::domain::codes::Party;
use crate::domain::day::{Attendance, Session};
use crate::domain::ids::PersonId;
use crate::domain::next::usual_ticks;
use crate::domain::policy::Code;

/// Most people that digits can tick.
const DIGITS: usize = 9;

/// Those who stand on a card: adults first, then children, in the order of the file; whoever came, was ticked by hand,
/// is expected, or may come along with the side that visits.
pub fn listed<'a>(app: &App, session: &'a Session, party: Party) -> Vec<(&'a Member, &'a Attendance)> {
    let on_card = |m: &Member, a: &Attendance| {
        let visitor = matches!(m.standing, Standing::Visitor | Standing::VisitorSupervised);
        a.came() || m.is_expected() || app.card.ticks.contains_key(&m.person) || (visitor && party == Party::Visits)
    };
    let (adults, children): (Vec<_>, Vec<_>) =
        session.side(party).filter(|(m, a)| on_card(m, a)).partition(|(m, _)| !m.is_child());
    adults.into_iter().chain(children).take(DIGITS).collect()
}

/// The people whom an act on this card is about.
pub fn ticked(app: &App, session: &Session) -> Vec<PersonId> {
    let party = app.card.party;
    let usual = usual_ticks(session, party);
    let is_ticked = |person: PersonId| app.card.ticks.get(&person).copied().unwrap_or(usual.contains(&person));
    listed(app, session, party).into_iter().map(|(m, _)| m.person).filter(|p| is_ticked(*p)).collect()
}

/// The way in: another one that was chosen, or the usual one.
pub fn way(app: &App, session: &Session) -> (Code, Code) {
    let usual = || app.day().map(|d| d.usual_way(session, app.card.party));
    app.card.way.clone().or_else(usual).unwrap_or_else(|| (Code::new("front"), Code::new("hall")))
}

/// Children of the session who are here and ticked; all who are here on the other side's card, and where no child is
/// ticked because their adult is out.
pub fn children(app: &App, session: &Session) -> Vec<PersonId> {
    let ticked = ticked(app, session);
    let here = || session.children().filter(|(_, a)| a.is_in());
    let by_hand = session.children().any(|(m, _)| app.card.ticks.contains_key(&m.person));
    let own = app.card.party == Party::Brings && (by_hand || here().any(|(m, _)| ticked.contains(&m.person)));
    session
        .children()
        .filter(|(m, a)| a.is_in() && (!own || ticked.contains(&m.person)))
        .map(|(m, _)| m.person)
        .collect()
}
