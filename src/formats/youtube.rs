//! YouTube: yt-dlp's `info.json`, answers of the Data API, and youtube-comment-downloader.
//!
//! * yt-dlp `--write-comments` writes `VIDEO.info.json` with `comments`
//!   (<https://github.com/yt-dlp/yt-dlp>).
//! * The Data API v3 answers pages of `youtube#commentThread`s and `youtube#comment`s
//!   (<https://developers.google.com/youtube/v3/docs/commentThreads>); several pages may follow
//!   each other. Threads that hold more replies than were answered are counted.
//! * youtube-comment-downloader writes one comment a line
//!   (<https://github.com/egbertbouman/youtube-comment-downloader>).
//!
//! | field of ours | yt-dlp | Data API | downloader |
//! |---|---|---|---|
//! | id | `id` | `id` | `cid` |
//! | author | `author` | `authorDisplayName` | `author` |
//! | parent | `parent`; `root` = the video | `parentId` | the part of `cid` before the dot |
//! | created | `timestamp` | `publishedAt` | `time_parsed` |
//! | score | `like_count` | `likeCount` | `votes` |
//! | text | `text` | `textOriginal`, else `textDisplay`, HTML | `text` |
//! | thread | `id` of the video | `videoId` | the whole file |
//!
//! YouTube shows two levels: replies to replies state the first comment as their parent, and whom
//! they answer only as `@handle` in the text. Times of yt-dlp and the downloader are computed by
//! them from words such as "2 years ago". Not read: live chat.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of YouTube.
pub struct YouTube;

impl Format for YouTube {
    fn name(&self) -> &'static str {
        "youtube"
    }

    fn about(&self) -> &'static str {
        "YouTube comments: yt-dlp info.json, Data API answers, youtube-comment-downloader"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &[]) else { return 0.0 };
        let Some(root) = document.root() else { return 0.0 };
        let first = if root.is_array() { root.items().next().unwrap_or(root) } else { root };
        let kind = first.str_at("kind").unwrap_or_default();
        let has = |key| first.get(key).is_some();
        let is_info = has("webpage_url") || has("extractor") || has("uploader_id");
        let is_line = has("cid") && has("text") && has("votes");
        match () {
            () if kind.starts_with("youtube#comment") => 0.98,
            () if is_info && (has("comments") || sample.name.contains("info.json")) => 0.95,
            () if is_line => 0.95,
            () => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        let mut parts = Vec::new();
        json::preorder(document.roots(), |node, _| unfold(node, &mut parts));
        let (mut stubs, mut hidden) = (0, 0);
        for part in parts {
            match part {
                Part::Video(video) => threads.post(post(video), declared(video))?,
                Part::Comment { data, video } => {
                    let number = threads.record();
                    match comment(data, number).filter(|_| !data.is_cut()) {
                        Some(comment) => {
                            let video =
                                video.or_else(|| data.path(&["snippet", "videoId"])?.name());
                            threads.comment(&video.unwrap_or_default(), comment)?;
                        }
                        None if data.is_cut() => {}
                        None => {
                            threads.bad(number, "a comment without an id or a text", data.raw());
                        }
                    }
                }
                Part::Hidden(comments) => {
                    stubs += 1;
                    hidden += comments;
                }
            }
        }
        threads.hidden(stubs, hidden);
        document.report(&mut threads);
        threads.finish()
    }
}

/// What a document holds, in its order.
enum Part<'d> {
    /// yt-dlp's description of the video.
    Video(Node<'d>),
    Comment {
        data: Node<'d>,
        video: Option<Name>,
    },
    /// So many replies that the answer leaves out.
    Hidden(u64),
}

/// Takes the comments out of whatever wraps them; what is returned is looked into as well.
fn unfold<'d>(node: Node<'d>, parts: &mut Vec<Part<'d>>) -> Option<json::Items<'d>> {
    if node.is_array() {
        return Some(node.items());
    }
    match node.str_at("kind") {
        Some("youtube#commentThread") => thread(node, parts),
        Some("youtube#comment") => {
            parts.push(Part::Comment { data: node, video: None });
        }
        Some(_) if node.get("items").is_some() => return node.get("items").map(Node::items),
        _ if node.get("comments").is_some() || node.get("webpage_url").is_some() => {
            parts.push(Part::Video(node));
            let video = node.name_at("id");
            for data in node.get("comments").into_iter().flat_map(Node::items) {
                parts.push(Part::Comment { data, video: video.clone() });
            }
        }
        _ => parts.push(Part::Comment { data: node, video: None }),
    }
    None
}

/// A thread of the Data API: its first comment, then those replies that came along.
fn thread<'d>(node: Node<'d>, parts: &mut Vec<Part<'d>>) {
    let Some(snippet) = node.get("snippet") else { return };
    let video = snippet.name_at("videoId");
    if let Some(data) = snippet.get("topLevelComment") {
        parts.push(Part::Comment { data, video: video.clone() });
    }
    let mut found = 0;
    for data in node.path(&["replies", "comments"]).into_iter().flat_map(Node::items) {
        found += 1;
        parts.push(Part::Comment { data, video: video.clone() });
    }
    let total = snippet.int_at("totalReplyCount").unwrap_or(0);
    if total > found {
        parts.push(Part::Hidden((total - found) as u64));
    }
}

fn post(video: Node<'_>) -> Post {
    let uploaded = || dates::iso8601(video.str_at("upload_date")?);
    Post {
        id: video.name_at("id"),
        title: video.any(&["title", "fulltitle"]).and_then(Node::str).map(str::to_owned),
        url: video.str_at("webpage_url").map(str::to_owned),
        author: video.any(&["uploader", "channel"]).and_then(Node::name),
        created: video.int_at("timestamp").and_then(dates::epoch_seconds).or_else(uploaded),
        text: markup::plain(video.str_at("description").unwrap_or_default()),
    }
}

fn declared(video: Node<'_>) -> Option<u32> {
    u32::try_from(video.int_at("comment_count")?).ok()
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let fields = data.get("snippet").unwrap_or(data);
    let id = data.any(&["id", "cid"])?.name()?;
    let text = match fields.any(&["text", "textOriginal"]).and_then(Node::str) {
        Some(text) => markup::plain(text),
        None => markup::html(fields.get("textDisplay")?.str()?),
    };
    let stated = data.name_at("parent").or_else(|| fields.name_at("parentId"));
    let parent = stated
        .or_else(|| id.split_once('.').map(|(parent, _)| Name::from(parent)))
        .filter(|parent| parent != "root");
    Some(Comment {
        author: fields.any(&["author", "authorDisplayName"]).and_then(Node::name),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: created(fields),
        score: fields.any(&["like_count", "likeCount", "votes"]).and_then(votes),
        text,
        line: Some(number),
        id: Some(id),
        ..Comment::default()
    })
}

/// A number of votes, also as the page abbreviates it: `1.2K`.
fn votes(value: Node<'_>) -> Option<i64> {
    let text = value.text()?.trim();
    let factor = match text.chars().last()?.to_ascii_uppercase() {
        'K' => 1e3,
        'M' => 1e6,
        _ => return value.int(),
    };
    let number: f64 = text[..text.len() - 1].trim().replace(',', ".").parse().ok()?;
    Some((number * factor).round() as i64)
}

fn created(fields: Node<'_>) -> Option<Moment> {
    if let Some(time) = fields.str_at("publishedAt") {
        return dates::iso8601(time);
    }
    fields.any(&["timestamp", "time_parsed"])?.float().and_then(dates::epoch_seconds_f64)
}
