//! Dictionaries of LIWC (`.dic`).
//!
//! Between two lines with a per cent sign stand the categories, each a number and a name; below,
//! each line has a word, perhaps with a wildcard, and the numbers of its categories, parted by
//! tabs. Categories that are indented are nested in the one above that is indented less.
//! Conditions (`like (02 134)125/464 253`) are not weighed: the numbers outside of parentheses
//! count.

use std::collections::HashMap;

use super::{Draft, NESTED, Role};
use crate::error::Result;

/// Reads a dictionary of LIWC.
pub(super) fn read(file: &str, text: &str) -> Result<Draft> {
    let mut draft = Draft::new(file);
    let mut categories: HashMap<String, u32> = HashMap::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut percents = 0;
    for (i, line) in text.lines().enumerate() {
        let number = i + 1;
        let body = line.trim();
        if body == "%" {
            percents += 1;
            continue;
        }
        if body.is_empty() {
            continue;
        }
        if percents == 0 {
            return Err(draft.error(number, "a line with % should come before the categories"));
        }
        if percents == 1 {
            let Some((id, name)) = body.split_once(char::is_whitespace) else {
                return Err(
                    draft.error(number, format!("category {body:?} wants a number and a name"))
                );
            };
            let indent = line.len() - line.trim_start().len();
            open.retain(|(column, _)| *column < indent);
            let mut path: Vec<&str> = open.iter().map(|(_, name)| name.as_str()).collect();
            // Long names in parentheses are for readers: `1  funct (Function words)`.
            let short = name.split('(').next().unwrap_or(name).trim();
            path.push(short);
            let topic = draft.topic(&path.join(NESTED));
            categories.insert(id.to_owned(), topic);
            open.push((indent, short.to_owned()));
            continue;
        }
        entry(&mut draft, &categories, body, number)?;
    }
    if percents < 2 {
        return Err(draft.error(1, "no list of categories between two lines with %"));
    }
    Ok(draft)
}

fn entry(
    draft: &mut Draft,
    categories: &HashMap<String, u32>,
    body: &str,
    number: usize,
) -> Result<()> {
    // A phrase has spaces, so tabs part where there are any.
    let tab = body.contains('\t');
    let parts: Vec<&str> = if tab {
        body.split('\t').map(str::trim).filter(|part| !part.is_empty()).collect()
    } else {
        body.split_whitespace().collect()
    };
    let (word, rest) = (parts[0], parts[1..].join(" "));
    let mut plain = String::new();
    let mut inside = false;
    for c in rest.chars() {
        match c {
            '(' => inside = true,
            ')' => inside = false,
            c if !inside => plain.push(if c == '/' { ' ' } else { c }),
            _ => {}
        }
    }
    let mut any = false;
    for id in plain.split_whitespace() {
        let Some(&topic) = categories.get(id) else {
            return Err(draft.error(number, format!("pattern {word:?}: there is no category {id}")));
        };
        draft.add(topic, word, number, Role::Term);
        any = true;
    }
    if any { Ok(()) } else { Err(draft.error(number, format!("pattern {word:?} has no category"))) }
}
