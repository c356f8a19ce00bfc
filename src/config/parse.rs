//! Text into preferences, every fault at once, each with its line.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{Preferences, ThemeChoice};

/// What is wrong with a line, and its cure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// What is wrong, and the cure.
    pub what: String,
}

/// Reads preferences; `home` stands for `~/`.
///
/// # Errors
/// Every fault that was found, by line; then nothing of the text is taken.
pub fn parse(text: &str, home: Option<&Path>) -> Result<Preferences, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors.iter().map(|error| fault(text, error.span(), error.message().into())).collect();
    if !faults.is_empty() {
        // What follows broken TOML may be read wrongly: say only what is certain.
        return Err(faults);
    }
    let mut preferences = Preferences::default();
    for (key, value) in table.get_ref() {
        let taken = take(&mut preferences, key.get_ref(), value.get_ref(), home);
        if let Err((at, what)) = taken {
            let span = match at {
                At::Key => key.span(),
                At::Value => value.span(),
            };
            faults.push(fault(text, Some(span), what));
        }
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(preferences) } else { Err(faults) }
}

/// Which half of a line is wrong.
enum At {
    Key,
    Value,
}

fn take(into: &mut Preferences, key: &str, value: &DeValue<'_>, home: Option<&Path>) -> Result<(), (At, String)> {
    let wrong = |what: &str| (At::Value, what.to_owned());
    match key {
        "theme" => {
            into.theme = value
                .as_str()
                .and_then(theme)
                .ok_or_else(|| wrong(r#"theme is one of "auto", "mono", "light", "dark""#))?;
        }
        "ascii" => into.ascii = value.as_bool().ok_or_else(|| wrong("ascii is true or false"))?,
        "data" => {
            let folder = value.as_str().and_then(|text| folder(text, home));
            let whole = r#"data is a whole path in quotes, as "/srv/doorbook" or "~/doorbook""#;
            into.data = Some(folder.ok_or_else(|| wrong(whole))?);
        }
        other => {
            let what = format!("`{}` is not a preference; there are theme, ascii and data", other.escape_debug());
            return Err((At::Key, what));
        }
    }
    Ok(())
}

fn theme(word: &str) -> Option<ThemeChoice> {
    Some(match word {
        "auto" => ThemeChoice::Auto,
        "mono" => ThemeChoice::Mono,
        "light" => ThemeChoice::Light,
        "dark" => ThemeChoice::Dark,
        _ => return None,
    })
}

fn folder(text: &str, home: Option<&Path>) -> Option<PathBuf> {
    let path = match text.strip_prefix("~/") {
        Some(rest) => home?.join(rest),
        None => PathBuf::from(text),
    };
    path.is_absolute().then_some(path)
}

fn fault(text: &str, span: Option<Range<usize>>, what: String) -> Fault {
    let before = span.and_then(|span| text.get(..span.start)).unwrap_or_default();
    Fault { line: before.matches('\n').count() + 1, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        parse(text, None).unwrap_err().iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn nothing_said_is_the_defaults() {
        assert_eq!(parse("", None).unwrap(), Preferences::default());
        assert_eq!(parse("\u{feff}# only a remark\r\n", None).unwrap(), Preferences::default());
    }

    #[test]
    fn each_preference_is_read() {
        let home = if cfg!(windows) { r"C:\jean" } else { "/home/jean" };
        let text = "theme = \"dark\"\nascii = true\ndata = \"~/book\"\n";
        let read = parse(text, Some(Path::new(home))).unwrap();
        let data = Some(Path::new(home).join("book"));
        assert_eq!(read, Preferences { theme: ThemeChoice::Dark, ascii: true, data });
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let faults = parse("ascii = 1\n\ncolour = \"red\"\ntheme = \"blue\"\ndata = \"here\"\n", None).unwrap_err();
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "line 1: ascii is true or false",
                "line 3: `colour` is not a preference; there are theme, ascii and data",
                "line 4: theme is one of \"auto\", \"mono\", \"light\", \"dark\"",
                "line 5: data is a whole path in quotes, as \"/srv/doorbook\" or \"~/doorbook\"",
            ]
        );
    }

    #[test]
    fn broken_toml_is_named_with_its_line() {
        assert_eq!(lines("ascii = true\ntheme = \"da\ndata = 3"), [2]);
        assert_eq!(lines("ascii = true\nascii = true\n"), [2]);
    }
}
