//! What the metrics of one thread share, counted once.
//!
//! It holds counts and sorted series, no figure: each figure has its own constant in the
//! registry, which reads them from here.

use super::attention::Authors;
use super::delay::Delays;
use super::exchange::Exchanges;
use super::shape::Shape;
use super::timeline::Timeline;
use crate::thread::Thread;

/// The counts of one thread that its metrics are made from.
#[derive(Debug)]
pub struct Context<'t> {
    /// The thread itself.
    pub thread: &'t Thread,
    /// Depths, breadths, leaves.
    pub shape: Shape,
    /// Who answers whom.
    pub exchanges: Exchanges,
    /// Comments of each author.
    pub authors: Authors,
    /// The comments in order of time.
    pub timeline: Timeline,
    /// How long replies took.
    pub delays: Delays,
}

impl<'t> Context<'t> {
    /// Counts everything in a few linear passes.
    #[must_use]
    pub fn of(thread: &'t Thread) -> Self {
        let timeline = Timeline::of(thread);
        Self {
            thread,
            shape: Shape::of(thread),
            exchanges: Exchanges::of(thread),
            authors: Authors::of(thread, &timeline),
            timeline,
            delays: Delays::of(thread),
        }
    }
}
