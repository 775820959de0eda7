//! Which column holds what: as the user says, else guessed from the names.
//!
//! A name is compared in lower case without anything but letters and digits, so `Created_UTC`,
//! `created utc` and `createdUtc` are one. For each field the list below is tried in order, and a
//! column serves one field only. What the names cannot say can be said:
//! `--columns id=no,parent=answers`.

use crate::error::{Error, Result};
use crate::text::letters::letters;

/// What a column can hold. The words are those of `--columns`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Field {
    Id,
    Parent,
    Thread,
    Author,
    Time,
    Text,
    Score,
    Title,
    Url,
    Depth,
    ReplyTo,
    Kind,
}

/// Number of fields.
pub(super) const FIELDS: usize = NAMES.len();

/// Fields in the order in which they take their columns, their words, and the names they go by.
const NAMES: [(Field, &str, &[&str]); 12] = [
    (
        Field::Text,
        "text",
        &[
            "text",
            "body",
            "content",
            "commenttext",
            "commentbody",
            "commentcontent",
            "message",
            "messagetext",
            "comment",
            "posttext",
            "postbody",
            "fulltext",
            "textoriginal",
            "textdisplay",
            "contenttext",
            "selftext",
            "tweet",
            "reply",
            "kommentar",
            "texto",
        ],
    ),
    (
        Field::Id,
        "id",
        &[
            "commentid",
            "replyid",
            "messageid",
            "utteranceid",
            "tweetid",
            "statusid",
            "cid",
            "id",
            "recordid",
            "rowid",
            "postid",
            "no",
            "shortid",
            "sid",
            "uuid",
        ],
    ),
    (
        Field::Parent,
        "parent",
        &[
            "parentid",
            "parentcommentid",
            "commentparent",
            "replytoid",
            "inreplytoid",
            "inreplytostatusid",
            "inreplyto",
            "parent",
            "parentpostid",
            "parentmessageid",
            "inreplytotweetid",
            "replytocommentid",
            "replyingto",
            "replyto",
            "responseto",
        ],
    ),
    (
        Field::Thread,
        "thread",
        &[
            "threadid",
            "linkid",
            "conversationid",
            "discussionid",
            "submissionid",
            "topicid",
            "storyid",
            "articleid",
            "videoid",
            "thread",
            "conversation",
            "discussion",
            "topic",
            "postid",
            "rootid",
            "root",
            "pageid",
            "article",
            "articleurl",
            "pageurl",
        ],
    ),
    (
        Field::Author,
        "author",
        &[
            "author",
            "authorname",
            "username",
            "user",
            "displayname",
            "screenname",
            "nickname",
            "speaker",
            "commenter",
            "commentauthor",
            "poster",
            "handle",
            "from",
            "sender",
            "authordisplayname",
            "name",
            "by",
            "userid",
            "authorid",
            "speakerid",
            "autor",
        ],
    ),
    (
        Field::Time,
        "time",
        &[
            "createdutc",
            "unixtimestamp",
            "createdat",
            "created",
            "timestamp",
            "timestamputc",
            "datetime",
            "publishedat",
            "published",
            "postedat",
            "commentdategmt",
            "commentdate",
            "creationdate",
            "createdate",
            "createddate",
            "postdate",
            "date",
            "time",
            "datum",
            "fecha",
            "pubdate",
        ],
    ),
    (
        Field::Score,
        "score",
        &[
            "score",
            "points",
            "votes",
            "likes",
            "likecount",
            "ups",
            "upvotes",
            "favoritecount",
            "recommendations",
            "karma",
        ],
    ),
    (Field::Title, "title", &["title", "subject", "threadtitle", "headline", "posttitle"]),
    (Field::Url, "url", &["url", "threadurl", "permalink", "link"]),
    (Field::Depth, "depth", &["depth", "level", "indentlevel", "nestinglevel"]),
    (
        Field::ReplyTo,
        "reply_to",
        &["replytoname", "replytouser", "replytoauthor", "inreplytoscreenname", "replyto"],
    ),
    (Field::Kind, "kind", &["kind"]),
];

/// For each field the place of its column, and the name that the input gives it.
#[derive(Debug, Clone, Default)]
pub(in crate::formats) struct Columns {
    found: Vec<(Field, usize)>,
    names: Vec<String>,
}

impl Columns {
    /// Assigns the columns of these names. `stated` is what the user says ([field, name] pairs);
    /// a name there that is no column may still be its number, 1-based.
    pub(in crate::formats) fn assign(
        source: &str,
        names: &[String],
        stated: &[(String, String)],
    ) -> Result<Self> {
        let mut found: Vec<(Field, usize)> = Vec::new();
        for (word, name) in stated {
            let Some((field, ..)) = NAMES.iter().find(|(_, known, _)| known == word) else {
                let words: Vec<&str> = NAMES.iter().map(|(_, word, _)| *word).collect();
                let words = words.join(", ");
                return Err(Error::usage(format!(
                    "no field is called {word}; the fields are {words}"
                )));
            };
            let by_number =
                || name.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < names.len());
            let place = names.iter().position(|n| n == name).or_else(by_number);
            let Some(place) = place else {
                let message =
                    format!("no column is called {name}; the columns are {}", names.join(", "));
                return Err(Error::format(source, message));
            };
            found.push((*field, place));
        }
        let plain: Vec<String> = names.iter().map(|name| letters(name)).collect();
        for (field, _, known) in &NAMES {
            if found.iter().any(|(other, _)| other == field) {
                continue;
            }
            let free = |place: &usize| found.iter().all(|(_, taken)| taken != place);
            let place = known
                .iter()
                .find_map(|known| plain.iter().position(|name| name == known).filter(&free));
            if let Some(place) = place {
                found.push((*field, place));
            }
        }
        Ok(Self { found, names: names.to_vec() })
    }

    /// The place of a field's column.
    pub(in crate::formats) fn place(&self, field: Field) -> Option<usize> {
        self.found.iter().find(|(other, _)| *other == field).map(|(_, place)| *place)
    }

    /// The field that a column holds.
    pub(in crate::formats) fn field(&self, place: usize) -> Option<Field> {
        self.found.iter().find(|(_, other)| *other == place).map(|(field, _)| *field)
    }

    /// The name that the input gives a field.
    pub(in crate::formats) fn name(&self, field: Field) -> Option<&str> {
        self.place(field).map(|place| self.names[place].as_str())
    }

    /// A column has exactly this name.
    pub(in crate::formats) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    /// There is a text, and something that tells who, which or where: this is a table of comments.
    pub(in crate::formats) fn are_comments(&self) -> bool {
        let has = |field| self.place(field).is_some();
        has(Field::Text)
            && (has(Field::Author) || has(Field::Parent) || has(Field::Id) && has(Field::Thread))
    }
}
