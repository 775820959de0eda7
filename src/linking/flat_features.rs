//! The features of discussions in order of time, and their weights.
//!
//! A choice is an earlier comment or the post. The weights were fitted as a softmax over the
//! choices of each comment (docs/linking.md has the data and the figures), for chats, where several
//! conversations go on at once, and for forums, where most answer the post or what stands above.
//! Those of a quoted author, which the data do not hold, are set by judgement, as is that of a later
//! comment, and in chats that of a quotation.

use super::branches::NONE;
use super::names::{Directory, NOBODY};
use super::page::{Genre, Page};
use super::ranking::Calibration;
use super::relations::waited;
use crate::text::mentions;

/// One that a comment may answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    /// The comment, or [`NONE`] for the post.
    pub(super) comment: u32,
    /// How many comments stand between it and the child.
    distance: usize,
    /// It is its author's latest comment so far.
    is_latest: bool,
}

impl Choice {
    pub(super) const fn comment(comment: u32, distance: usize, is_latest: bool) -> Self {
        Self { comment, distance, is_latest }
    }

    pub(super) const fn post(distance: usize) -> Self {
        Self { comment: NONE, distance, is_latest: false }
    }
}

/// Whom a comment addresses, by the numbers of authors.
#[derive(Debug, Clone, Default)]
pub(super) struct Addressed {
    /// By name in the text.
    pub(super) names: Vec<u32>,
    /// By quoting.
    pub(super) quotes: Vec<u32>,
}

/// Finds whom every comment addresses.
pub(super) fn addressed(page: &Page<'_>) -> Vec<Addressed> {
    let directory = Directory::new(&page.names.known);
    page.comments
        .iter()
        .map(|comment| {
            let mut names: Vec<u32> = mentions::mentions(&comment.text)
                .iter()
                .flat_map(|m| called(&directory, m.name))
                .collect();
            names.sort_unstable();
            names.dedup();
            let quoted = comment.reply_to.quotes.as_ref().and_then(|q| q.author.as_ref());
            let authors = quoted.map(|name| directory.look_up(name)).unwrap_or_default();
            Addressed { names, quotes: authors }
        })
        .collect()
}

/// The authors that a name in a text means. A vocative is often a whole phrase ("well, …"): only
/// the beginning of a name counts, and only one that nobody else has.
fn called(directory: &Directory<'_>, name: &str) -> Vec<u32> {
    let found = directory.look_up(name);
    if found.len() == 1 && found[0] != NOBODY { found } else { Vec::new() }
}

/// A feature of a choice.
struct Feature {
    name: &'static str,
    /// In chats and in forums.
    weights: [f32; 2],
    value: fn(&Case<'_, '_>) -> f32,
}

/// Number of features.
pub(super) const N: usize = OF_COMMENTS.len() + OF_POST.len();

const fn feature(
    name: &'static str,
    weights: [f32; 2],
    value: fn(&Case<'_, '_>) -> f32,
) -> Feature {
    Feature { name, weights, value }
}

/// Features of an earlier comment; 0 for the post.
#[allow(clippy::redundant_closure_for_method_calls)] // methods of one lifetime only
const OF_COMMENTS: &[Feature] = &[
    feature("distance", [-1.27, -1.16], |c| (c.choice.distance as f32).ln_1p()),
    feature("previous", [-0.10, 0.45], |c| c.is_previous()),
    feature("waited", [-1.87, -0.95], |c| waited(c.page, c.choice.comment, c.child)),
    feature("own", [1.35, -1.42], |c| c.is_own()),
    feature("own_previous", [1.44, 0.59], |c| c.is_own() * c.is_previous()),
    feature("addressed", [2.74, 0.23], |c| c.is_addressed()),
    feature("addressed_latest", [0.02, 0.06], |c| c.is_addressed() * flag(c.choice.is_latest)),
    feature("addresses_other", [-0.98, -0.27], |c| c.addresses_anyone() * (1.0 - c.is_addressed())),
    feature("addresses_child", [2.15, 0.39], |c| c.addresses_child()),
    feature("latest", [0.79, 0.01], |c| flag(c.choice.is_latest)),
    feature("similarity", [3.65, 0.21], |c| c.page.texts().similarity(c.child, c.choice.comment)),
    feature("first_written", [1.04, 0.41], |c| {
        (c.page.texts().first_written(c.child, c.choice.comment) as f32).ln_1p() / 3.0
    }),
    feature("quoted", [4.67, 4.12], |c| c.page.texts().quoted_share(c.child, c.choice.comment)),
    feature("quotes_author", [5.0, 5.0], |c| c.quotes_author()),
    feature("asks", [0.14, 0.16], |c| flag(c.page.texts().asks(c.choice.comment))),
    feature("length", [1.46, -0.12], |c| {
        (c.page.texts().words(c.choice.comment) as f32).ln_1p() / 5.0
    }),
    feature("later", [-5.0, -5.0], |c| {
        flag(c.page.minutes_between(c.choice.comment, c.child) < 0.0)
    }),
];

