//! The form of the policy.

use crate::domain::codes::{Party, Role};
use crate::domain::policy::{
    Code, Door, Item, NoteKind, Number, Place, Plan, Policy, Power, PowerOf, Reason, Route, Use,
};
use crate::domain::text::Text;

use super::forms::Form;

record!(PolicyForm of Policy {
    version: u32,
    centre: Text,
    zone: String,
    plan: Plan,
    grace_min: u16,
    return_min: u16,
    apart_min: u16,
    #[serde(default = "gap_min")]
    gap_min: u16,
    #[serde(default = "overdue_min")]
    overdue_min: u16,
    #[serde(default = "escalate_min")]
    escalate_min: u16,
    #[serde(default = "report_days")]
    report_days: u16,
    #[serde(default = "missed_limit")]
    missed_limit: u16,
    #[serde(default = "refused_limit")]
    refused_limit: u16,
    #[serde(default = "user_age")]
    user_age: u16,
    #[serde(default)]
    address: Text,
    #[serde(default)]
    phone: Text,
    #[serde(default)]
    numbers: Vec<Number>,
    places: Vec<Place>,
    doors: Vec<Door>,
    reasons: Vec<Reason>,
    no_part: Vec<Reason>,
    early: Vec<Reason>,
    #[serde(default = "pauses")]
    pauses: Vec<Reason>,
    #[serde(default = "owed")]
    owed: Vec<Reason>,
    #[serde(default = "allowed")]
    allowed: Vec<Reason>,
    kinds: Vec<NoteKind>,
    #[serde(default = "things")]
    things: Vec<Item>,
    #[serde(default = "messages")]
    messages: Vec<Item>,
    powers: Vec<PowerOf>,
});

record!(PlanForm of Plan {
    first: Party,
    first_min: u16,
    second_min: u16,
    hold_min: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apart_min: Option<u16>,
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

record!(ItemForm of Item {
    code: Code,
    words: Text,
    digit: Option<u8>,
    #[serde(default)]
    stops: bool,
    #[serde(default)]
    retired: bool,
});

record!(NumberForm of Number { name: Text, number: Text });

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

words!(Power {
    Loosen = "loosen",
    Gate = "gate",
    OneOff = "one_off",
    Cancel = "cancel",
    Confirm = "confirm",
    Sign = "sign",
    Correct = "correct",
    SeeNotes = "see_notes",
    ReadNotes = "read_notes",
    Files = "files",
    SetPolicy = "set_policy",
    Export = "export",
    People = "people",
});

// What an older policy did not say: as the built-in one has it (domain.md 2.5, 2.6, 3.2).
macro_rules! as_built_in {
    ($($field:ident: $ty:ty),+ $(,)?) => {$(
        fn $field() -> Form<$ty> {
            built_in().$field
        }
    )+};
}

as_built_in!(
    gap_min: u16,
    overdue_min: u16,
    escalate_min: u16,
    report_days: u16,
    missed_limit: u16,
    refused_limit: u16,
    user_age: u16,
    pauses: Vec<Reason>,
    owed: Vec<Reason>,
    allowed: Vec<Reason>,
    things: Vec<Item>,
    messages: Vec<Item>,
);

fn built_in() -> PolicyForm {
    serde_json::from_slice(include_bytes!("../policy_default.json")).expect("a test reads the file that is built in")
}
