//! Rust source as the tidy test needs it: code without comments, strings and tests; its paths; its functions.

/// One file.
pub(super) struct Source {
    /// Code alone: comments, the insides of literals, and what is only there for tests are blanks.
    pub(super) code: String,
    /// String literals outside attributes and tests, with their lines.
    pub(super) strings: Vec<(usize, String)>,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let (mut code, literals) = mask(&chars);
        let attributes = attributes(&code);
        blank_tests(&mut code);
        let kept = |at: usize| code[at] != ' ' && !attributes.iter().any(|range| range.contains(&at));
        let strings = literals.iter().filter(|range| kept(range.start));
        let strings = strings.map(|range| (line(&chars, range.start), chars[range.clone()].iter().collect())).collect();
        Self { code: code.iter().collect(), strings }
    }

    /// Every path of the code with its line, those of `use` groups written out; `after`: what follows it.
    pub(super) fn paths(&self) -> Vec<Path> {
        let chars: Vec<char> = self.code.chars().collect();
        let mut paths = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if chars[at].is_alphabetic() || chars[at] == '_' {
                let start = line(&chars, at);
                let names = names(&chars, &mut at);
                if names == ["use"] {
                    let end = (at..chars.len()).find(|at| chars[*at] == ';').unwrap_or(chars.len());
                    expand(&mut paths, start, &[], &chars[at..end].iter().collect::<String>());
                    at = end;
                } else {
                    let after = chars.get(at).copied().unwrap_or(' ');
                    paths.push(Path { line: start, names, after });
                }
            } else {
                at += 1;
            }
        }
        paths
    }

    /// Functions: name, line, and the lines of code in the body.
    pub(super) fn functions(&self) -> Vec<(String, usize, usize)> {
        let chars: Vec<char> = self.code.chars().collect();
        let mut found = Vec::new();
        for at in 0..chars.len() {
            let word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
            let is_fn = chars[at..].starts_with(&['f', 'n', ' ']) && (at == 0 || !word(at - 1));
            if !is_fn {
                continue;
            }
            let name: String = chars[at + 3..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
            let open = (at..chars.len()).find(|at| matches!(chars[*at], '{' | ';'));
            if let Some(open) = open.filter(|open| chars[*open] == '{' && !name.is_empty()) {
                let body: String = chars[open..closing(&chars, open)].iter().collect();
                let lines = body.lines().skip(1).filter(|line| !line.trim().is_empty()).count();
                found.push((name, line(&chars, at), lines));
            }
        }
        found
    }
}

/// A path of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) line: usize,
    pub(super) names: Vec<String>,
    pub(super) after: char,
}

fn line(chars: &[char], at: usize) -> usize {
    1 + chars[..at].iter().filter(|c| **c == '\n').count()
}

/// `a::b::c` from `at` on, which moves behind it.
fn names(chars: &[char], at: &mut usize) -> Vec<String> {
    let mut names = vec![String::new()];
    while let Some(c) = chars.get(*at) {
        let next = chars.get(*at + 2);
        if c.is_alphanumeric() || *c == '_' {
            names.last_mut().unwrap().push(*c);
            *at += 1;
        } else if *c == ':' && chars.get(*at + 1) == Some(&':') && next.is_some_and(|c| c.is_alphabetic() || *c == '_')
        {
            names.push(String::new());
            *at += 2;
        } else {
            break;
        }
    }
    names
}

/// Writes a `use` tree out.
fn expand(paths: &mut Vec<Path>, line: usize, before: &[String], tree: &str) {
    let tree = tree.trim();
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, Some(group.rsplit_once('}').map_or(group, |(group, _)| group))),
        None => (tree.split(" as ").next().unwrap_or(tree), None),
    };
    let mut names = before.to_vec();
    names.extend(path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(String::from));
    let Some(group) = group else {
        paths.push(Path { line, names, after: ';' });
        return;
    };
    let mut depth = 0;
    let split = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    for part in group.split(split).filter(|part| !part.trim().is_empty()) {
        expand(paths, line, &names, part);
    }
}

/// Blanks in place of comments and the insides of literals; the literals' places, quotes included.
fn mask(chars: &[char]) -> (Vec<char>, Vec<std::ops::Range<usize>>) {
    let mut code = chars.to_vec();
    let mut literals = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        if rest.starts_with(&['/', '/']) {
            let end = rest.iter().position(|c| *c == '\n').map_or(chars.len(), |n| at + n);
            blank(&mut code, at..end);
            at = end;
        } else if rest.starts_with(&['/', '*']) {
            let end = comment(chars, at);
            blank(&mut code, at..end);
            at = end;
        } else if let Some((start, end)) = string(chars, at, word) {
            blank(&mut code, start..end - 1);
            literals.push(at..end);
            at = end;
        } else if rest[0] == '\'' && (rest.get(1) == Some(&'\\') || rest.get(2) == Some(&'\'')) {
            let from = at + 2 + usize::from(rest.get(1) == Some(&'\\'));
            let end = (from..chars.len()).find(|at| chars[*at] == '\'').map_or(chars.len(), |at| at + 1);
            blank(&mut code, at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    (code, literals)
}

/// A string literal at `at`: where its inside begins, and where it ends.
fn string(chars: &[char], at: usize, word: bool) -> Option<(usize, usize)> {
    if chars[at] == '"' {
        let mut end = at + 1;
        while end < chars.len() && chars[end] != '"' {
            end += 1 + usize::from(chars[end] == '\\');
        }
        return Some((at + 1, (end + 1).min(chars.len())));
    }
    if chars[at] != 'r' || (word && chars[at - 1] != 'b') {
        return None;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    let end = (open + 1..chars.len()).find(|at| chars[*at..].starts_with(&close));
    Some((at + 1, end.map_or(chars.len(), |end| end + close.len())))
}

/// The end of a block comment, which may hold others.
fn comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut end) = (0, at);
    while end < chars.len() {
        if chars[end..].starts_with(&['/', '*']) {
            depth += 1;
            end += 2;
        } else if chars[end..].starts_with(&['*', '/']) {
            depth -= 1;
            end += 2;
            if depth == 0 {
                return end;
            }
        } else {
            end += 1;
        }
    }
    chars.len()
}

fn blank(code: &mut [char], range: std::ops::Range<usize>) {
    code[range].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
}

/// `#[...]` and `#![...]`.
fn attributes(code: &[char]) -> Vec<std::ops::Range<usize>> {
    let opens = |at: &usize| code[*at..].starts_with(&['#', '[']) || code[*at..].starts_with(&['#', '!', '[']);
    let end = |at: usize| closing_of(code, at, '[', ']');
    (0..code.len()).filter(opens).map(|at| at..end(at)).collect()
}

/// Blanks every item under `#[cfg(test)]`.
fn blank_tests(code: &mut [char]) {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at < code.len() {
        if code[at..].starts_with(&mark) {
            let open = (at..code.len()).find(|at| matches!(code[*at], '{' | ';')).unwrap_or(code.len() - 1);
            let end = if code[open] == '{' { closing(code, open) } else { open + 1 };
            blank(code, at..end);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Behind the brace that closes the one at `open`.
fn closing(code: &[char], open: usize) -> usize {
    closing_of(code, open, '{', '}')
}

fn closing_of(code: &[char], from: usize, open: char, close: char) -> usize {
    let mut depth = 0;
    for (at, c) in code.iter().enumerate().skip(from) {
        if *c == open {
            depth += 1;
        } else if *c == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    code.len()
}
