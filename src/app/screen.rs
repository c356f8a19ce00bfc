//! What a screen says, before it is laid out: rows of label, value and shape. All words are made in `app` or `domain`;
//! a renderer adds none of its own.
//!
//! A screen of 80 by 24: head, second head line, rule, a body of 17 rows, rule, status, Enter line, footer. An Enter
//! sentence that needs two rows takes the status row too.

use zeroize::Zeroize;

/// One whole screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// First row: left, middle (the clock), right.
    pub head: [String; 3],
    /// Second row: left and right.
    pub under: [String; 2],
    /// Stands in the upper rule of every screen of a practice register.
    pub watermark: Option<String>,
    /// From the top of the body.
    pub body: Vec<Block>,
    /// Laid over the last rows of the body, with a blank row above: the find strip, the question.
    pub strip: Vec<Block>,
    /// At the right, on wide terminals: the card of the marked row.
    pub beside: Option<Vec<Block>>,
    /// What was last saved, and what takes it back.
    pub status: [String; 2],
    /// What Enter will do.
    pub enter: Enter,
    /// Keys that are possible now, likeliest first; as many as fit are shown.
    pub footer: Vec<Hint>,
    /// For a line renderer: what has changed, in one sentence.
    pub announce: Option<String>,
}

/// The line above the footer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enter {
    /// `Enter` or `Wait`: may Enter?
    pub label: String,
    /// One sentence: who, where, which minute; or why not, and the way out.
    pub says: String,
    /// A field in this line (`-`): what stands before the caret, and after it.
    pub field: Option<Field>,
}

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key, as printed on it.
    pub key: String,
    /// What it does, in a word or two.
    pub does: String,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// An empty row.
    Blank,
    /// One row, cut with an ellipsis where it does not fit.
    Line(Line),
    /// A label and a text beside it that wraps under itself.
    Field {
        /// At the left, in a column of `indent` cells.
        label: String,
        /// Before the text, if any: a shape.
        shape: Option<Shape>,
        /// The text.
        value: String,
        /// Cells from the left edge to the text.
        indent: u16,
    },
    /// Rows in columns.
    Table(Table),
    /// Blocks side by side, of equal width.
    Columns(Vec<Vec<Block>>),
    /// A field that is being typed in.
    Input {
        /// At the left.
        label: String,
        /// The field.
        field: Field,
        /// At the right edge.
        right: String,
        /// The keyboard is here: the caret is drawn.
        focused: bool,
    },
    /// A horizontal line.
    Rule,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// From the left.
    pub left: Vec<Piece>,
    /// To the right edge.
    pub right: Vec<Piece>,
}

/// A piece of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String, Tone),
    /// A shape.
    Shape(Shape),
    /// Go on in this column (cells from the left edge), at least one cell further.
    To(u16),
}

/// How words look; never the only sign of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As everything.
    #[default]
    Plain,
    /// The row in hand, what is urgent.
    Strong,
    /// Headings of columns, hints.
    Quiet,
}

/// A shape beside words (screens.md, rule 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `○` not here.
    Away,
    /// `●` here.
    Here,
    /// `–` not today.
    NotToday,
    /// `◆` read the card first.
    Read,
    /// `✓` done.
    Done,
    /// `▸` the marked row.
    Mark,
    /// Nothing, as wide as the others.
    None,
}

/// Rows in columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Their widths.
    pub columns: Vec<Column>,
    /// Above them; empty: none.
    pub header: Vec<String>,
    /// The rows that are in view.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Cells at 80 wide, without the two of the gap after it.
    pub width: u16,
    /// Its share of what is wider than 80; 0 keeps its width.
    pub grows: u16,
    /// Numbers stand at the right.
    pub right: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The mark is here.
    pub marked: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, cut with an ellipsis.
    Words(String),
    /// Names, as many as fit, then `+2`; a single name that does not fit is cut.
    Names(Vec<String>),
    /// Shapes with a blank between.
    Shapes(Vec<Shape>),
}

/// Text with a caret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// Before the caret.
    pub before: String,
    /// After it.
    pub after: String,
}

/// Width and height of the terminal, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Cells across.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Wiped: what a screen says is wiped once it is drawn, since it may be a passphrase, the words of a sheet, a name.
trait Wiped {
    fn wipe(&mut self);
}

impl Screen {
    /// It is drawn, and not needed any more.
    pub fn wipe(mut self) {
        let Self { head, under, watermark, body, strip, beside, status, enter, footer, announce } = &mut self;
        head.zeroize();
        under.zeroize();
        watermark.zeroize();
        body.iter_mut().chain(strip).chain(beside.iter_mut().flatten()).for_each(Wiped::wipe);
        status.zeroize();
        let Enter { label, says, field } = enter;
        label.zeroize();
        says.zeroize();
        field.iter_mut().for_each(Wiped::wipe);
        footer.iter_mut().for_each(|hint| hint.does.zeroize());
        announce.zeroize();
    }
}

impl Wiped for Block {
    fn wipe(&mut self) {
        match self {
            Self::Blank | Self::Rule => {}
            Self::Line(Line { left, right }) => left.iter_mut().chain(right).for_each(Wiped::wipe),
            Self::Field { label, value, .. } => {
                label.zeroize();
                value.zeroize();
            }
            Self::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(Wiped::wipe);
            }
            Self::Columns(columns) => columns.iter_mut().flatten().for_each(Wiped::wipe),
            Self::Input { label, field, right, .. } => {
                label.zeroize();
                field.wipe();
                right.zeroize();
            }
        }
    }
}

impl Wiped for Piece {
    fn wipe(&mut self) {
        if let Self::Words(words, _) = self {
            words.zeroize();
        }
    }
}

impl Wiped for Cell {
    fn wipe(&mut self) {
        match self {
            Self::Words(words) => words.zeroize(),
            Self::Names(names) => names.iter_mut().for_each(Zeroize::zeroize),
            Self::Shapes(_) => {}
        }
    }
}

impl Wiped for Field {
    fn wipe(&mut self) {
        self.before.zeroize();
        self.after.zeroize();
    }
}

impl Size {
    /// Rows of the body.
    pub fn body(self) -> usize {
        usize::from(self.height.saturating_sub(7))
    }

    /// Wide enough for a card beside the board.
    pub fn is_wide(self) -> bool {
        self.width >= 120
    }
}

impl Default for Size {
    fn default() -> Self {
        Self { width: 80, height: 24 }
    }
}

impl Line {
    /// Plain words.
    pub fn plain(words: impl Into<String>) -> Self {
        Self { left: vec![Piece::plain(words)], right: Vec::new() }
    }

    /// With words at the right edge.
    pub fn with_right(mut self, words: impl Into<String>) -> Self {
        self.right = vec![Piece::plain(words)];
        self
    }
}

impl Piece {
    /// Plain words.
    pub fn plain(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Tone::Plain)
    }

    /// Strong words.
    pub fn strong(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Tone::Strong)
    }

    /// Quiet words.
    pub fn quiet(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Tone::Quiet)
    }
}

impl Block {
    /// A row of plain words.
    pub fn line(words: impl Into<String>) -> Self {
        Self::Line(Line::plain(words))
    }

    /// A row of pieces.
    pub fn pieces(left: Vec<Piece>) -> Self {
        Self::Line(Line { left, right: Vec::new() })
    }
}

impl Hint {
    /// A key and what it does.
    pub fn new(key: impl Into<String>, does: impl Into<String>) -> Self {
        Self { key: key.into(), does: does.into() }
    }
}

impl Field {
    /// What is typed, whole.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }
}
