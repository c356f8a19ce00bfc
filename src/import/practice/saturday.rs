//! The families of Saturday 21 November 2026, as screens.md has them.

use crate::domain::case::Standing;
use crate::domain::codes::{ContactKind, Flag, Party, Referral, Side};

/// One family.
pub(super) struct Family {
    /// Its number on the Saturday.
    pub(super) no: u8,
    pub(super) kind: ContactKind,
    pub(super) start: (u32, u32),
    pub(super) end: (u32, u32),
    pub(super) room: &'static str,
    pub(super) every_weeks: u16,
    /// Month and day of 2026: a Saturday from which the pattern falls on 21 November.
    pub(super) from: (u32, u32),
    pub(super) referral: Referral,
    pub(super) special: Special,
    pub(super) people: &'static [Person],
}

/// What a family has that others have not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    None,
    /// The two parties must not meet.
    KeptApart,
    /// One-to-one: the side that brings is due a little earlier.
    OneToOne,
}

/// One person.
pub(super) struct Person {
    pub(super) side: Side,
    pub(super) standing: Standing,
    pub(super) given: &'static str,
    pub(super) surname: &'static str,
    pub(super) relation: &'static str,
    pub(super) born: Option<(i32, u32, u32)>,
    /// The last three digits.
    pub(super) phone: Option<u16>,
    pub(super) collects: bool,
}

/// The instructions of the family whose sides must not meet.
pub(super) const APART: [(Flag, Party, &str); 3] = [
    (Flag::DoNotMeet, Party::Brings, "Side door, then the small waiting room. Not through the hall."),
    (Flag::Other, Party::Brings, "Ask for Siân's bag: it goes where she goes."),
    (Flag::DoNotMeet, Party::Visits, "Straight to the room. Not in the hall or the car park after that."),
];

const fn child(given: &'static str, surname: &'static str, born: (i32, u32, u32)) -> Person {
    let (side, standing) = (Side::Child, Standing::Party);
    Person { side, standing, given, surname, relation: "", born: Some(born), phone: None, collects: false }
}

const fn adult(
    side: Side,
    standing: Standing,
    (given, surname): (&'static str, &'static str),
    relation: &'static str,
    phone: u16,
) -> Person {
    let collects = matches!((side, standing), (Side::Resident, Standing::Party) | (_, Standing::Collector));
    Person { side, standing, given, surname, relation, born: None, phone: Some(phone), collects }
}

const fn brings(given: &'static str, surname: &'static str, relation: &'static str, phone: u16) -> Person {
    adult(Side::Resident, Standing::Party, (given, surname), relation, phone)
}

const fn visits(given: &'static str, surname: &'static str, relation: &'static str, phone: u16) -> Person {
    adult(Side::Visiting, Standing::Party, (given, surname), relation, phone)
}

const fn collector(given: &'static str, surname: &'static str, relation: &'static str, phone: u16) -> Person {
    adult(Side::Resident, Standing::Collector, (given, surname), relation, phone)
}

const fn visitor(
    standing: Standing,
    given: &'static str,
    surname: &'static str,
    relation: &'static str,
    phone: u16,
) -> Person {
    adult(Side::Visiting, standing, (given, surname), relation, phone)
}

/// A visiting party who may take the children home: a handover that comes back on another day.
const fn takes_home(person: Person) -> Person {
    Person { collects: true, ..person }
}

/// What most families have.
const GROUP: Family = Family {
    no: 0,
    kind: ContactKind::Supported,
    start: (10, 0),
    end: (12, 0),
    room: "oak",
    every_weeks: 2,
    from: (9, 12),
    referral: Referral::Cafcass,
    special: Special::None,
    people: &[],
};

