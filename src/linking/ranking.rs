//! Probabilities put in order: what decoding hands over for each comment.

/// The parents that a comment may have, likeliest first; [`super::branches::NONE`] is a parent
/// absent from the page.
pub(super) type Ranking = Vec<(u32, f32)>;

/// How posteriors become probabilities that mean what they say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calibration {
    /// The power to which posteriors are raised: the features cover for each other, so that sums of
    /// them are too timid.
    pub(super) sharpness: f64,
    /// The probability that people answered for no reason that the features see; it is shared by
    /// all parents of a comment.
    pub(super) doubt: f64,
}

impl Calibration {
    /// Posteriors as they are.
    pub(super) const NONE: Self = Self { sharpness: 1.0, doubt: 0.0 };
}

/// Sums the probabilities by parent, calibrates and sorts them; the nearer parent goes first among
/// equals.
pub(super) fn rank(choices: impl Iterator<Item = (u32, f64)>, calibration: Calibration) -> Ranking {
    let mut sums: Vec<(u32, f64)> = Vec::new();
    for (parent, probability) in choices {
        match sums.iter_mut().find(|(other, _)| *other == parent) {
            Some((_, sum)) => *sum += probability,
            None => sums.push((parent, probability)),
        }
    }
    for (_, sum) in &mut sums {
        *sum = sum.powf(calibration.sharpness);
    }
    let total: f64 = sums.iter().map(|(_, sum)| sum).sum();
    let each = calibration.doubt / sums.len() as f64;
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    let probability = |sum: f64| ((1.0 - calibration.doubt) * sum / total + each) as f32;
    sums.into_iter().map(|(parent, sum)| (parent, probability(sum))).collect()
}

/// ln(e^a + e^b).
pub(super) fn log_sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
