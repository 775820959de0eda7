//! The selectors of CSS that profiles need, matched against a [`Page`].
//!
//! Lists, compounds of tag, `#id`, `.class`, `[attribute]` with `=`, `~=`, `^=`, `$=`, `*=`,
//! `:not(…)` and `:has(…)`, joined by descent, `>`, `+` and `~` — see
//! <https://www.w3.org/TR/selectors-4/>. Names and values are compared without regard to ASCII
//! case, because old forum software writes both. Pseudo-elements and other pseudo-classes are
//! errors, so that a profile never means more than it does.

use super::page::{Id, Page};

/// A list of selectors.
#[derive(Debug, Clone, Default)]
pub(super) struct Selector {
    alternatives: Vec<Complex>,
}

/// Compounds from left to right, each with what joins it to the one before.
#[derive(Debug, Clone)]
struct Complex {
    parts: Vec<(Join, Compound)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Descent,
    Child,
    Next,
    Later,
}

#[derive(Debug, Clone, Default)]
struct Compound {
    tests: Vec<Test>,
}

#[derive(Debug, Clone)]
enum Test {
    Tag(String),
    Id(String),
    Class(String),
    Attribute(String, Comparison, String),
    Not(Selector),
    Has(Selector),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Exists,
    Equals,
    Word,
    Starts,
    Ends,
    Contains,
}

impl Selector {
    /// Reads a list of selectors; the error says what is wrong.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text };
        let selector = parser.list()?;
        if parser.rest.is_empty() {
            Ok(selector)
        } else {
            Err(format!("cannot read {:?} in the selector {text:?}", parser.rest))
        }
    }

    pub(super) fn matches(&self, page: &Page<'_>, id: Id) -> bool {
        self.alternatives.iter().any(|complex| complex.matches(page, id, complex.parts.len() - 1))
    }

    /// The elements of a range that match, in document order.
    pub(super) fn find_in(
        &self,
        page: &Page<'_>,
        range: std::ops::Range<Id>,
    ) -> impl Iterator<Item = Id> {
        page.elements(range).filter(|id| self.matches(page, *id))
    }
}

impl Complex {
    /// The element matches the compounds up to `last`.
    fn matches(&self, page: &Page<'_>, id: Id, last: usize) -> bool {
        let (join, compound) = &self.parts[last];
        if !compound.matches(page, id) {
            return false;
        }
        if last == 0 {
            return true;
        }
        match join {
            Join::Child => page.parent(id).is_some_and(|p| self.matches(page, p, last - 1)),
            Join::Descent => {
                // If only descents stand to the left, the nearest match decides.
                let is_plain = self.parts[1..last].iter().all(|(j, _)| *j == Join::Descent);
                let mut at = page.parent(id);
                while let Some(ancestor) = at {
                    if self.matches(page, ancestor, last - 1) {
                        return true;
                    }
                    if is_plain && last > 1 && self.parts[last - 1].1.matches(page, ancestor) {
                        return false;
                    }
                    at = page.parent(ancestor);
                }
                false
            }
            Join::Next => {
                page.previous_element(id).is_some_and(|p| self.matches(page, p, last - 1))
            }
            Join::Later => {
                let mut at = page.parent(id).map_or(0, |parent| parent + 1);
                while at < id {
                    if page.element(at).is_some() && self.matches(page, at, last - 1) {
                        return true;
                    }
                    at = page.end(at);
                }
                false
            }
        }
    }
}

impl Compound {
    fn matches(&self, page: &Page<'_>, id: Id) -> bool {
        let Some(element) = page.element(id) else { return false };
        self.tests.iter().all(|test| match test {
            Test::Tag(name) => element.tag.name.eq_ignore_ascii_case(name),
            Test::Id(wanted) => {
                element.id.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(wanted))
            }
            Test::Class(class) => element.has_class(class),
            Test::Attribute(name, comparison, value) => {
                let found = match name.as_str() {
                    "class" if element.class.is_empty() => None,
                    "class" => Some(element.class.clone()),
                    "id" => element.id.clone(),
                    _ => element.tag.attribute(name),
                };
                found.is_some_and(|found| comparison.holds(&found, value))
            }
            Test::Not(inner) => !inner.matches(page, id),
            Test::Has(inner) => inner.find_in(page, id + 1..page.end(id)).next().is_some(),
        })
    }
}

