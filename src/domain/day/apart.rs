//! People who must not meet: never both in one place, nor through one entrance within the minutes set (invariant 2).
//!
//! Judged over the whole day, not only now: a late entry is held against where the other has been since.

use chrono::Duration;

use crate::domain::codes::Moment;
use crate::domain::day::{Day, Whereabouts};
use crate::domain::ids::PersonId;
use crate::domain::policy::Code;

/// Where somebody is to be: from when, in which place, and through which door.
#[derive(Debug, Clone, Copy)]
pub struct Stay<'a> {
    /// From.
    pub from: Moment,
    /// Until, if they are known to have gone on from there.
    pub until: Option<Moment>,
    /// In which place; `None`: only passing out.
    pub place: Option<&'a Code>,
    /// Through which door.
    pub door: Option<&'a Code>,
}

/// Why a stay is not free. It never says who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// Somebody whom they must not meet is in that place, or passes it.
    Place(Code),
    /// Somebody whom they must not meet used that entrance within the minutes set.
    Entrance {
        /// The door.
        door: Code,
        /// The place behind it.
        through: Code,
        /// Clear from then.
        clear_from: Moment,
    },
}

impl Day {
    /// Everyone whom this person must not meet, by the files of all of today's sessions.
    pub fn apart_from(&self, person: PersonId) -> Vec<PersonId> {
        let mut all: Vec<PersonId> = self.sessions.iter().flat_map(|s| s.apart_from(person)).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Is this stay free of everyone whom the person must not meet?
    ///
    /// # Errors
    /// The first clash found.
    pub fn free(&self, person: PersonId, stay: &Stay<'_>) -> Result<(), Clash> {
        self.clashes(person, stay).into_iter().next().map_or(Ok(()), Err)
    }

    /// Every clash of a stay, at the door and in the place, with each whom the person must not meet.
    pub fn clashes(&self, person: PersonId, stay: &Stay<'_>) -> Vec<Clash> {
        let with = |other| {
            let at_door = stay.door.and_then(|door| self.door_free((person, other), door, stay.from).err());
            [at_door, self.place_free(other, stay).err()]
        };
        self.apart_from(person).into_iter().flat_map(with).flatten().collect()
    }

    fn place_free(&self, other: PersonId, stay: &Stay<'_>) -> Result<(), Clash> {
        let Some(place) = stay.place else { return Ok(()) };
        let until = stay.until.unwrap_or(Moment::MAX_UTC.into());
        let meets = self
            .stays_of(other)
            .iter()
            .any(|(theirs, from, to)| *theirs == place && *from < until && stay.from < to.unwrap_or(until));
        let passes = self
            .passes_of(other)
            .iter()
            .any(|(door, at)| self.leads_to(door) == Some(place) && stay.from <= *at && *at < until);
        if meets || passes { Err(Clash::Place(place.clone())) } else { Ok(()) }
    }

    /// Minutes that must lie between two who must not meet, at one entrance: the longest of the centre's and of the
    /// plans of every session of today that either is in.
    pub fn apart_min(&self, one: PersonId, other: PersonId) -> Duration {
        let theirs = self.sessions.iter().filter(|s| s.member(one).is_some() || s.member(other).is_some());
        let planned = theirs.filter_map(|s| s.plan.plan.apart_min).max().unwrap_or(0);
        Duration::minutes(i64::from(planned.max(self.policy.apart_min)))
    }

    /// May somebody pass this door at that time, as far as one other is concerned?
    fn door_free(&self, (person, other): (PersonId, PersonId), door: &Code, at: Moment) -> Result<(), Clash> {
        let through = self.leads_to(door).unwrap_or(door);
        let apart = self.apart_min(person, other);
        let inside = self
            .stays_of(other)
            .iter()
            .any(|(place, from, to)| *place == through && *from <= at && to.is_none_or(|to| at < to));
        if inside {
            return Err(Clash::Place(through.clone()));
        }
        let near = self
            .passes_of(other)
            .into_iter()
            .filter(|(theirs, then)| *theirs == door && *then < at + apart && at < *then + apart);
        match near.map(|(_, then)| then).max() {
            None => Ok(()),
            Some(then) => {
                Err(Clash::Entrance { door: door.clone(), through: through.clone(), clear_from: then + apart })
            }
        }
    }

    /// The place behind a door.
    pub fn leads_to<'a>(&'a self, door: &Code) -> Option<&'a Code> {
        self.policy.door(door).map(|d| &d.leads_to)
    }

    /// In which places somebody was, from when, until when.
    pub fn stays_of(&self, person: PersonId) -> Vec<(&Code, Moment, Option<Moment>)> {
        let moves = self.moves_of(person);
        let ends = moves.iter().skip(1).map(|m| Some(m.at)).chain([None]);
        let stays = moves.iter().zip(ends).filter_map(|(m, end)| match &m.to {
            Whereabouts::In(place) => Some((place, m.at, end)),
            _ => None,
        });
        stays.collect()
    }

    /// Through which doors somebody came and went, and when.
    pub fn passes_of(&self, person: PersonId) -> Vec<(&Code, Moment)> {
        self.moves_of(person).into_iter().filter_map(|m| m.door.as_ref().map(|d| (d, m.at))).collect()
    }
}
