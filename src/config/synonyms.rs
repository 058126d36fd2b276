//! Names for one thing: what `synonyms` in site.yaml says, and those that the words of the site have anyway.

use crate::codes;
use crate::fields::Fields;
use crate::search::Synonyms;
use crate::words::Words;
use crate::yaml;

/// What search knows: the everyday names for what people come for, and those of the site.
pub fn with_built_in(named: Vec<Vec<String>>, words: &Words) -> Synonyms {
    let built_in = Synonyms::groups(words.text("find.synonyms"));
    Synonyms::of(&built_in.chain(named).collect::<Vec<_>>())
}

/// The lists of names of site.yaml, each list in brackets of its own.
///
/// Reports: `site/name-alone`.
pub fn read(fields: &mut Fields<'_, '_>) -> Vec<Vec<String>> {
    let items = |node: &'_ yaml::Node| match &node.value {
        yaml::Value::List(items) => items.clone(),
        _ => vec![node.clone()],
    };
    let mut groups = Vec::new();
    for node in fields.node("synonyms").map(items).unwrap_or_default() {
        let names: Vec<_> = items(&node).iter().filter_map(|name| fields.text_of("synonyms", name)).collect();
        match &names[..] {
            [] => {}
            [alone] => {
                let message = format!("`{}` stands alone, so it is no other name for anything", alone.value);
                let help = "put the names of one thing into brackets: `synonyms: [[food bank, foodbank, pantry]]`";
                fields.wrong(&codes::site::NAME_ALONE, alone.bytes.clone(), message, help);
            }
            _ => groups.push(names.into_iter().map(|name| name.value).collect()),
        }
    }
    groups
}