impl Comparison {
    fn holds(self, found: &str, value: &str) -> bool {
        let at = |start: usize| {
            found.as_bytes()[start..start + value.len()].eq_ignore_ascii_case(value.as_bytes())
        };
        let fits = found.len() >= value.len() && !value.is_empty();
        match self {
            Self::Exists => true,
            Self::Equals => found.eq_ignore_ascii_case(value),
            Self::Word => found.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(value)),
            Self::Starts => fits && at(0),
            Self::Ends => fits && at(found.len() - value.len()),
            Self::Contains => fits && (0..=found.len() - value.len()).any(at),
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn blanks(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let any = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        any
    }

    fn take(&mut self, prefix: &str) -> bool {
        self.rest.strip_prefix(prefix).map(|rest| self.rest = rest).is_some()
    }

    fn name(&mut self) -> Result<&'t str, String> {
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .unwrap_or(self.rest.len());
        if end == 0 {
            return Err(format!("a name is expected before {:?}", self.rest));
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(name)
    }

    fn list(&mut self) -> Result<Selector, String> {
        let mut alternatives = Vec::new();
        loop {
            self.blanks();
            alternatives.push(self.complex()?);
            self.blanks();
            if !self.take(",") {
                return Ok(Selector { alternatives });
            }
        }
    }

    fn complex(&mut self) -> Result<Complex, String> {
        let mut parts = vec![(Join::Descent, self.compound()?)];
        loop {
            let blank = self.blanks();
            let join = if self.take(">") {
                Join::Child
            } else if self.take("+") {
                Join::Next
            } else if self.take("~") {
                Join::Later
            } else if blank && !self.rest.is_empty() && !self.rest.starts_with([',', ')']) {
                Join::Descent
            } else {
                return Ok(Complex { parts });
            };
            self.blanks();
            parts.push((join, self.compound()?));
        }
    }

    fn compound(&mut self) -> Result<Compound, String> {
        let mut tests = Vec::new();
        let before = self.rest.len();
        if !self.take("*") && self.rest.starts_with(|c: char| c.is_alphabetic()) {
            tests.push(Test::Tag(self.name()?.to_owned()));
        }
        loop {
            if self.take("#") {
                tests.push(Test::Id(self.name()?.to_owned()));
            } else if self.take(".") {
                tests.push(Test::Class(self.name()?.to_owned()));
            } else if self.take("[") {
                tests.push(self.attribute()?);
            } else if self.take(":not(") {
                tests.push(Test::Not(self.inner()?));
            } else if self.take(":has(") {
                tests.push(Test::Has(self.inner()?));
            } else if self.rest.len() == before {
                return Err(format!("a selector is expected before {:?}", self.rest));
            } else {
                return Ok(Compound { tests });
            }
        }
    }

    fn inner(&mut self) -> Result<Selector, String> {
        let selector = self.list()?;
        if self.take(")") { Ok(selector) } else { Err("a closing parenthesis is missing".into()) }
    }

    fn attribute(&mut self) -> Result<Test, String> {
        let name = self.name()?.to_ascii_lowercase();
        let comparisons = [
            ("~=", Comparison::Word),
            ("^=", Comparison::Starts),
            ("$=", Comparison::Ends),
            ("*=", Comparison::Contains),
            ("=", Comparison::Equals),
        ];
        let comparison = comparisons.into_iter().find(|(sign, _)| self.take(sign));
        let Some((_, comparison)) = comparison else {
            return if self.take("]") {
                Ok(Test::Attribute(name, Comparison::Exists, String::new()))
            } else {
                Err(format!("the attribute {name} is not closed by ]"))
            };
        };
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let close = quote.map_or("]".to_owned(), |q| format!("{q}]"));
        let inner = &self.rest[quote.map_or(0, char::len_utf8)..];
        let Some((value, rest)) = inner.split_once(&close) else {
            return Err(format!("the attribute {name} is not closed by ]"));
        };
        self.rest = rest;
        Ok(Test::Attribute(name, comparison, value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(selector: &str, expected: &[&str]) {
        let page = Page::parse(concat!(
            "<div id=a class='x y'><p id=b class=x><span id=c title='one two'></span></p>",
            "<p id=d>t</p><ul id=e><li id=f class=Z><b id=g></b></li></ul></div>",
        ));
        let selector = Selector::parse(selector).expect("a selector");
        let found: Vec<&str> = selector
            .find_in(&page, page.all())
            .map(|id| page.element(id).and_then(|e| e.id.as_deref()).unwrap_or_default())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn selectors_find_what_they_say() {
        check("p", &["b", "d"]);
        check(".x", &["a", "b"]);
        check("div.x.y, li.z", &["a", "f"]);
        check("#a > p + p", &["d"]);
        check("p ~ ul", &["e"]);
        check("div ul b", &["g"]);
        check("ul > b", &[]);
        check("[title~=two]", &["c"]);
        check("[title^='one'], [id$=\"g\"]", &["c", "g"]);
        check("p:not(.x)", &["d"]);
        check("#a > *:has(b)", &["e"]);
        check(".x .x span", &["c"]);
        check("[class*=z]", &["f"]);
    }

    #[test]
    fn what_is_no_selector_is_an_error() {
        for wrong in ["", "p:first-child", "p >", "[x", ".", "a,,b"] {
            assert!(Selector::parse(wrong).is_err(), "{wrong}");
        }
    }
}
