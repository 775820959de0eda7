//! Probabilities put in order: what decoding hands over for each comment.

/// The parents that a comment may have, likeliest first; [`super::branches::NONE`] is a parent
/// absent from the page.
pub(super) type Ranking = Vec<(u32, f32)>;

/// Sums the probabilities by parent, sharpens and sorts them; the nearer parent goes first among
/// equals.
pub(super) fn rank(choices: impl Iterator<Item = (u32, f64)>, sharpness: f64) -> Ranking {
    let mut sums: Vec<(u32, f64)> = Vec::new();
    for (parent, probability) in choices {
        match sums.iter_mut().find(|(other, _)| *other == parent) {
            Some((_, sum)) => *sum += probability,
            None => sums.push((parent, probability)),
        }
    }
    for (_, sum) in &mut sums {
        *sum = sum.powf(sharpness);
    }
    let total: f64 = sums.iter().map(|(_, sum)| sum).sum();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    sums.into_iter().map(|(parent, sum)| (parent, (sum / total) as f32)).collect()
}

/// ln(e^a + e^b).
pub(super) fn log_sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
