//! Columns of the fact tables: comments, threads, diagnostics.

use super::Kind::{Datetime, F32, I64, Str, StrList, U32, U32List};
use super::{Column, always, maybe};

/// Columns of the comments table.
pub(super) const COMMENTS: &[Column] = &[
    always(
        "thread_id",
        Str,
        "stated id, else made from the source's name and content, stable between runs",
    ),
    always("comment_id", Str, "stated id, else `c1`, `c2`, … by position"),
    always("position", U32, "1-based place in the source; 0 for a placeholder"),
    maybe(
        "parent_id",
        Str,
        "id of the comment answered; null = answers the post. Where the comment is absent and \
         its replies were hung from the post: the id that they state",
    ),
    maybe(
        "parent_position",
        U32,
        "the parent's position; null = answers the post, or a placeholder",
    ),
    always("depth", U32, "1 = answers the post, 2 = answers such a comment, and so on"),
    always("n_replies", U32, "direct replies"),
    always("n_descendants", U32, "all comments below"),
    maybe("author", Str, "who wrote it; null = unknown or deleted account"),
    maybe("reply_to", Str, "the name that the page prints as the one answered"),
    maybe("created_at", Datetime, "when it was written; null where only an age is known"),
    maybe(
        "created_precision",
        Str,
        "how exact created_at is: second, minute, hour, day, month, year",
    ),
    maybe(
        "reply_delay_s",
        I64,
        "seconds since the parent (since the post at depth 1, where the post has a time); null \
         unless both are at least minute-exact and on the same clock",
    ),
    always(
        "evidence",
        Str,
        "what the parent rests on: stated, nested, indented, named, quoted, addressed, adjacent, \
         assumed",
    ),
    always("confidence", F32, "probability that the parent is right; 1 where stated"),
    maybe(
        "runner_up_position",
        U32,
        "position of the second-best parent where confidence < 0.95; 0 = the post",
    ),
    always("kind", Str, "comment, pingback, deleted, placeholder"),
    maybe("score", I64, "votes as the source states them"),
    maybe("language", Str, "ISO 639-1 of the text; null if too short to tell"),
    always("n_words", U32, "words by Unicode's rules, quoted lines left out"),
    always("n_chars", U32, "characters other than white space, quoted lines left out"),
    always("topics", StrList, "topics found in the text"),
    always("topic_mentions", U32List, "how often each of them is mentioned, in the same order"),
    always("text", Str, "plain text; quotations are lines that begin with `> `"),
    always("source", Str, "the input it was read from"),
    maybe("line", U32, "its first line in the source, or the number of its record"),
];

/// Columns of the threads table, before those of the metrics.
pub(super) const THREADS: &[Column] = &[
    always(
        "thread_id",
        Str,
        "stated id, else made from the source's name and content, stable between runs",
    ),
    maybe("title", Str, "title or subject of the post"),
    maybe("url", Str, "where the post was published"),
    maybe(
        "community",
        Str,
        "where the thread stands, where the source says so: subreddit, board, group, channel",
    ),
    always("source", Str, "the input it was read from"),
    always("format", Str, "the format or page profile that read it"),
    maybe("post_author", Str, "who wrote the post"),
    maybe("post_created_at", Datetime, "when the post was published"),
    maybe("post_text", Str, "the post's plain text"),
    always("n_comments", U32, "comments of every kind but placeholders"),
    maybe("n_declared", U32, "the number of comments that the source itself declares"),
    always("n_top_level", U32, "comments that answer the post, placeholders left out"),
    always("n_authors", U32, "different known authors of comments"),
    always("n_pingbacks", U32, "pingbacks and trackbacks among the comments"),
    always("n_deleted", U32, "comments whose text or author was removed"),
    always("n_placeholders", U32, "comments that are named as a parent but absent"),
    always("n_uncertain", U32, "comments whose parent has a confidence < 0.95"),
    always(
        "sibling_order_top",
        Str,
        "order of the top-level comments on the page: oldest_first, newest_first, other, unknown",
    ),
    always(
        "sibling_order_replies",
        Str,
        "order of replies to one comment on the page: oldest_first, newest_first, other, unknown",
    ),
    maybe("first_at", Datetime, "time of the earliest dated comment"),
    maybe("last_at", Datetime, "time of the latest dated comment"),
];

/// Columns of the diagnostics table.
pub(super) const DIAGNOSTICS: &[Column] = &[
    always("source", Str, "the input it was found in"),
    maybe("line", U32, "line or number of the record"),
    always("kind", Str, "what sort of oddity: one word from a closed list"),
    always("severity", Str, "how much it matters: note, warning, problem"),
    always("message", Str, "what was found and what was done about it"),
    maybe("excerpt", Str, "the beginning of the text in question"),
];
