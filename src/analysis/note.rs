//! Text facts as bytes: what goes with a loose comment while its text may stay behind.

use super::TextFacts;
use crate::gather::{take_unsigned, unsigned};
use crate::topics::Hit;

/// All codes of ISO 639-1, one after the other.
const CODES: &str = "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteu\
                     fafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknko\
                     krkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapi\
                     plpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukur\
                     uzvevivowawoxhyiyozazhzu";

/// Writes facts; [`read`] gives them back.
pub(super) fn write(to: &mut Vec<u8>, facts: &TextFacts) {
    to.clear();
    unsigned(to, u64::from(facts.n_words));
    unsigned(to, u64::from(facts.n_chars));
    unsigned(to, facts.language.and_then(index).map_or(0, |i| i as u64 + 1));
    for hit in &facts.topics {
        unsigned(to, u64::from(hit.topic));
        unsigned(to, u64::from(hit.mentions));
    }
}

/// Reads facts back; nothing is lost but what [`write`] was not given.
pub(super) fn read(mut note: &[u8]) -> TextFacts {
    let mut next = || take_unsigned(&mut note);
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
            write(&mut note, &facts);
            assert_eq!(read(&note), facts);
        }
    }
}
