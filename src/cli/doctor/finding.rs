//! A finding: what it is about, how it is, one sentence, figures. None names a person.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::cli::exit::Exit;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// As it should be.
    Good,
    /// Worth knowing; Doorbook works.
    Note,
    /// To be put right.
    Wrong,
}

impl State {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Wrong => "WRONG",
        }
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Finding {
    pub about: &'static str,
    pub state: State,
    pub says: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<&'static str, Value>,
    /// The exit code that it brings about, where it is wrong.
    #[serde(skip)]
    pub exit: Exit,
}

impl Finding {
    fn new(about: &'static str, state: State, exit: Exit, says: impl Into<String>) -> Self {
        Self { about, state, says: says.into(), figures: BTreeMap::new(), exit }
    }

    pub(super) fn good(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, State::Good, Exit::Done, says)
    }

    pub(super) fn note(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, State::Note, Exit::Done, says)
    }

    pub(super) fn wrong(about: &'static str, exit: Exit, says: impl Into<String>) -> Self {
        Self::new(about, State::Wrong, exit, says)
    }

    /// With a figure.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.figures.insert(name, value.into());
        self
    }
}

/// Without the home folder and without the name that somebody is logged in by, which often is a person's.
pub(super) fn quiet(text: &str) -> String {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let home = named("HOME").or_else(|| named("USERPROFILE"));
    let login = home.as_deref().and_then(|home| home.rsplit(['/', '\\']).next()).map(str::to_owned);
    let logins: Vec<String> =
        login.into_iter().chain(["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(named)).collect();
    hidden(text, home.as_deref(), &logins)
}

fn hidden(text: &str, home: Option<&str>, logins: &[String]) -> String {
    let mut text = home.filter(|home| home.len() > 1).map_or_else(|| text.to_owned(), |home| text.replace(home, "~"));
    for login in logins.iter().filter(|login| !login.is_empty()) {
        for slash in ['/', '\\'] {
            let part = format!("{slash}{login}");
            let mut out = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once(&part) {
                let whole = !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
                out.push_str(before);
                out.push(slash);
                out.push_str(if whole { "…" } else { login });
                rest = after;
            }
            out.push_str(rest);
            text = out;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn neither_the_home_folder_nor_the_login_is_said() {
        let logins = ["ruth".to_owned()];
        let says = |text: &str| hidden(text, Some("/home/ruth"), &logins);
        assert_eq!(says("/home/ruth/book, chmod 700 /home/ruth/book"), "~/book, chmod 700 ~/book");
        assert_eq!(says("/media/ruth/usb"), "/media/…/usb");
        assert_eq!(says("/media/ruthless"), "/media/ruthless");
        assert_eq!(says("/media/ruth"), "/media/…");
    }
}
