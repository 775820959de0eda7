//! Figures of many values at once: their middle, their distribution, how two go together.

/// The middle of some values; of an even number the lower one.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// Counts in so many equal steps between two ends.
pub(crate) fn counts(
    values: impl Iterator<Item = f64>,
    (low, high): (f64, f64),
    steps: usize,
) -> Vec<f64> {
    let mut counts = vec![0.0; steps];
    for value in values {
        let step = (value - low) / (high - low) * steps as f64;
        counts[(step.max(0.0) as usize).min(steps - 1)] += 1.0;
    }
    counts
}

/// Spearman's rank correlation; none below three pairs or where one side does not vary.
pub(crate) fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let ranks = |values: Vec<f64>| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut ranks = vec![0.0; values.len()];
        let mut start = 0;
        while start < order.len() {
            let mut end = start;
            while end < order.len() && values[order[end]].total_cmp(&values[order[start]]).is_eq() {
                end += 1;
            }
            // Equal values share the mean of their ranks.
            let rank = (start + end - 1) as f64 / 2.0;
            order[start..end].iter().for_each(|&i| ranks[i] = rank);
            start = end;
        }
        ranks
    };
    let a = ranks(pairs.iter().map(|pair| pair.0).collect());
    let b = ranks(pairs.iter().map(|pair| pair.1).collect());
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum()
    };
    let spread = product(&a, &a) * product(&b, &b);
    (pairs.len() >= 3 && spread > 0.0).then(|| product(&a, &b) / spread.sqrt())
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        assert_eq!(median([3.0, 1.0, 2.0, 9.0].into_iter()), 2.0);
        assert_eq!(median(std::iter::empty()), 0.0);
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 4.0), (3.0, 9.0)]), Some(1.0));
        assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), Some(-1.0));
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]), None);
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
        let tied = rank_correlation(&[(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (9.0, 4.0)]);
        assert!(tied.is_some_and(|r| (r - 0.948_683_3).abs() < 1e-6));
        assert_eq!(counts([0.0, 0.5, 1.0].into_iter(), (0.0, 1.0), 2), [1.0, 2.0]);
    }
}
