//! Probes: one line of a profile that says where a value stands.
//!
//! `SELECTOR @ATTRIBUTE ~ PATTERN`, each part optional:
//!
//! * the selector is matched against the comment's element and what it contains, nested comments
//!   left out; without it the comment's own element is meant;
//! * the attribute whose value is taken; without it the text; `@own` is the element's own text
//!   without that of its children;
//! * the regular expression that must match; its first group, where it has one, is the value.
//!
//! `.date @title`, `@id ~ ^comment-(\d+)$`, `.by ~ ^by (.+)`.

use regex::Regex;

use super::page::{Id, Page, collapsed};
use super::select::Selector;

/// Where a value stands.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    selector: Option<Selector>,
    source: Source,
    pattern: Option<Regex>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Text,
    OwnText,
    Attribute(String),
}

impl Probe {
    /// Reads a probe; the error says what is wrong.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (head, pattern) = match text.split_once(" ~ ") {
            // A selector may hold the sign too (`a ~ b`): a pattern follows a text or attribute.
            Some((head, pattern)) => (head, Some(pattern)),
            None => text.strip_prefix("~ ").map_or((text, None), |pattern| ("", Some(pattern))),
        };
        let pattern = pattern
            .map(|p| Regex::new(p).map_err(|e| format!("{text:?} has a bad pattern: {e}")))
            .transpose()?;
        let (selector, source) = match head.rsplit_once('@') {
            Some((selector, "own")) => (selector, Source::OwnText),
            Some((selector, name)) => (selector, Source::Attribute(name.trim().to_owned())),
            None => (head, Source::Text),
        };
        let selector = selector.trim();
        let selector = if selector.is_empty() { None } else { Some(Selector::parse(selector)?) };
        Ok(Self { selector, source, pattern })
    }

    /// It takes the value of an attribute, which is meant for programs rather than readers.
    pub(super) fn is_attribute(&self) -> bool {
        matches!(self.source, Source::Attribute(_))
    }

    /// The values in a scope, whose first element is the comment's own, each with its element.
    pub(super) fn values<'a>(
        &'a self,
        page: &'a Page<'_>,
        scope: &'a [Id],
    ) -> impl Iterator<Item = (Id, String)> + 'a {
        let reach = if self.selector.is_some() { scope } else { &scope[..scope.len().min(1)] };
        reach
            .iter()
            .copied()
            .filter(|id| self.selector.as_ref().is_none_or(|s| s.matches(page, *id)))
            .filter_map(|id| Some((id, self.value_at(page, id)?)))
    }

    fn value_at(&self, page: &Page<'_>, id: Id) -> Option<String> {
        let value = match &self.source {
            Source::Text => page.text(id),
            Source::OwnText => page.own_text(id),
            Source::Attribute(name) => collapsed(&page.element(id)?.tag.attribute(name)?),
        };
        let value = match &self.pattern {
            None => value,
            Some(pattern) => {
                let found = pattern.captures(&value)?;
                found.iter().skip(1).flatten().next().or(found.get(0))?.as_str().trim().to_owned()
            }
        };
        Some(value).filter(|v| !v.is_empty())
    }
}

/// The first value that any of the probes finds, in the order of the probes.
pub(super) fn first(probes: &[Probe], page: &Page<'_>, scope: &[Id]) -> Option<String> {
    probes.iter().find_map(|probe| probe.values(page, scope).next()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_find_values() {
        let page = Page::parse(concat!(
            "<li id='li-comment-7' class='depth-3'><b class=by>by <i>Ann</i> Bee</b>",
            "<time title=' 3 May '>old</time></li>",
        ));
        let scope: Vec<Id> = page.elements(page.all()).collect();
        let value = |probe: &str| first(&[Probe::parse(probe).expect("a probe")], &page, &scope);
        assert_eq!(value(r"@id ~ comment-(\d+)$").as_deref(), Some("7"));
        assert_eq!(value(".by ~ ^by (.+)").as_deref(), Some("Ann Bee"));
        assert_eq!(value(".by @own").as_deref(), Some("by Bee"));
        assert_eq!(value("time @title").as_deref(), Some("3 May"));
        assert_eq!(value("@class ~ x"), None);
        assert!(Probe::parse("a ~ (").is_err());
    }
}