/// Features of the post; 0 for comments.
#[allow(clippy::redundant_closure_for_method_calls)] // methods of one lifetime only
const OF_POST: &[Feature] = &[
    feature("post", [-1.10, -0.26], |_| 1.0),
    feature("post_distance", [0.42, 0.04], |c| (c.choice.distance as f32).ln_1p()),
    feature("post_addresses", [-1.76, 0.05], |c| c.addresses_anyone()),
    feature("post_asks", [1.18, 0.29], |c| flag(c.page.texts().asks(c.child))),
    feature("post_quotes", [-2.0, -2.0], |c| flag(!c.addressed().quotes.is_empty())),
];

/// The names of all features, in the order of the values.
pub(super) fn names() -> Vec<&'static str> {
    OF_COMMENTS.iter().chain(OF_POST).map(|feature| feature.name).collect()
}

/// The weights of all features for a genre, in the order of the values.
pub(super) fn weights(genre: Genre) -> [f32; N] {
    let column = usize::from(genre != Genre::Chat);
    let mut weights = [0.0; N];
    for (weight, feature) in weights.iter_mut().zip(OF_COMMENTS.iter().chain(OF_POST)) {
        *weight = feature.weights[column];
    }
    weights
}

/// How far the posteriors are to be believed. In forums less doubt is put in than fits them best
/// (0.2), for they hold hardly any quotations with names, and those are surer.
pub(super) const fn calibration(genre: Genre) -> Calibration {
    match genre {
        Genre::Chat => Calibration { sharpness: 1.0, doubt: 0.03 },
        Genre::Web | Genre::Patches => Calibration { sharpness: 1.2, doubt: 0.1 },
    }
}

/// The values of all features.
pub(super) fn values(case: &Case<'_, '_>) -> [f32; N] {
    let mut values = [0.0; N];
    let (features, first) = match case.choice.comment {
        NONE => (OF_POST, OF_COMMENTS.len()),
        _ => (OF_COMMENTS, 0),
    };
    for (value, feature) in values[first..].iter_mut().zip(features) {
        *value = (feature.value)(case);
    }
    values
}

/// The weighted sum of the features.
pub(super) fn score(values: &[f32; N], weights: &[f32; N]) -> f32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// A comment and one choice for it.
pub(super) struct Case<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    /// By comment, whom it addresses.
    pub(super) addressed: &'p [Addressed],
    pub(super) child: u32,
    pub(super) choice: Choice,
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

impl Case<'_, '_> {
    fn addressed(&self) -> &Addressed {
        &self.addressed[self.child as usize]
    }

    fn is_previous(&self) -> f32 {
        flag(self.choice.distance == 0)
    }

    /// Child and candidate have the same author.
    fn is_own(&self) -> f32 {
        flag(self.page.author(self.choice.comment) == self.page.author(self.child))
    }

    /// The child names the candidate's author.
    fn is_addressed(&self) -> f32 {
        flag(self.addressed().names.contains(&self.page.author(self.choice.comment)))
    }

    /// The child names some author of the page.
    fn addresses_anyone(&self) -> f32 {
        flag(!self.addressed().names.is_empty())
    }

    /// The candidate names the child's author.
    fn addresses_child(&self) -> f32 {
        let names = &self.addressed[self.choice.comment as usize].names;
        flag(names.contains(&self.page.author(self.child)))
    }

    /// The child quotes the candidate's author.
    fn quotes_author(&self) -> f32 {
        flag(self.addressed().quotes.contains(&self.page.author(self.choice.comment)))
    }
}
