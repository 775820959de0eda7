//! One discussion to everything that is known of it.

use std::sync::atomic::Ordering;

use super::identity::thread_id;
use super::texts::Measure;
use super::{Analyzed, Options, Sheet, TextFacts, note};
use crate::comment::Discussion;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::gather::{Gathered, Notes, Share};
use crate::linking::habits::Orders;
use crate::linking::{self, Given};
use crate::metrics;
use crate::thread::Thread;

/// Makes the discussions of a share of the loose comments and puts them on a sheet.
pub(super) fn of_share(
    share: Share,
    mut sheet: Box<dyn Sheet>,
    measure: &Measure,
    options: &Options,
) -> Result<Box<dyn Sheet>> {
    sheet.expect(share.records());
    share.each(note::retrieved, |Gathered { discussion, notes }, odd| {
        let read = discussion.comments.len() as u64;
        let (thread, diagnostics) = link(discussion, None, options);
        odd.into_iter().chain(diagnostics).for_each(|diagnostic| sheet.diagnostic(diagnostic));
        sheet.thread(describe(thread, Some(&notes), measure, options));
        options.pulse.finished.fetch_add(read, Ordering::Relaxed);
        Ok(())
    })?;
    sheet.close();
    Ok(sheet)
}

/// Finds the parents of a discussion's comments.
pub(super) fn link(
    discussion: Discussion,
    orders: Option<Orders>,
    options: &Options,
) -> (Thread, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let id = thread_id(&discussion);
    let given = Given { absent: options.absent, orders };
    let thread = linking::link_with(id, discussion, given, &mut diagnostics);
    (thread, diagnostics)
}

/// Everything that is known of a thread. Texts are measured here unless notes say what they were.
pub(super) fn describe(
    mut thread: Thread,
    notes: Option<&Notes>,
    measure: &Measure,
    options: &Options,
) -> Analyzed {
    let texts = (1..=thread.len())
        .map(|place| match (notes, thread.position(place)) {
            (Some(_), 0) => TextFacts::default(),
            (Some(notes), position) => note::read(notes.get(position as usize - 1)),
            (None, _) => measure.text(&thread.comment(place).text),
        })
        .collect();
    let measures = metrics::measure_but(&thread, &options.skip_metrics);
    let post_topics = measure.topics().hits(&thread.post().text);
    if options.read.skip_text {
        thread.forget_texts();
    }
    Analyzed { thread, measures, texts, post_topics }
}
