//! Which comments use a term, and how well terms go together.

use super::terms::Terms;
use crate::topics::measures::npmi;

/// Which comments use a term.
pub(super) struct Usage {
    /// By term, the comments that use it or answer one that does, in ascending order.
    windows: Vec<Vec<u32>>,
    /// By term, how often comments use it.
    counts: Vec<u32>,
    /// Number of comments.
    pub n: usize,
}

impl Usage {
    /// Counts the terms of comments. A window is a comment together with the one that it answers:
    /// what two people say to each other belongs together.
    pub(super) fn of(terms: &Terms, is_comment: &[bool], parents: &[Option<u32>]) -> Self {
        let mut usage = Self {
            windows: vec![Vec::new(); terms.list.len()],
            counts: vec![0; terms.list.len()],
            n: is_comment.iter().filter(|c| **c).count(),
        };
        for (document, row) in terms.rows.iter().enumerate().filter(|(d, _)| is_comment[*d]) {
            for &(term, count) in row {
                usage.windows[term as usize].push(document as u32);
                usage.counts[term as usize] += count;
            }
            let above = parents[document].map(|parent| &terms.rows[parent as usize]);
            for &(term, _) in above.into_iter().flatten() {
                let window = &mut usage.windows[term as usize];
                if window.last() != Some(&(document as u32)) {
                    window.push(document as u32);
                }
            }
        }
        usage
    }

    /// How often comments use a term.
    pub(super) fn count(&self, term: u32) -> f64 {
        f64::from(self.counts[term as usize])
    }

    /// Mean NPMI over the pairs of so many foremost terms (Lau, Newman & Baldwin 2014), in windows
    /// of a comment and the one that it answers; `None` for a single term.
    pub(super) fn coherence(&self, terms: &[(u32, f64)], most: usize) -> Option<f64> {
        let n = self.n.max(1) as f64;
        self.mean(terms, most, |a, b, both| npmi(a / n, b / n, both / n))
    }

    /// The same with half an occurrence added to what is seen and to what is expected, so that in
    /// few comments the absence of a pair is no proof that its terms repel each other.
    pub(super) fn cautious_coherence(&self, terms: &[(u32, f64)], most: usize) -> Option<f64> {
        let n = self.n.max(1) as f64;
        self.mean(terms, most, |a, b, both| {
            let (seen, expected) = (both + 0.5, a * b / n + 0.5);
            (seen / expected).ln() / -(seen / (n + 1.0)).ln()
        })
    }

    /// The mean over pairs of the foremost terms of a measure of their windows and common windows.
    fn mean(
        &self,
        terms: &[(u32, f64)],
        most: usize,
        measure: impl Fn(f64, f64, f64) -> f64,
    ) -> Option<f64> {
        let foremost = &terms[..terms.len().min(most)];
        let mut sum = 0.0;
        let mut pairs = 0;
        for (i, &(a, _)) in foremost.iter().enumerate() {
            for &(b, _) in &foremost[i + 1..] {
                let (a, b) = (&self.windows[a as usize], &self.windows[b as usize]);
                sum += measure(a.len() as f64, b.len() as f64, in_both(a, b) as f64);
                pairs += 1;
            }
        }
        (pairs > 0).then(|| sum / f64::from(pairs))
    }
}

/// How many numbers two ascending lists share.
fn in_both(mut first: &[u32], mut second: &[u32]) -> usize {
    let mut shared = 0;
    while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (first, second) {
        shared += usize::from(a == b);
        (first, second) =
            (if a <= b { rest_a } else { first }, if b <= a { rest_b } else { second });
    }
    shared
}
