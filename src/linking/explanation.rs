//! Why a comment hangs where it hangs: its candidates, their probabilities, and what speaks for
//! each, in words.

use super::arrangement;
use super::branches::NONE;
use super::by_times;
use super::decoding::Ranking;
use super::features;
use super::flat::Flat;
use super::hiding;
use super::look::Look;
use super::page::{Page, Timing};
use super::relations::Relation;
use super::replies;
use super::silent;
use super::spoken::Act;
use super::stated::{self, Tree};
use crate::comment::{Discussion, Layout};
use crate::thread::{SiblingOrder, Thread};

/// Everything that was weighed for one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Position of the comment in the source, 1-based.
    pub position: u32,
    /// The parents it may have, likeliest first; their probabilities sum to 1.
    pub candidates: Vec<Weighed>,
}

/// One parent that a comment may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// What it is.
    pub parent: Parent,
    /// How likely it is, in `0..=1`.
    pub probability: f32,
    /// What speaks for it and against it, each a few words ("quotes it", "answered 3 min later").
    pub reasons: Vec<String>,
}

/// What a comment may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// The post.
    Post,
    /// The comment at this position in the source, 1-based.
    Comment(u32),
    /// A comment that is not in the source.
    Absent,
}

impl Explanation {
    /// Leaves the post what is not sure: that the comment is a reply at all.
    fn allow_post(&mut self, sure: f32) {
        if sure < 1.0 {
            for candidate in &mut self.candidates {
                candidate.probability *= sure;
            }
            let (probability, reasons) = (1.0 - sure, Vec::new());
            self.candidates.push(Weighed { parent: Parent::Post, probability, reasons });
            self.candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        }
    }
}

/// Least share of a quotation that counts as a reason.
const QUOTES: f32 = 0.2;

/// Least similarity of words that counts as a reason.
const ALIKE: f32 = 0.05;

/// Shared words that are named.
const NAMED: usize = 3;

/// Explains parents that the source does not state, in the order of the source: those of the
/// comments whose position is `wanted`.
#[must_use]
pub fn explain(thread: &Thread, wanted: impl Fn(u32) -> bool) -> Vec<Explanation> {
    let discussion = hiding::as_read(thread);
    let look = Look::at(&discussion.comments);
    let is_silent = look.is_silent(discussion.layout);
    let mut tree = stated::read(&discussion, look, super::Absent::Placeholder, &mut Vec::new());
    let mut page = Page::new(&discussion.comments);
    let mut explanations = Vec::new();
    if is_silent {
        by_times::open_replies(&discussion, &mut tree);
        silent::hear(&mut page, &tree);
        explanations = of_silent(&discussion, &page, &tree, &wanted);
    }
    if tree.open.is_empty() {
        return explanations;
    }
    let mut parents = vec![NONE; discussion.comments.len()];
    for place in 1..=thread.len() {
        let parent = thread.position(thread.parents()[place].max(1) as usize);
        if thread.parents()[place] > 0 && thread.position(place) > 0 && parent > 0 {
            parents[thread.position(place) as usize - 1] = parent - 1;
        }
    }
    let order = SiblingOrder::Unknown;
    let mut words = Words { page: &page, parents, order, flat: None };
    if discussion.layout == Layout::Preorder {
        let weights = replies::weights(&page, &tree);
        let (mut rankings, mut own) = arrangement::read(&page, &tree, &weights, None);
        if own != thread.read_in() {
            // Other pages told in which order this one was read.
            let known = Some(thread.read_in());
            (rankings, own) = arrangement::read(&page, &tree, &weights, known);
        }
        words.order = own;
        for (at, (&child, ranking)) in tree.open.iter().zip(&rankings).enumerate() {
            if wanted(child + 1) {
                let mut explanation = match ranking.first() {
                    Some((NONE, _)) if words.parents[child as usize] != NONE => {
                        words.explain_latest(child)
                    }
                    _ => words.explain(child, ranking, Parent::Absent),
                };
                explanation.allow_post(tree.sure.get(at).copied().unwrap_or(1.0));
                explanations.push(explanation);
            }
        }
    } else {
        let flat = Flat::new(&discussion, &page);
        words.flat = Some(&flat);
        flat.choices(|child, choices| {
            if wanted(child + 1) && tree.open.binary_search(&child).is_ok() {
                let ranking = flat.rank(child, choices);
                explanations.push(words.explain(child, &ranking, Parent::Post));
            }
        });
    }
    explanations.sort_by_key(|explanation| explanation.position);
    explanations
}

/// Explains the parents of comments that say themselves whom they answer, where the page does not.
fn of_silent(
    discussion: &Discussion,
    page: &Page<'_>,
    tree: &Tree,
    wanted: impl Fn(u32) -> bool,
) -> Vec<Explanation> {
    let explain = |answer: &silent::Answer| {
        let reason = match answer.act {
            Act::Quotes => "quotes it",
            Act::Addresses => "names its author at the beginning",
        };
        let parent = Weighed {
            parent: Parent::Comment(answer.parent + 1),
            probability: answer.confidence,
            reasons: vec![reason.to_owned()],
        };
        let probability = 1.0 - answer.confidence;
        let post = Weighed { parent: Parent::Post, probability, reasons: Vec::new() };
        Explanation { position: answer.child + 1, candidates: vec![parent, post] }
    };
    let answers = silent::answers(discussion, page, tree);
    answers.iter().filter(|answer| wanted(answer.child + 1)).map(explain).collect()
}

