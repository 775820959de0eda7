//! The ids of threads.

use crate::comment::{Discussion, Name};

/// The stated id of a thread; else one made from the name of its source and what it holds, so
/// that it is the same in every run and differs between threads (FNV-1a, 64 bits).
pub(super) fn thread_id(discussion: &Discussion) -> Name {
    if let Some(id) = &discussion.post.id {
        return id.clone();
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    let name = discussion.source.rsplit(['/', '\\']).next().unwrap_or_default();
    add(name);
    add(discussion.post.title.as_deref().unwrap_or_default());
    add(&discussion.post.text);
    for comment in discussion.comments.iter().take(3) {
        add(comment.author.as_deref().unwrap_or_default());
        add(&comment.text);
    }
    let stem = name.split('.').next().unwrap_or_default();
    let short: String = stem.chars().filter(|c| !c.is_control()).take(40).collect();
    Name::from(format!("{short}-{:08x}", hash >> 32))
}
