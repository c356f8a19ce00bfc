//! Text that attacks: put into every name and every word of a register that somebody else wrote, into the three files, onto
//! the command line and into fields, and looked for on every screen, in every output and in every sentence.

mod foreign;
mod outputs;
mod screens;

use doorbook::domain::policy::Code;
use doorbook::domain::text::{Text, allowed, line, lines};

/// Texts that steer a terminal, hide, overlay, run over, or stand for something else.
pub const TEXTS: &[&str] = &[
    "Mia\x1b[2J\x1b[1;1Hgone",
    "\x1b]0;owned\x07Mia",
    "\x1bP1$r0m\x1b\\Mia\x1b_x\x1b\\\x1b^y\x1b\\",
    "\u{9b}2JMia\u{9d}0;owned\u{9c}",
    "\x1b[?1049l\x1b[?2004l\x1bcMia",
    "\x1b[201~Mia\r1\r",
    "Mia\r\nLeo\n\tNoah\0\x07\x08\x7f",
    "\u{202e}aiM\u{202c}\u{2066}Leo\u{2069}\u{200e}\u{200f}\u{61c}",
    "M\u{200b}i\u{2060}a\u{feff}\u{ad}\u{180e}",
    "\u{feff}Mia",
    "\u{200d}\u{200c}\u{200d}",
    "\u{3164}\u{115f}\u{2800}",
    "Z\u{334}\u{335}\u{336}\u{337}\u{338}\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}\u{311}\u{312}\u{313}\u{314}algo",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🏳\u{fe0f}\u{200d}🌈❤\u{fe0f}\u{fe0e}",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}\u{e0041}",
    "葛\u{e0100}城\u{fe00}",
    "\u{fffd}\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}",
    "=1+1",
    "＝cmd|'/c calc'!A1",
    "@SUM(A1)\t-2+3",
    "\u{2028}one\u{2029}two\u{85}three\u{b}four\u{c}",
    "क्ष्म्य्व्र्न्त्य्क्ष्म्य्व्र्न्त्य\u{200d}",
    "\u{1100}\u{1100}\u{1100}\u{1161}\u{1161}\u{11a8}\u{11a8}",
    "🇬🇧🇬🇧🇬",
    "\"quoted\", 'and' \\ and / {} %s null",
    "ﷺ﷽𒐫⸻",
];

/// A hundred marks, a very long cluster, a very long word, very many words.
pub fn long() -> Vec<String> {
    let joined = "👩\u{200d}".repeat(500) + "👩";
    vec![
        format!("Z{}", "\u{335}".repeat(100)),
        joined,
        "W".repeat(4000),
        "Mia ".repeat(1000),
        "王".repeat(3000),
        "\u{301}".repeat(3000),
    ]
}

/// All of them.
pub fn all() -> Vec<String> {
    TEXTS.iter().map(ToString::to_string).chain(long()).collect()
}

/// Bytes that are no UTF-8: lone surrogates, cut and overlong sequences, raw C1.
pub const BYTES: &[&[u8]] = &[
    b"Mia\xed\xa0\x80",
    b"\xff\xfeM\0i\0a\0",
    b"Mi\xc3",
    b"\xc0\xafMia",
    b"\x9b2JMia\x9d0;x\x9c",
    b"\xf4\x90\x80\x80",
];

/// Nothing in it that a terminal obeys, or that hides; `ends`: line ends may stand.
#[track_caller]
pub fn plain(text: &str, ends: bool) {
    let bad = text.chars().find(|c| !(allowed(*c) || ends && *c == '\n'));
    assert_eq!(bad, None, "in {text:?}");
}

#[test]
fn text_and_codes_are_clean_whatever_they_are_made_of() {
    let bytes = BYTES.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    for raw in all().into_iter().chain(bytes) {
        for text in [Text::name(&raw), Text::note(&raw)] {
            plain(text.as_str(), true);
            assert_eq!(Text::note(text.as_str()), text, "{raw:?}");
        }
        let name = Text::name(&raw);
        plain(name.as_str(), false);
        assert_eq!(Text::name(name.as_str()), name, "{raw:?}");
        assert!(name.as_str().chars().count() <= 200);
        plain(Code::new(&raw).as_str(), false);
        plain(&line(&raw), false);
        plain(&lines(&raw), true);
    }
}
