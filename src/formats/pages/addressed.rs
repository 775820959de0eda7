//! `@Ann …` where a platform knows no other way to answer.
//!
//! On most pages such a beginning is a hint, which linking weighs: people also answer the post and
//! greet somebody. Where comments are flat and a platform has no button for answers, it is how it
//! notifies the one answered (Stack Exchange: <https://meta.stackexchange.com/q/43019>), and says as
//! much as a printed name.

use std::collections::BTreeMap;

use crate::comment::{Comment, Name, Stated};
use crate::text::letters::letters;

/// Fewest letters of a name that stand for it.
const FEWEST: usize = 3;
/// Most words of a name.
const MOST_WORDS: usize = 4;

/// Takes the name at the beginning of a text for that of the one answered, where it is that of an
/// earlier author, perhaps shortened or without its blanks (`@JadedPine`).
pub(super) fn state(comments: &mut [Comment]) {
    let mut authors = BTreeMap::new();
    for comment in comments {
        let reply_to = &mut comment.reply_to;
        if reply_to.stated == Stated::default() && reply_to.name.is_none() {
            reply_to.name = named(&comment.text, &authors);
        }
        if let Some(author) = &comment.author {
            authors.insert(letters(author), author.clone());
        }
    }
}

/// The author whose name the text begins with, whole; else the only one whose name begins so.
/// `authors` by the letters of their names.
fn named(text: &str, authors: &BTreeMap<String, Name>) -> Option<Name> {
    let mut called = Vec::new();
    for word in text.trim_start().strip_prefix('@')?.split_whitespace().take(MOST_WORDS) {
        let before = called.last().map_or("", String::as_str);
        called.push(format!("{before}{}", letters(word)));
    }
    if let Some(whole) = called.iter().rev().find_map(|called| authors.get(called)) {
        return Some(whole.clone());
    }
    let handle = called.first().filter(|handle| handle.chars().count() >= FEWEST)?;
    let mut begun =
        authors.range(handle.clone()..).take_while(|(name, _)| name.starts_with(handle));
    let (_, author) = begun.next()?;
    begun.next().is_none().then(|| author.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(text: &str) -> Option<String> {
        let comment = |author: &str, text: &str| Comment {
            author: Some(author.into()),
            text: text.to_owned(),
            ..Comment::default()
        };
        let others = [comment("Ann", "?"), comment("Anna", "!"), comment("Jaded Pine", "So.")];
        let mut comments = [&others[..], &[comment("Bob", text)]].concat();
        state(&mut comments);
        comments.pop().and_then(|last| last.reply_to.name).map(String::from)
    }

    #[test]
    fn a_name_behind_the_sign_is_that_of_an_earlier_author() {
        assert_eq!(answered("@JadedPine it does").as_deref(), Some("Jaded Pine"));
        assert_eq!(answered("@Jaded it does").as_deref(), Some("Jaded Pine"));
        assert_eq!(answered("@anna, it does").as_deref(), Some("Anna"));
        assert_eq!(answered("@Ann it does").as_deref(), Some("Ann"));
        assert_eq!(answered("@Cid it does"), None);
        assert_eq!(answered("@an it does"), None);
        assert_eq!(answered("@annex it does"), None);
        assert_eq!(answered("Ann, it does"), None);
    }
}
