//! A page platform as data: the TOML file that teaches a platform, or a user's own forum.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{markup::Markup, plain::Plain};

/// One platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The word for `--format`, the tables and the documentation.
    pub name: String,
    /// One sentence: what it is.
    pub about: String,
    /// The platform's only way to answer somebody is `@Name` at the beginning of a comment. Default:
    /// `false`, there it is a hint.
    #[serde(default)]
    pub addresses: bool,
    /// How to read the saved page: one table for each generation of its markup.
    #[serde(default)]
    pub markup: Vec<Markup>,
    /// How to read the text.
    pub plain: Option<Plain>,
    /// Words of the platform by language (ISO 639-1), beside those of [`common_phrases`].
    #[serde(default)]
    pub phrases: BTreeMap<String, Phrases>,
}

/// The words that comment pages use in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phrases {
    /// Behind the author's name: `Ann says:`.
    pub says: Vec<String>,
    /// Before the name of the one answered, on a line of its own.
    pub reply_to: Vec<String>,
    /// Links and buttons below a comment; a line of nothing else is no text.
    pub actions: Vec<String>,
    /// What a page prints beside a name: roles, ranks.
    pub labels: Vec<String>,
    /// Words of a declared count, in lower case: `27 comments`.
    pub counts: Vec<String>,
    /// How a page says that nobody has commented: `Be the first to comment`.
    pub none: Vec<String>,
    /// What opens the comment form or ends the comment section.
    pub forms: Vec<String>,
    /// Headings of what follows the comments on a page, each the whole of a line.
    pub ends: Vec<String>,
    /// Links that hold back comments, in lower case.
    pub more: Vec<String>,
    /// What stands in the place of a removed comment.
    pub deleted: Vec<String>,
    /// Openings of remarks that a site adds below a comment: `Last edited`.
    pub notes: Vec<String>,
    /// Between a name and the quotation of its words: `Ann wrote:`.
    pub wrote: Vec<String>,
    /// What a forum prints before the number of an author's posts: `Posts: 12`.
    pub posts: Vec<String>,
    /// What a forum prints before the day on which an author joined.
    pub joined: Vec<String>,
}

/// The profiles that are built in: name and TOML.
const BUILT_IN: &[(&str, &str)] = &[
    ("wpdiscuz", include_str!("../profiles/wpdiscuz.toml")),
    ("wordpress", include_str!("../profiles/wordpress.toml")),
    ("blogger", include_str!("../profiles/blogger.toml")),
    ("typepad", include_str!("../profiles/typepad.toml")),
    ("movabletype", include_str!("../profiles/movabletype.toml")),
    ("disqus", include_str!("../profiles/disqus.toml")),
    ("hackernews", include_str!("../profiles/hackernews.toml")),
    ("reddit", include_str!("../profiles/reddit.toml")),
    ("slashdot", include_str!("../profiles/slashdot.toml")),
    ("scoop", include_str!("../profiles/scoop.toml")),
    ("livejournal", include_str!("../profiles/livejournal.toml")),
    ("phpbb", include_str!("../profiles/phpbb.toml")),
    ("vbulletin", include_str!("../profiles/vbulletin.toml")),
    ("xenforo", include_str!("../profiles/xenforo.toml")),
    ("ipboard", include_str!("../profiles/ipboard.toml")),
    ("smf", include_str!("../profiles/smf.toml")),
    ("mybb", include_str!("../profiles/mybb.toml")),
    ("fluxbb", include_str!("../profiles/fluxbb.toml")),
    ("kunena", include_str!("../profiles/kunena.toml")),
    ("nodebb", include_str!("../profiles/nodebb.toml")),
    ("bbpress", include_str!("../profiles/bbpress.toml")),
    ("discuz", include_str!("../profiles/discuz.toml")),
    ("discourse", include_str!("../profiles/discourse.toml")),
    ("youtube", include_str!("../profiles/youtube.toml")),
    ("facebook", include_str!("../profiles/facebook.toml")),
    ("guardian", include_str!("../profiles/guardian.toml")),
    ("coral", include_str!("../profiles/coral.toml")),
    ("viafoura", include_str!("../profiles/viafoura.toml")),
    ("openweb", include_str!("../profiles/openweb.toml")),
    ("nytimes", include_str!("../profiles/nytimes.toml")),
    ("dailymail", include_str!("../profiles/dailymail.toml")),
    ("ghost", include_str!("../profiles/ghost.toml")),
    ("substack", include_str!("../profiles/substack.toml")),
    ("lemmy", include_str!("../profiles/lemmy.toml")),
    ("mastodon", include_str!("../profiles/mastodon.toml")),
    ("lobsters", include_str!("../profiles/lobsters.toml")),
    ("trac", include_str!("../profiles/trac.toml")),
    ("bugzilla", include_str!("../profiles/bugzilla.toml")),
    ("launchpad", include_str!("../profiles/launchpad.toml")),
    ("redmine", include_str!("../profiles/redmine.toml")),
    ("stackexchange", include_str!("../profiles/stackexchange.toml")),
    ("github", include_str!("../profiles/github.toml")),
    ("drupal", include_str!("../profiles/drupal.toml")),
    ("spip", include_str!("../profiles/spip.toml")),
    ("newsvine", include_str!("../profiles/newsvine.toml")),
    ("sbnation", include_str!("../profiles/sbnation.toml")),
    ("huffpost", include_str!("../profiles/huffpost.toml")),
    ("food52", include_str!("../profiles/food52.toml")),
    ("guestbook", include_str!("../profiles/guestbook.toml")),
];

/// The profiles that are built in, in the order in which ties are named.
#[must_use]
pub fn built_in() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        let read = |(_, text): &(&str, &str)| parse(text).expect("a test reads every profile");
        BUILT_IN.iter().map(read).collect()
    });
    &PROFILES
}

/// The words that pages of all platforms share, by language.
#[must_use]
pub fn common_phrases() -> &'static BTreeMap<String, Phrases> {
    static COMMON: LazyLock<BTreeMap<String, Phrases>> = LazyLock::new(|| {
        toml::from_str(include_str!("phrases.toml")).expect("a test reads the common phrases")
    });
    &COMMON
}

/// Reads a profile from TOML; the error says where the text is wrong.
pub fn parse(text: &str) -> Result<Profile, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())
}
