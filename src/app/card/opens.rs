//! Which question of the card a step or a letter opens.

use crate::app::card::ask::{self, Question};
use crate::app::card::people;
use crate::app::intent::Intent;
use crate::app::state::App;
use crate::domain::codes::Party;
use crate::domain::decide::Journey;
use crate::domain::ids::PersonId;
use crate::domain::next;

/// The question that the step asks.
pub(super) fn question_for(app: &App, asked: next::Question) -> Question {
    match asked {
        next::Question::WhoWalks { children, into, place } => Question::WhoWalks { children, into, place },
        next::Question::WhoTakes { children } => takes(app, children),
        next::Question::WhoMeets { children, supervisor } => Question::WhoMeets { children, supervisor },
        next::Question::HowTold => Question::Told,
        next::Question::WhoGoes { children, adults, until } => {
            Question::WhoGoes(ask::Outing { children, adults, journey: Journey { until, ..Journey::default() } })
        }
        next::Question::WhoHas { people, children } => Question::WhoHas { people, children },
    }
}

/// The question that a letter opens.
pub(super) fn question_of(app: &App, intent: Intent) -> Option<Question> {
    let session = app.in_hand()?;
    Some(match intent {
        Intent::Late => Question::Late,
        Intent::BroughtBy if app.card.party == Party::Brings => Question::BroughtBy,
        Intent::LeavesWith => return leaves_with(app),
        Intent::GoesOut => {
            let outing = app.day().and_then(|day| ask::outing(app, day, session));
            outing.map_or(Question::GoesOut, Question::WhoGoes)
        }
        Intent::Place => Question::Way,
        Intent::NoPart => Question::NoPart,
        Intent::Keep => Question::KeepWhat,
        Intent::GiveBack => Question::GiveBack,
        Intent::Call => Question::Call(ask::next_call(app, session)),
        Intent::Message => Question::Message,
        Intent::Another => Question::Another,
        Intent::Early if app.in_hand().is_some_and(|s| s.side_in(Party::Visits) || s.is_together()) => Question::Early,
        Intent::Happened => Question::Happened,
        Intent::ToldOther => Question::Told,
        Intent::Contact if app.in_hand().is_some_and(ask::is_of_one_worker) => Question::Contact,
        Intent::Allow => return ask::offered(app).map(|permission| Question::Allow { permission }),
        _ => return None,
    })
}

/// Only from the card of the side that brings, and only of children who are here.
fn leaves_with(app: &App) -> Option<Question> {
    let children = people::children(app, app.in_hand()?);
    (app.card.party == Party::Brings && !children.is_empty()).then(|| takes(app, children))
}

/// Who takes them; if they are together, who walks them back is known or asked first.
fn takes(app: &App, children: Vec<PersonId>) -> Question {
    let Some(session) = app.in_hand() else { return Question::WhoTakes { children, walker: None } };
    if !ask::are_together(session, &children) {
        return Question::WhoTakes { children, walker: None };
    }
    match ask::walked_before(app, session, &children) {
        Some(walker) => Question::WhoTakes { children, walker: Some(walker) },
        None => Question::WhoWalksBack { children },
    }
}
