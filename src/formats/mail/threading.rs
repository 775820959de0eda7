//! Who answers whom among mails: by `References` and `In-Reply-To`, never by dates or guesses.
//!
//! After Jamie Zawinski's method (<https://www.jwz.org/doc/threading.html>): every id that is
//! mentioned is an entry, present or not; a mail answers the mail in `In-Reply-To` if that is
//! present and not among its references, else the last of these that is present; where none is, the absent one is stated as the parent, and linking sets a placeholder.
//! Mails that share any entry form one conversation. Subjects tie mails together only on request:
//! then a reply without references answers the latest earlier mail with the same subject.

use std::collections::HashMap;

use crate::comment::{Name, ReplyTo};

/// What a mail states of its place.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// Its own id.
    pub id: Option<Name>,
    /// The ids of `References`, oldest first.
    pub named: Vec<Name>,
    /// The ids of `In-Reply-To`.
    pub answered: Vec<Name>,
    /// The subject without `Re:` and the like, in lower case.
    pub topic: Option<String>,
    /// The subject begins with `Re:` or the like.
    pub is_reply: bool,
}

/// For each mail the number of its conversation and what it answers.
#[must_use]
pub fn place(mails: &[&References], by_subject: bool) -> Vec<(usize, ReplyTo)> {
    let mut entries = Entries::default();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (place, mail) in mails.iter().enumerate() {
        if let Some(id) = &mail.id {
            by_id.entry(id).or_insert(place);
        }
    }
    let mut latest: HashMap<&str, usize> = HashMap::new();
    let mut placed = Vec::with_capacity(mails.len());
    for (place, mail) in mails.iter().enumerate() {
        let own = entries.of_mail(place);
        for id in mail.id.iter().chain(&mail.named).chain(&mail.answered) {
            let other = entries.of_id(id);
            entries.tie(own, other);
        }
        let is_other = |id: &&Name| mail.id.as_ref() != Some(*id);
        let present = |id: &&Name| by_id.get(id.as_str()).is_some_and(|other| *other != place);
        let backwards = || mail.named.iter().rev().filter(is_other);
        let answered = || mail.answered.iter().filter(is_other);
        // Some programs name the mail that is answered in `In-Reply-To` alone.
        let unnamed = |id: &&Name| !mail.named.contains(*id);
        let parent = answered()
            .filter(unnamed)
            .find(present)
            .or_else(|| backwards().find(present))
            .or_else(|| answered().find(present))
            .or_else(|| backwards().next())
            .or_else(|| answered().next());
        let mut reply_to = match parent {
            Some(parent) => ReplyTo::id(parent.clone()),
            // A reply that does not say to what: linking may find out.
            None if mail.is_reply => ReplyTo::default(),
            None => ReplyTo::post(),
        };
        if let Some(topic) = mail.topic.as_deref().filter(|topic| by_subject && !topic.is_empty()) {
            if let Some(&earlier) = latest.get(topic).filter(|_| parent.is_none() && mail.is_reply)
            {
                let other = entries.of_mail(earlier);
                entries.tie(own, other);
                if let Some(id) = &mails[earlier].id {
                    reply_to = ReplyTo::id(id.clone());
                }
            }
            latest.insert(topic, place);
        }
        placed.push(reply_to);
    }
    let conversations: Vec<usize> = (0..mails.len())
        .map(|place| {
            let own = entries.of_mail(place);
            entries.root(own)
        })
        .collect();
    conversations.into_iter().zip(placed).collect()
}

/// Ids and mails, tied into conversations: disjoint sets with halved paths.
#[derive(Default)]
struct Entries {
    ids: HashMap<Name, usize>,
    mails: HashMap<usize, usize>,
    above: Vec<usize>,
}

impl Entries {
    fn of_id(&mut self, id: &Name) -> usize {
        if let Some(&entry) = self.ids.get(id) {
            return entry;
        }
        self.above.push(self.above.len());
        self.ids.insert(id.clone(), self.above.len() - 1);
        self.above.len() - 1
    }

    fn of_mail(&mut self, place: usize) -> usize {
        let above = &mut self.above;
        *self.mails.entry(place).or_insert_with(|| {
            above.push(above.len());
            above.len() - 1
        })
    }

    fn root(&mut self, mut entry: usize) -> usize {
        while self.above[entry] != entry {
            self.above[entry] = self.above[self.above[entry]];
            entry = self.above[entry];
        }
        entry
    }

    fn tie(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        self.above[high] = low;
    }
}
