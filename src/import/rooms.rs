//! Rooms of the bookings, found among the places of the policy, or added to it.
//!
//! A room is where contact happens. One that is named like a place of another use (`Hall`, while the hall is the lobby)
//! becomes a place of its own, `Hall (room)`: otherwise a family booked into the hall would stand in everybody's way.

use std::collections::HashMap;

use crate::domain::policy::{Code, Place, Policy, Use};
use crate::domain::text::Text;

/// The muster point of a new room, if the policy has no contact room yet: B, apart from the hall's.
const MUSTER: u8 = 1;

/// The places of a policy, growing.
pub(crate) struct Rooms {
    policy: Policy,
    found: HashMap<String, Code>,
    added: Vec<Added>,
}

/// A room that the policy did not have.
pub(crate) struct Added {
    /// The row that first names it.
    pub(crate) line: u32,
    /// As it is called from now on.
    pub(crate) name: Text,
    /// It could not keep its name.
    pub(crate) renamed: bool,
}

impl Rooms {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self { policy: policy.clone(), found: HashMap::new(), added: Vec::new() }
    }

    /// The place of a room, whatever its capitals.
    pub(crate) fn code(&mut self, room: &Text, line: u32) -> Code {
        let wanted = room.as_str().to_lowercase();
        if let Some(code) = self.found.get(&wanted) {
            return code.clone();
        }
        let code = self.standing(&wanted).unwrap_or_else(|| self.add(room, line));
        self.found.insert(wanted, code.clone());
        code
    }

    /// A contact place that has this name, this code, or this name with `(room)` behind it.
    fn standing(&self, wanted: &str) -> Option<Code> {
        let contact = || self.policy.places.iter().filter(|p| p.use_for == Use::Contact && !p.retired);
        let named = |name: &str| contact().find(|p| p.name.as_str().to_lowercase() == name);
        named(wanted)
            .or_else(|| contact().find(|p| p.code.as_str() == wanted))
            .or_else(|| named(&format!("{wanted} (room)")))
            .map(|place| place.code.clone())
    }

    fn add(&mut self, room: &Text, line: u32) -> Code {
        let wanted = room.as_str().to_lowercase();
        let taken = |p: &Place| p.name.as_str().to_lowercase() == wanted || p.code.as_str() == wanted;
        let renamed = self.policy.places.iter().any(|p| !p.retired && p.use_for != Use::Contact && taken(p));
        let name = if renamed { Text::name(&format!("{room} (room)")) } else { room.clone() };
        let code = self.free_code(&slug(name.as_str()));
        let muster = self.policy.places.iter().find(|p| p.use_for == Use::Contact).map_or(MUSTER, |p| p.muster);
        self.policy.places.push(Place {
            code: code.clone(),
            name: name.clone(),
            article: false,
            use_for: Use::Contact,
            muster,
            retired: false,
        });
        self.added.push(Added { line, name, renamed });
        code
    }

    fn free_code(&self, slug: &str) -> Code {
        let mut code = Code::new(slug);
        let mut n: u32 = 2;
        while self.policy.place(&code).is_some() {
            code = Code(format!("{slug}-{n}"));
            n += 1;
        }
        code
    }

    /// What the place of a code is called.
    pub(crate) fn name(&self, code: &Code) -> Text {
        self.policy.place(code).map_or_else(|| Text::name(code.as_str()), |place| place.name.clone())
    }

    /// The new version of the policy, if rooms were added, and which.
    pub(crate) fn grown(&mut self) -> Option<(Policy, Vec<Added>)> {
        let added = std::mem::take(&mut self.added);
        let policy = Policy { version: self.policy.version + 1, ..self.policy.clone() };
        (!added.is_empty()).then_some((policy, added))
    }
}

/// `Room 6` as a code: `room-6`. Letters of any script stay.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "room".to_owned() } else { words.join("-") }
}