/// Puts features into words, for the tree that was found.
struct Words<'p, 'd> {
    page: &'p Page<'d>,
    /// By comment, its parent in that tree; [`NONE`] for the post and absent ones.
    parents: Vec<u32>,
    order: SiblingOrder,
    /// Set where the order is that of time.
    flat: Option<&'p Flat<'p, 'd>>,
}

impl Words<'_, '_> {
    fn explain(&self, child: u32, ranking: &Ranking, no_comment: Parent) -> Explanation {
        let weighed = |&(parent, probability): &(u32, f32)| match parent {
            NONE => Weighed {
                parent: no_comment,
                probability,
                reasons: self.why_none(child, no_comment),
            },
            parent => Weighed {
                parent: Parent::Comment(parent + 1),
                probability,
                reasons: self.reasons(child, parent),
            },
        };
        Explanation { position: child + 1, candidates: ranking.iter().map(weighed).collect() }
    }

    /// Nobody of that name is open above, but the page closes no branch.
    fn explain_latest(&self, child: u32) -> Explanation {
        let parent = self.parents[child as usize];
        let mut reasons = vec!["the latest of that name, in a list by time".to_owned()];
        reasons.extend(self.reasons(child, parent));
        let probability = replies::LATEST;
        let named = Weighed { parent: Parent::Comment(parent + 1), probability, reasons };
        let (probability, reasons) = (1.0 - probability, Vec::new());
        let absent = Weighed { parent: Parent::Absent, probability, reasons };
        Explanation { position: child + 1, candidates: vec![named, absent] }
    }

    /// What speaks for it that no comment above is answered.
    fn why_none(&self, child: u32, no_comment: Parent) -> Vec<String> {
        let reason = match (no_comment, self.flat) {
            (Parent::Absent, _) => "no comment of that name can be answered from there",
            (_, Some(flat)) if flat.addressed[child as usize].names.is_empty() => {
                "it addresses nobody"
            }
            _ => return Vec::new(),
        };
        vec![reason.to_owned()]
    }

    fn reasons(&self, child: u32, parent: u32) -> Vec<String> {
        let page = self.page;
        let relation = Relation::new(page, child, parent);
        let last_reply = (parent + 1..child).rev().find(|&c| self.parents[c as usize] == parent);
        let sibling = last_reply.map(|last| Relation::new(page, child, last));
        let mut reasons = Vec::new();
        let mut say = |holds: bool, words: &str| {
            if holds {
                reasons.push(words.to_owned());
            }
        };
        say(relation.quoted >= QUOTES, "quotes it");
        if let Some(flat) = self.flat {
            let addressed = &flat.addressed[child as usize];
            say(addressed.quotes.contains(&page.author(parent)), "quotes its author");
            say(addressed.names.contains(&page.author(parent)), "names its author");
        }
        say(relation.handed_on >= QUOTES, "quotes what it quotes");
        say(relation.first_written > 0.0, "repeats words that it was first to write");
        if relation.similarity >= ALIKE {
            let text = &page.comments[child as usize].text;
            let mut shared = page.texts().rare_words(text, parent);
            shared.truncate(NAMED);
            say(!shared.is_empty(), &format!("shares \"{}\"", shared.join("\", \"")));
        }
        say(relation.introduces, "belongs to the series that it introduces");
        say(parent + 1 == child, "stands right below it");
        let grandparent = self.parents[parent as usize];
        say(
            relation.answers_child
                || grandparent != NONE && page.author(grandparent) == page.author(child),
            "it answers the same author in turn",
        );
        say(relation.is_own, "has the same author");
        say(sibling.is_some_and(|s| s.is_own), "has just been answered by the same author");
        say(relation.asks, "it asks something");
        let minutes = page.minutes_between(parent, child);
        if page.timing == Timing::Exact && minutes >= 0.0 {
            reasons.push(format!("answered {} later", duration(minutes)));
        } else if minutes < 0.0 {
            reasons.push("would be answered before it was written".to_owned());
        }
        if sibling.is_some_and(|sibling| features::breaks_order(self.order, &sibling)) {
            reasons.push("would break the time order of its replies".to_owned());
        }
        reasons
    }
}

/// Minutes in the largest unit that fits.
fn duration(minutes: f64) -> String {
    match minutes {
        m if m < 120.0 => format!("{m:.0} min"),
        m if m < 48.0 * 60.0 => format!("{:.0} h", m / 60.0),
        m => format!("{:.0} days", m / (24.0 * 60.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_take_the_largest_unit_that_says_enough() {
        assert_eq!(duration(3.0), "3 min");
        assert_eq!(duration(119.0), "119 min");
        assert_eq!(duration(180.0), "3 h");
        assert_eq!(duration(4320.0), "3 days");
    }
}
