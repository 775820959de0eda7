//! What is known of a loose comment beside itself, as bytes that go with it: what its text is like,
//! for the text may stay behind, and when it was retrieved again.

use super::TextFacts;
use crate::gather::{take_unsigned, unsigned};
use crate::topics::Hit;

/// All codes of ISO 639-1, one after the other.
const CODES: &str = "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteu\
                     fafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknko\
                     krkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapi\
                     plpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukur\
                     uzvevivowawoxhyiyozazhzu";

/// Writes facts, which [`read`] gives back, and when the comment was retrieved again.
pub(super) fn write(to: &mut Vec<u8>, facts: &TextFacts, retrieved: Option<u64>) {
    to.clear();
    unsigned(to, retrieved.unwrap_or(0));
    unsigned(to, u64::from(facts.n_words));
    unsigned(to, u64::from(facts.n_chars));
    unsigned(to, facts.language.and_then(index).map_or(0, |i| i as u64 + 1));
    for hit in &facts.topics {
        unsigned(to, u64::from(hit.topic));
        unsigned(to, u64::from(hit.mentions));
    }
}

/// When the comment of a note was retrieved again; 0 = it was not.
pub(super) fn retrieved(mut note: &[u8]) -> u64 {
    take_unsigned(&mut note).unwrap_or(0)
}

/// Reads facts back; nothing is lost but what [`write`] was not given.
pub(super) fn read(mut note: &[u8]) -> TextFacts {
    let mut next = || take_unsigned(&mut note);
    next();
    let n_words = next().unwrap_or(0) as u32;
    let n_chars = next().unwrap_or(0) as u32;
    let language = next().and_then(|i| code((i as usize).checked_sub(1)?));
    let mut topics = Vec::new();
    while let (Some(topic), Some(mentions)) = (next(), next()) {
        topics.push(Hit { topic: topic as u32, mentions: mentions as u32 });
    }
    TextFacts { n_words, n_chars, language, topics }
}

fn index(language: &str) -> Option<usize> {
    CODES.as_bytes().chunks(2).position(|code| code == language.as_bytes())
}

fn code(index: usize) -> Option<&'static str> {
    CODES.get(2 * index..2 * index + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_their_note() {
        let topics = vec![Hit { topic: 3, mentions: 200 }, Hit { topic: 0, mentions: 1 }];
        for language in [None, Some("aa"), Some("de"), Some("zu")] {
            let facts = TextFacts { n_words: 7, n_chars: 40_000, language, topics: topics.clone() };
            let mut note = vec![1, 2, 3];
            write(&mut note, &facts, Some(1_700_000_000));
            assert_eq!(read(&note), facts);
            assert_eq!(retrieved(&note), 1_700_000_000);
        }
    }
}
