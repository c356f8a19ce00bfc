//! One thing that happens to a desk, and its line in a script.

/// What hands, clocks and disks do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key, by the harness's name of it, so many milliseconds after the last.
    Key(String, u64),
    /// A paste.
    Paste(String),
    /// More came than hands can type.
    Flood,
    /// Another size.
    Size(u16, u16),
    /// Time goes on by so many seconds.
    Wait(i64),
    /// The clock on the wall jumps by so many seconds; the other one goes on by one.
    Jump(i64),
    /// From now on saves are slow: they are answered at `Save`, or after some keys.
    Slow,
    /// What is being saved is on disk.
    Save,
    /// The next save fails.
    Fail,
    /// The program ends and starts again.
    Restart,
}

/// A line for each.
pub fn script(steps: &[Step]) -> String {
    steps.iter().map(|step| line(step) + "\n").collect()
}

fn line(step: &Step) -> String {
    match step {
        Step::Key(name, after) => format!("key {name} {after}"),
        Step::Paste(text) => format!("paste {}", serde_json::to_string(text).unwrap()),
        Step::Flood => "flood".to_owned(),
        Step::Size(width, height) => format!("size {width} {height}"),
        Step::Wait(seconds) => format!("wait {seconds}"),
        Step::Jump(seconds) => format!("jump {seconds}"),
        Step::Slow => "slow".to_owned(),
        Step::Save => "save".to_owned(),
        Step::Fail => "fail".to_owned(),
        Step::Restart => "restart".to_owned(),
    }
}

/// The steps of a script; lines that begin with `#` are passed over.
pub fn read(script: &str) -> Vec<Step> {
    script.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(step).collect()
}

fn step(line: &str) -> Step {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let numbers = || rest.split(' ').map(|n| n.parse::<i64>().unwrap()).collect::<Vec<_>>();
    match word {
        "key" => {
            let (name, after) = rest.rsplit_once(' ').unwrap();
            Step::Key(name.to_owned(), after.parse().unwrap())
        }
        "paste" => Step::Paste(serde_json::from_str(rest).unwrap()),
        "flood" => Step::Flood,
        "size" => Step::Size(numbers()[0].try_into().unwrap(), numbers()[1].try_into().unwrap()),
        "wait" => Step::Wait(numbers()[0]),
        "jump" => Step::Jump(numbers()[0]),
        "slow" => Step::Slow,
        "save" => Step::Save,
        "fail" => Step::Fail,
        "restart" => Step::Restart,
        other => panic!("no step {other}"),
    }
}
