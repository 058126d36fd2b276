//! `fingerpost explain`: the page of a code.

use crate::cli::{ExplainArguments, Outcome};
use crate::codes;
use crate::model::components::COMPONENTS;
use crate::path::nearest;

pub fn run(arguments: &ExplainArguments) -> Outcome {
    let known = codes::all();
    let Some(id) = &arguments.code else {
        let list: String = known.iter().map(|code| format!("{:<8} {}\n", code.severity.as_str(), code.id)).collect();
        return Outcome { stdout: list, ..Outcome::default() };
    };
    match known.iter().find(|code| code.id == id) {
        Some(code) => {
            let mut stdout = format!("{} ({})\n\n{}\n", code.id, code.severity.as_str(), wrapped(code.about));
            if code.id.starts_with("component/") {
                stdout.push_str("\nThe components:\n\n");
                for component in COMPONENTS {
                    stdout.push_str(&format!("  {:<10} {}\n", component.name, component.about));
                }
            }
            Outcome { stdout, ..Outcome::default() }
        }
        None => {
            let hint = match nearest(id, known.iter().map(|code| code.id)) {
                Some(near) => format!("Did you mean {near}?"),
                None => "`fingerpost explain` lists every code.".to_owned(),
            };
            Outcome { stderr: format!("There is no code {id}. {hint}\n"), exit_code: 1, ..Outcome::default() }
        }
    }
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 80 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}
