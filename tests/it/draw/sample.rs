//! The mock-ups of screens.md as hand-made Screens.

use doorbook::app::screen::{Block, Cell, Column, Enter, Field, Hint, Line, Piece, Row, Screen, Shape, Table};

fn hints(list: &[(&str, &str)]) -> Vec<Hint> {
    list.iter().map(|(key, does)| Hint::new(*key, *does)).collect()
}

fn column(width: u16, grows: u16) -> Column {
    Column { width, grows, right: false }
}

fn around(head: [&str; 3], under: [&str; 2], status: [&str; 2], enter: (&str, &str)) -> Screen {
    Screen {
        head: head.map(String::from),
        under: under.map(String::from),
        watermark: Some("PRACTICE ── invented people".into()),
        status: status.map(String::from),
        enter: Enter { label: enter.0.into(), says: enter.1.into(), field: None },
        ..Screen::default()
    }
}

/// Time, children, sides, now, next.
type Session = (&'static str, &'static [&'static str], [Shape; 2], &'static str, &'static str);

const ROWS: &[Session] = &[
    ("10:00", &["Mia H", "Leo"], [Shape::Here, Shape::Here], "here", "walk over 10:00"),
    ("10:00", &["Aleksander"], [Shape::Away, Shape::Here], "one side", "due by 09:55"),
    ("10:00", &["Sia\u{302}n"], [Shape::Read, Shape::None], "see card", "clear from 09:57"),
    ("10:00", &["Noah", "Ivy", "Theo"], [Shape::Away, Shape::Away], "late 7", "ring them at 10:00"),
    ("10:00", &["Mia K"], [Shape::Here, Shape::Here], "here", "walk over 10:00"),
    ("10:00", &["小明"], [Shape::Away, Shape::Here], "one side", "due by 09:55"),
    ("10:00", &["Ayaan", "Zara"], [Shape::NotToday, Shape::NotToday], "not today", ""),
    ("10:15", &["Oscar"], [Shape::Away, Shape::Away], "later", "due by 10:00"),
    ("10:30", &["Grace"], [Shape::Away, Shape::Away], "later", "due by 10:15"),
    ("10:30", &["Daniel", "Ruby"], [Shape::Away, Shape::Away], "later", "due by 10:15"),
    ("11:00", &["Nguyệt", "Thị Hồng", "Lan", "Minh Anh", "Bảo"], [Shape::Away, Shape::Away], "later", "due by 10:45"),
    ("11:00", &["Bartholomew-Christopher-James"], [Shape::Away, Shape::Away], "later", "due by 10:45"),
];

fn sessions(marked: usize) -> Table {
    let row = |(n, (time, names, sides, now, next)): (usize, &Session)| Row {
        cells: vec![
            Cell::Words((n + 1).to_string()),
            Cell::Words((*time).into()),
            Cell::Names(names.iter().map(ToString::to_string).collect()),
            Cell::Shapes(sides.to_vec()),
            Cell::Words((*now).into()),
            Cell::Words((*next).into()),
        ],
        marked: n == marked,
    };
    Table {
        columns: vec![
            Column { width: 3, grows: 0, right: true },
            column(5, 0),
            column(25, 2),
            column(5, 0),
            column(10, 0),
            column(18, 1),
        ],
        header: ["No", "Time", "Children", "Sides", "Now", "Next"].map(String::from).to_vec(),
        rows: ROWS.iter().enumerate().map(row).collect(),
    }
}

pub fn marked(row: usize) -> Screen {
    let mut screen = around(
        ["Saturday 21 November 2026", "09:52", "Jean at the desk"],
        ["In the building   3 children   7 adults   5 team", "1 for Ruth"],
        ["Saved 09:51   No 5 is here, waiting room", "Ctrl-Z takes it back"],
        ("Enter", &format!("opens No {}", row + 1)),
    );
    screen.body = vec![
        Block::pieces(vec![
            Piece::strong("Due"),
            Piece::To(6),
            Piece::plain("No 4"),
            Piece::To(13),
            Piece::plain("7 minutes late, no word yet"),
        ]),
        Block::pieces(vec![
            Piece::To(6),
            Piece::plain("No 3"),
            Piece::To(13),
            Piece::plain("the way in is clear from 09:57"),
        ]),
        Block::Blank,
        Block::Table(sessions(row)),
    ];
    screen.footer = hints(&[
        ("letters", "find"),
        ("1-12", "pick"),
        ("Tab", "due"),
        ("F5", "staff"),
        ("F8", "tell Ruth"),
        ("F9", "who is in"),
        ("Ctrl-P", "every command"),
        ("?", "help"),
    ]);
    screen
}

pub fn board() -> Screen {
    marked(0)
}

pub fn wide() -> Screen {
    let mut screen = board();
    screen.beside = Some(card().body);
    screen
}

pub fn find() -> Screen {
    let mut screen = board();
    let cells = |no: &str, name: &str, age: &str, time: &str, now: &str| Row {
        cells: [no, name, age, time, now].map(|text| Cell::Words(text.into())).to_vec(),
        marked: false,
    };
    screen.strip = vec![
        Block::Input {
            label: "Find  ".into(),
            field: Field { before: "mi".into(), after: String::new() },
            right: "2 people today".into(),
            focused: true,
        },
        Block::Table(Table {
            columns: vec![column(5, 0), column(8, 1), column(6, 0), column(6, 0), column(12, 0)],
            header: Vec::new(),
            rows: vec![cells("No 1", "Mia H", "6", "10:00", "here"), cells("No 5", "Mia K", "9", "10:00", "here")],
        }),
    ];
    screen.enter.says = "goes into the list: there are two".into();
    screen
}

pub fn card() -> Screen {
    let mut screen = around(
        ["No 3   10:00 to 11:30", "09:58", "Jean at the desk"],
        ["The side that brings", "Tab  the other side"],
        ["The side door is free.", ""],
        ("Enter", "Carys and Siân arrive by the side door, 09:58"),
    );
    let field = |label: &str, shape, value: &str, indent| Block::Field {
        label: label.into(),
        shape,
        value: value.into(),
        indent,
    };
    let person = |no: &str, name: &str, what: &str| {
        let words = |text: &str| Piece::plain(text);
        let mut left = vec![Piece::To(2), Piece::Shape(Shape::Done), words(" "), words(no), Piece::To(8)];
        left.extend([Piece::strong(name), Piece::To(23), words(what), Piece::To(42), words("due 09:57")]);
        Block::pieces(left)
    };
    screen.body = vec![
        Block::Blank,
        person("1", "Carys H", "mother"),
        person("2", "Siân H", "7"),
        Block::Blank,
        field("Ask", None, "Does the number still end in 417?  Any new papers?  Is Siân well?", 8),
        Block::Blank,
        field(
            "Do",
            Some(Shape::Read),
            "Side door, then the small waiting room. Not through the hall. Ask for Siân's bag: it goes where she goes, and it stays with her.",
            8,
        ),
        Block::Blank,
        field("Say", None, "\"Come this way. We will fetch Siân when her room is ready.\"", 8),
        Block::Blank,
        field("Leaves with", None, "Carys H, mother  ·  Gwen H, aunt  ·  nobody else", 14),
        Block::Blank,
        Block::Line(Line {
            left: vec![
                Piece::plain("Today"),
                Piece::To(8),
                Piece::plain("09:31"),
                Piece::To(16),
                Piece::plain("rang: on the way"),
            ],
            right: vec![Piece::plain("Jean")],
        }),
    ];
    screen.footer = hints(&[
        ("1 2", "who came"),
        ("w", "brought by"),
        ("a", "not coming"),
        ("l", "late"),
        ("-", "earlier"),
        ("Esc", "board"),
        ("?", "help"),
    ]);
    screen
}

pub fn earlier() -> Screen {
    let mut screen = card();
    screen.enter.field = Some(Field { before: "100".into(), after: "3".into() });
    screen.enter.says = "sets the time".into();
    screen.strip = vec![Block::line("Who takes Siân?   Look at the person first, then press the number.")];
    screen
}

pub fn note() -> Screen {
    let mut screen = around(
        ["For Ruth   note 2", "10:14", "Jean at the desk"],
        ["Written 10:14:07 and safe. Esc leaves at any moment; finish it when you can.", ""],
        ["Chosen   7", ""],
        (
            "Wait",
            "the child, Ama, Noah, Ivy and Theo stay where they are until Ruth has been told, and nobody at this desk lets them go at 10:14",
        ),
    );
    screen.body = vec![
        Block::Columns(vec![
            vec![Block::line("   1   a child said something"), Block::line("   2   a child is hurt or marked")],
            vec![Block::line("5   someone not on the list"), Block::line("6   not fit to be with a child")],
        ]),
        Block::Blank,
        Block::Input {
            label: "    >".into(),
            field: Field { before: "he was".into(), after: " here".into() },
            right: String::new(),
            focused: true,
        },
        Block::Rule,
        Block::Input { label: "    >".into(), field: Field::default(), right: "paper".into(), focused: false },
    ];
    screen.footer = hints(&[("0-9", "what"), ("Tab", "next"), ("?", "help")]);
    screen
}

pub fn who_is_in() -> Screen {
    let mut screen = around(
        ["Who is in", "10:41", "Jean at the desk"],
        ["7 children   10 adults   5 team   1 other      23 people", "seen 3 of 23"],
        ["As the book stands at 10:41.", ""],
        ("Enter", "Mia H is seen; the mark moves on"),
    );
    let row = |shape, name: &str, what: &str, no: &str, marked| Row {
        cells: vec![
            Cell::Shapes(vec![shape]),
            Cell::Words(name.into()),
            Cell::Words(what.into()),
            Cell::Words(no.into()),
        ],
        marked,
    };
    let place = |rows| {
        Block::Table(Table {
            columns: vec![column(1, 0), column(10, 1), column(8, 0), Column { width: 2, grows: 0, right: true }],
            header: Vec::new(),
            rows,
        })
    };
    screen.body = vec![
        Block::line("A   front car park            8         B   side garden              15"),
        Block::Blank,
        Block::Columns(vec![
            vec![
                Block::line("Hall"),
                place(vec![
                    row(Shape::Away, "小明", "child", "6", false),
                    row(Shape::Done, "Li W", "", "6", false),
                    row(Shape::Away, "Jean", "team", "", false),
                ]),
                Block::line("Office"),
            ],
            vec![
                Block::line("Oak"),
                place(vec![
                    row(Shape::Away, "Mia H", "child", "1", true),
                    row(Shape::Away, "Leo H", "child", "1", false),
                ]),
            ],
        ]),
    ];
    screen.footer = hints(&[("Enter", "seen"), ("arrows", "move"), ("Space", "hide")]);
    screen
}
