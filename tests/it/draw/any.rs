//! Any Screen at all, of the texts that break terminals.

use doorbook::app::screen::{Block, Cell, Column, Enter, Field, Hint, Line, Piece, Row, Screen, Shape, Table, Tone};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z ,.]{0,24}",
        2 => proptest::sample::select(super::NAMES).prop_map(String::from),
        1 => vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => vec(proptest::sample::select(vec![
            '\x1b', '\u{0}', '\u{200d}', '\u{fe0f}', '👩', '王', '\u{302}', '\u{1100}', '\u{1161}', '🇬', ' ', '\n', 'é', '\u{ff9e}', '\u{94d}', 'क',
        ]), 0..40).prop_map(String::from_iter),
        1 => "[a-z]{200,400}",
    ]
}

fn shape() -> impl Strategy<Value = Shape> {
    proptest::sample::select(vec![
        Shape::Away,
        Shape::Here,
        Shape::NotToday,
        Shape::Read,
        Shape::Done,
        Shape::Mark,
        Shape::None,
    ])
}

fn tone() -> impl Strategy<Value = Tone> {
    proptest::sample::select(vec![Tone::Plain, Tone::Strong, Tone::Quiet])
}

fn number() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 0u16..100, 1 => any::<u16>()]
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        (text(), tone()).prop_map(|(words, tone)| Piece::Words(words, tone)),
        shape().prop_map(Piece::Shape),
        number().prop_map(Piece::To),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    (text(), text()).prop_map(|(before, after)| Field { before, after })
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        text().prop_map(Cell::Words),
        vec(text(), 0..5).prop_map(Cell::Names),
        vec(shape(), 0..4).prop_map(Cell::Shapes),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let column = (number(), prop_oneof![0u16..4, any::<u16>()], any::<bool>());
    let column = column.prop_map(|(width, grows, right)| Column { width, grows, right });
    let row = (vec(cell(), 0..7), any::<bool>()).prop_map(|(cells, marked)| Row { cells, marked });
    (vec(column, 0..7), vec(text(), 0..7), vec(row, 0..12)).prop_map(|(columns, header, rows)| Table {
        columns,
        header,
        rows,
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        Just(Block::Blank),
        Just(Block::Rule),
        (vec(piece(), 0..6), vec(piece(), 0..3)).prop_map(|(left, right)| Block::Line(Line { left, right })),
        (text(), option::of(shape()), text(), number()).prop_map(|(label, shape, value, indent)| Block::Field {
            label,
            shape,
            value,
            indent
        }),
        table().prop_map(Block::Table),
        (text(), field(), text(), any::<bool>()).prop_map(|(label, field, right, focused)| Block::Input {
            label,
            field,
            right,
            focused
        }),
    ];
    leaf.prop_recursive(2, 12, 3, |inner| vec(vec(inner, 0..4), 0..4).prop_map(Block::Columns))
}

pub(super) fn screen() -> impl Strategy<Value = Screen> {
    let hint = (text(), text()).prop_map(|(key, does)| Hint { key, does });
    let enter = (text(), text(), option::of(field()));
    let enter = enter.prop_map(|(label, says, field)| Enter { label, says, field });
    let around = ([text(), text(), text()], [text(), text()], option::of(text()), [text(), text()], enter);
    let within = (vec(block(), 0..8), vec(block(), 0..3), option::of(vec(block(), 0..4)), vec(hint, 0..8));
    (around, within).prop_map(|((head, under, watermark, status, enter), (body, strip, beside, footer))| Screen {
        head,
        under,
        watermark,
        body,
        strip,
        beside,
        status,
        enter,
        footer,
        announce: None,
    })
}
