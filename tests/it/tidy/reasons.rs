//! Every direct dependency has its row in docs/DEPENDENCIES.md, and comes from the registry by a version; but for rooms of
//! this house that are crates.

use std::collections::BTreeSet;
use std::path::Path;

/// A table of Cargo.toml that names crates, whatever the system it is for.
fn named(manifest: &toml::Table) -> Vec<(String, toml::Value)> {
    let mut found = Vec::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        match key.as_str() {
            "dependencies" | "dev-dependencies" | "build-dependencies" => {
                found.extend(table.iter().map(|(name, how)| (name.clone(), how.clone())));
            }
            "target" => {
                found.extend(table.values().filter_map(toml::Value::as_table).flat_map(named));
            }
            _ => {}
        }
    }
    found
}

/// What cargo takes from a folder of this house.
const ROOMS: &[(&str, &str)] = &[("doorbook-vault", "src/vault")];

/// The first cells of the page's rows, those in backquotes.
fn rows(page: &str) -> Vec<String> {
    let row = |line: &str| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name.to_owned());
    page.lines().filter_map(row).collect()
}

fn faults(manifests: &[String], page: &str) -> Vec<String> {
    let is_room = |(name, how): &(String, toml::Value)| {
        let folder = how.get("path").and_then(toml::Value::as_str);
        folder.is_some_and(|folder| ROOMS.contains(&(name.as_str(), folder)))
    };
    let mut named: Vec<_> = manifests.iter().flat_map(|manifest| named(&manifest.parse().unwrap())).collect();
    named.retain(|one| !is_room(one));
    let rows = rows(page);
    let (have, told): (BTreeSet<&String>, BTreeSet<&String>) =
        (named.iter().map(|(name, _)| name).collect(), rows.iter().collect());
    let mut found: Vec<String> = Vec::new();
    found.extend(have.difference(&told).map(|name| format!("{name} has no reason in docs/DEPENDENCIES.md")));
    found.extend(told.difference(&have).map(|name| format!("{name} has a reason and is not used")));
    if told.len() != rows.len() {
        found.push("a crate has two rows".to_owned());
    }
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        if line.split('|').skip(1).take(5).any(|cell| cell.trim().is_empty()) || line.split('|').count() != 7 {
            found.push(format!("an empty cell: {line}"));
        }
    }
    for (name, how) in &named {
        let version = how.as_str().or_else(|| how.get("version")?.as_str());
        let plain = how.as_table().is_none_or(|how| {
            how.keys().all(|key| ["version", "features", "default-features", "optional"].contains(&key.as_str()))
        });
        if version.is_none_or(|version| version.contains('*')) || !plain {
            found.push(format!("{name} does not come from the registry by a version"));
        }
    }
    found
}

#[test]
fn every_dependency_has_a_reason() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(home.join(name)).unwrap();
    let manifests: Vec<String> = std::iter::once("Cargo.toml".to_owned())
        .chain(ROOMS.iter().map(|(_, folder)| format!("{folder}/Cargo.toml")))
        .map(|name| read(&name))
        .collect();
    let found = faults(&manifests, &read("docs/DEPENDENCIES.md"));
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn what_has_no_reason_or_comes_from_elsewhere_is_told() {
    let page = "| crate | why | weighed | licence | features |\n|---|---|---|---|---|\n| `a` | x | x | MIT | none |\n";
    let told = |manifest: &str| faults(&[manifest.to_owned()], page).join("; ");
    assert_eq!(told("[dependencies]\na = \"1\"\n"), "");
    assert_eq!(told("[target.'cfg(unix)'.dev-dependencies]\na = { version = \"1\", features = [] }\n"), "");
    assert!(told("[dependencies]\na = \"1\"\n[build-dependencies]\nb = \"1\"\n").contains("b has no reason"));
    assert!(told("[package]\nname = \"x\"\n").contains("a has a reason and is not used"));
    for elsewhere in
        ["\"*\"", "{ path = \"../a\" }", "{ version = \"1\", git = \"g\" }", "{ version = \"1\", registry = \"r\" }"]
    {
        assert!(told(&format!("[dependencies]\na = {elsewhere}\n")).contains("registry by a version"), "{elsewhere}");
    }
    let empty = page.replace("| x | x |", "| x |  |");
    assert!(faults(&["[dependencies]\na = \"1\"\n".to_owned()], &empty).join("").contains("an empty cell"));
}