/// The twelve, in the order of their numbers.
pub(super) const FAMILIES: &[Family] = &[
    Family {
        no: 1,
        people: &[
            child("Mia", "Hughes", (2020, 3, 14)),
            child("Leo", "Hughes", (2022, 8, 2)),
            brings("Sarah", "Hughes", "mother", 101),
            collector("Kate", "Hughes", "aunt", 102),
            visits("Dan", "Rees", "father", 103),
        ],
        ..GROUP
    },
    Family {
        no: 2,
        every_weeks: 1,
        from: (10, 3),
        referral: Referral::Solicitor,
        people: &[
            child("Aleksander", "Nowak", (2018, 6, 25)),
            brings("Piotr", "Nowak", "father", 121),
            visits("Ines", "Nowak", "mother", 122),
        ],
        ..GROUP
    },
    Family {
        no: 3,
        end: (11, 30),
        room: "elm",
        referral: Referral::Court,
        special: Special::KeptApart,
        people: &[
            child("Siân", "Howell", (2019, 5, 9)),
            brings("Carys", "Howell", "mother", 417),
            collector("Gwen", "Howell", "aunt", 418),
            visits("Tomos", "Pugh", "father", 419),
        ],
        ..GROUP
    },
    Family {
        no: 4,
        referral: Referral::Council,
        room: "garden",
        people: &[
            child("Noah", "Mensah", (2016, 1, 30)),
            child("Ivy", "Mensah", (2019, 11, 3)),
            child("Theo", "Mensah", (2023, 4, 17)),
            brings("Ama", "Mensah", "mother", 141),
            visits("Kofi", "Mensah", "father", 142),
            visitor(Standing::Visitor, "Efua", "Mensah", "grandmother", 143),
        ],
        ..GROUP
    },
    Family {
        no: 5,
        people: &[
            child("Mia", "Kaur", (2017, 2, 8)),
            brings("Harpreet", "Kaur", "mother", 151),
            visits("Kev", "O'Brien", "father", 152),
            visitor(Standing::Visitor, "Una", "O'Brien", "grandmother", 153),
        ],
        ..GROUP
    },
    Family {
        no: 6,
        room: "garden",
        referral: Referral::SelfResident,
        people: &[
            child("小明", "Wang", (2020, 9, 19)),
            brings("Li", "Wang", "mother", 161),
            visits("Wei", "Zhang", "father", 162),
        ],
        ..GROUP
    },
    Family {
        no: 7,
        every_weeks: 1,
        from: (8, 15),
        room: "garden",
        people: &[
            child("Ayaan", "Malik", (2018, 12, 1)),
            child("Zara", "Malik", (2021, 7, 6)),
            brings("Farah", "Malik", "mother", 171),
            visits("Imran", "Malik", "father", 172),
        ],
        ..GROUP
    },
    Family {
        no: 8,
        kind: ContactKind::Supervised,
        start: (10, 15),
        room: "sensory",
        referral: Referral::Council,
        special: Special::OneToOne,
        people: &[
            child("Oscar", "Bell", (2019, 3, 27)),
            brings("Beth", "Bell", "foster carer", 181),
            visits("Mark", "Dunne", "father", 182),
            visitor(Standing::NotPermitted, "Gary", "Dunne", "uncle", 183),
        ],
        ..GROUP
    },
    Family {
        no: 9,
        kind: ContactKind::Handover,
        start: (10, 30),
        end: (16, 30),
        referral: Referral::SelfVisiting,
        people: &[
            child("Grace", "Frost", (2017, 10, 11)),
            brings("Helen", "Frost", "mother", 191),
            visits("Peter", "Lund", "father", 192),
        ],
        ..GROUP
    },
    Family {
        no: 10,
        kind: ContactKind::Handover,
        start: (10, 30),
        end: (11, 0),
        referral: Referral::Mediator,
        people: &[
            child("Daniel", "Stone", (2015, 5, 22)),
            child("Ruby", "Stone", (2018, 8, 30)),
            brings("Rachel", "Stone", "mother", 201),
            takes_home(visits("Adam", "Stone", "father", 202)),
        ],
        ..GROUP
    },
    Family {
        no: 11,
        start: (11, 0),
        room: "garden",
        people: &[
            child("Nguyệt", "Nguyễn", (2013, 9, 4)),
            child("Thị Hồng", "Nguyễn", (2015, 12, 20)),
            child("Lan", "Nguyễn", (2017, 4, 2)),
            child("Duy", "Nguyễn", (2019, 6, 15)),
            child("An", "Nguyễn", (2022, 1, 28)),
            brings("Hoa", "Nguyễn", "grandmother", 211),
            visits("Tuấn", "Nguyễn", "father", 212),
            visitor(Standing::VisitorSupervised, "Bảo", "Nguyễn", "uncle", 213),
        ],
        ..GROUP
    },
    Family {
        no: 12,
        start: (11, 0),
        every_weeks: 1,
        from: (11, 7),
        referral: Referral::CafcassCymru,
        people: &[
            child("Bartholomew-Christopher", "Featherstonehaugh", (2016, 7, 13)),
            brings("Georgina", "Featherstonehaugh", "mother", 221),
            visits("Rupert", "Cholmondeley", "step-father", 222),
        ],
        ..GROUP
    },
];
