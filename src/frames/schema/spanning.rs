//! Columns of the tables that span threads.
//!
//! Placeholders are no rows of theirs: nobody wrote them.

use super::Kind::{Bool, Datetime, F64, Str, StrList, U32};
use super::{Column, always, maybe};

/// Columns of the authors table.
pub(super) const AUTHORS: &[Column] = &[
    always("author", Str, "the author's name"),
    always("n_comments", U32, "comments written"),
    always("n_threads", U32, "threads commented in"),
    always("n_top_level", U32, "comments that answer the post"),
    always("n_replies_sent", U32, "comments that answer a comment"),
    always("n_replies_received", U32, "direct replies to the author's comments, own ones included"),
    always("n_distinct_answered", U32, "other authors whose comments were answered"),
    always("n_distinct_answered_by", U32, "other authors who answered a comment of this one"),
    always("mean_depth", F64, "mean depth of the author's comments"),
    always("n_words", U32, "words written, quoted lines left out"),
    maybe("first_at", Datetime, "time of the first dated comment"),
    maybe("last_at", Datetime, "time of the last dated comment"),
];

/// Columns of the replies table.
pub(super) const REPLIES: &[Column] = &[
    always("from_author", Str, "who answers"),
    always("to_author", Str, "who is answered; may be the same person"),
    always(
        "to_post",
        Bool,
        "true: top-level comments, which answer the post and so its author; false: replies to \
         comments",
    ),
    always("n_replies", U32, "replies from the one to the other"),
    always("n_threads", U32, "threads in which they occur"),
    maybe("first_at", Datetime, "time of the first dated reply"),
    maybe("last_at", Datetime, "time of the last dated reply"),
    always("mean_confidence", F64, "mean probability that the parents are right"),
];

/// Columns of the activity table.
pub(super) const ACTIVITY: &[Column] = &[
    always("bucket_start", Datetime, "when the bucket begins; weeks begin on Monday"),
    always(
        "n_comments",
        U32,
        "comments written in it, with a time at least as exact as the bucket",
    ),
    always("n_top_level", U32, "those of them that answer the post"),
    always("n_replies", U32, "those of them that answer a comment"),
    always("n_authors", U32, "their different known authors"),
    always("n_new_authors", U32, "authors whose first counted comment falls into the bucket"),
    always("n_cumulative", U32, "comments in this and all earlier buckets"),
];

/// Columns of the topics table.
pub(super) const TOPICS: &[Column] = &[
    always("topic", Str, "the topic's label"),
    always("origin", Str, "where it comes from: dictionary, discovered"),
    always("terms", StrList, "its terms or patterns, the weightiest first"),
    always("n_comments", U32, "comments that mention it"),
    always("n_mentions", U32, "mentions in comments"),
    maybe("share", F64, "n_comments / all comments"),
    always("n_authors", U32, "different known authors of those comments"),
    maybe("mean_depth", F64, "mean depth of those comments"),
    maybe(
        "inheritance",
        F64,
        "of the replies to a comment on the topic, the share that are on it too",
    ),
    always("post_mentions", U32, "mentions in the texts of posts"),
    maybe("first_at", Datetime, "time of the first dated comment on it"),
    maybe("last_at", Datetime, "time of the last dated comment on it"),
];

/// Columns of the `topic_activity` table.
pub(super) const TOPIC_ACTIVITY: &[Column] = &[
    always("topic", Str, "the topic's label"),
    always("bucket_start", Datetime, "when the bucket begins; the buckets of the activity table"),
    always("n_comments", U32, "comments on the topic written in the bucket"),
];

/// Columns of the `topic_depths` table.
pub(super) const TOPIC_DEPTHS: &[Column] = &[
    always("topic", Str, "the topic's label"),
    always("depth", U32, "1 = answers the post"),
    always("n_comments", U32, "comments on the topic at this depth"),
    always("share", F64, "n_comments / all comments at this depth"),
];

/// Columns of the `topic_authors` table.
pub(super) const TOPIC_AUTHORS: &[Column] = &[
    always("topic", Str, "the topic's label"),
    always("author", Str, "the author's name"),
    always("n_comments", U32, "the author's comments on the topic"),
];
