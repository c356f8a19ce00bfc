//! The form of the policy.

use crate::domain::codes::{Party, Role};
use crate::domain::policy::{Code, Door, NoteKind, Place, Plan, Policy, Power, PowerOf, Reason, Route, Use};
use crate::domain::text::Text;

record!(PolicyForm of Policy {
    version: u32,
    centre: Text,
    zone: String,
    plan: Plan,
    grace_min: u16,
    return_min: u16,
    apart_min: u16,
    places: Vec<Place>,
    doors: Vec<Door>,
    reasons: Vec<Reason>,
    no_part: Vec<Reason>,
    early: Vec<Reason>,
    kinds: Vec<NoteKind>,
    powers: Vec<PowerOf>,
});

record!(PlanForm of Plan {
    first: Party,
    first_min: u16,
    second_min: u16,
    hold_min: u16,
    may_meet: bool,
    routes: Vec<Route>,
});

record!(RouteForm of Route { party: Party, door: Code, place: Code });

record!(PlaceForm of Place {
    code: Code,
    name: Text,
    article: bool,
    use_for: Use,
    muster: u8,
    #[serde(default)]
    retired: bool,
});

words!(Use { Lobby = "lobby", Waiting = "waiting", Contact = "contact", Office = "office", Outside = "outside" });

record!(DoorFormOf of Door {
    code: Code,
    name: Text,
    leads_to: Code,
    #[serde(default)]
    retired: bool,
});

record!(ReasonForm of Reason {
    code: Code,
    party: Option<Party>,
    #[serde(default)]
    of_child: bool,
    words: Text,
    digit: Option<u8>,
    outside: Text,
    #[serde(default)]
    told: bool,
    #[serde(default)]
    provisional: bool,
    #[serde(default)]
    retired: bool,
});

record!(NoteKindForm of NoteKind {
    code: Code,
    words: Text,
    digit: Option<u8>,
    severity: u8,
    #[serde(default)]
    hold: bool,
    #[serde(default)]
    retired: bool,
});

record!(PowerForm of PowerOf { power: Power, roles: Vec<Role> });

words!(Power { Loosen = "loosen", Sign = "sign", Correct = "correct", SeeNotes = "see_notes" });
