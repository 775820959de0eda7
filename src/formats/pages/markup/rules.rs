//! The `[markup]` section of a profile, as written and as compiled.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::probe::Probe;
use super::select::Selector;

/// How the saved pages of a platform are read. Selectors are CSS; the other lists hold probes:
/// `SELECTOR @ATTRIBUTE ~ PATTERN`, tried in order (docs/profiles.md).
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Markup {
    /// Strings of which one must stand in the source of the page. Default: none, always tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<String>,
    /// Selector of the elements that hold comments. Default: the whole page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Selector of a comment's element.
    pub comment: String,
    /// The comment goes on through the following siblings, up to the next one. Default: `false`.
    #[serde(skip_serializing_if = "is_default")]
    pub siblings: bool,
    /// Elements without an id are no comments. Default: `false`.
    #[serde(skip_serializing_if = "is_default")]
    pub needs_id: bool,
    /// Probes of the comment's id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub id: Vec<String>,
    /// Probes of the parent's id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parent: Vec<String>,
    /// Probes that find something in a comment that answers the post.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers_post: Vec<String>,
    /// Probes of the author's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// Probes of the date; the most exact one is taken, the first of equals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// Selectors of the text; the first that matches is taken with all its matches. `*` stands
    /// for what is left of the comment without name, date and what is removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// Selectors of what is no text within the body: buttons, signatures, quotation headings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// Selectors of quotations, beside `blockquote`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quote: Vec<String>,
    /// Probes of the id of the comment that is quoted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quote_id: Vec<String>,
    /// Probes of the name of the one quoted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quote_author: Vec<String>,
    /// Probes of the printed name of the one answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reply_to: Vec<String>,
    /// Probes of the votes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub score: Vec<String>,
    /// Probes that find something in a pingback.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pingback: Vec<String>,
    /// Probes that find something in a deleted comment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<String>,
    /// Comments stand in order of time, whatever they answer. Default: `false`, each is followed
    /// by the replies to it.
    #[serde(skip_serializing_if = "is_default")]
    pub flat: bool,
    /// Selector of elements each of which, around a comment, makes it one level deeper. Default:
    /// the comments' own elements.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nest: String,
    /// Probes of the depth as a number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depth: Vec<String>,
    /// The depth that is written at a comment that answers the post. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_depth: Option<u32>,
    /// Probes of an indentation: columns or pixels, only their order counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indent: Vec<String>,
    /// The deepest level that the platform shows. Default: unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth_cap: Option<u32>,
    /// Probes that find something in the comment which is in fact the post.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<String>,
    /// Probes, in the page, of the number of comments that it declares.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<String>,
    /// Probes, in the page, of links that hold back comments; a number is their count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// Where the post stands. Default: found as on any page.
    #[serde(skip_serializing_if = "is_default")]
    pub post: PostMarkup,
    /// The same, read.
    #[serde(skip)]
    pub(super) compiled: Compiled,
}

/// Where the post stands: probes in the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PostMarkup {
    /// Its identifier, the same on all pages of a thread.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub id: Vec<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<String>,
    /// Its author.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub url: Vec<String>,
    /// Selectors of its text, as of a comment's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// The page holds a text of the post outside of the comments. Default: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<bool>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What is compiled once for each profile.
#[derive(Debug, Clone, Default)]
pub(super) struct Compiled(OnceLock<Result<Arc<Rules>, String>>);

/// A [`Markup`] whose selectors and probes were read.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) section: Option<Selector>,
    pub(super) comment: Selector,
    pub(super) nest: Option<Selector>,
    pub(super) id: Vec<Probe>,
    pub(super) parent: Vec<Probe>,
    pub(super) answers_post: Vec<Probe>,
    pub(super) author: Vec<Probe>,
    pub(super) date: Vec<Probe>,
    pub(super) body: Vec<Option<Selector>>,
    pub(super) remove: Vec<Selector>,
    pub(super) quote: Vec<Selector>,
    pub(super) quote_id: Vec<Probe>,
    pub(super) quote_author: Vec<Probe>,
    pub(super) reply_to: Vec<Probe>,
    pub(super) score: Vec<Probe>,
    pub(super) pingback: Vec<Probe>,
    pub(super) deleted: Vec<Probe>,
    pub(super) depth: Vec<Probe>,
    pub(super) indent: Vec<Probe>,
    pub(super) opening: Vec<Probe>,
    pub(super) declared: Vec<Probe>,
    pub(super) more: Vec<Probe>,
    pub(super) post: PostRules,
}

/// A [`PostMarkup`] whose probes were read.
#[derive(Debug, Default)]
pub(super) struct PostRules {
    pub(super) id: Vec<Probe>,
    pub(super) title: Vec<Probe>,
    pub(super) author: Vec<Probe>,
    pub(super) date: Vec<Probe>,
    pub(super) url: Vec<Probe>,
    pub(super) body: Vec<Selector>,
    pub(super) has_text: bool,
}

impl Markup {
    /// The rules, read at the first use; the error says which line of the profile is wrong.
    pub(super) fn rules(&self) -> Result<Arc<Rules>, String> {
        self.compiled.0.get_or_init(|| Rules::compile(self).map(Arc::new)).clone()
    }
}

impl Rules {
    fn compile(m: &Markup) -> Result<Self, String> {
        let body = |text: &String| (text != "*").then(|| Selector::parse(text)).transpose();
        Ok(Self {
            section: optional(&m.section)?,
            comment: Selector::parse(&m.comment)?,
            nest: optional(&m.nest)?,
            id: probes(&m.id)?,
            parent: probes(&m.parent)?,
            answers_post: probes(&m.answers_post)?,
            author: probes(&m.author)?,
            date: probes(&m.date)?,
            body: m.body.iter().map(body).collect::<Result<_, _>>()?,
            remove: selectors(&m.remove)?,
            quote: selectors(&m.quote)?,
            quote_id: probes(&m.quote_id)?,
            quote_author: probes(&m.quote_author)?,
            reply_to: probes(&m.reply_to)?,
            score: probes(&m.score)?,
            pingback: probes(&m.pingback)?,
            deleted: probes(&m.deleted)?,
            depth: probes(&m.depth)?,
            indent: probes(&m.indent)?,
            opening: probes(&m.opening)?,
            declared: probes(&m.declared)?,
            more: probes(&m.more)?,
            post: PostRules {
                id: probes(&m.post.id)?,
                title: probes(&m.post.title)?,
                author: probes(&m.post.author)?,
                date: probes(&m.post.date)?,
                url: probes(&m.post.url)?,
                body: selectors(&m.post.body)?,
                has_text: m.post.text.unwrap_or(true),
            },
        })
    }
}

fn optional(text: &str) -> Result<Option<Selector>, String> {
    (!text.is_empty()).then(|| Selector::parse(text)).transpose()
}

fn selectors(texts: &[String]) -> Result<Vec<Selector>, String> {
    texts.iter().map(|text| Selector::parse(text)).collect()
}

fn probes(texts: &[String]) -> Result<Vec<Probe>, String> {
    texts.iter().map(|text| Probe::parse(text)).collect()
}
