//! The formulas by which words and topics are judged. Pure functions of counts.
//!
//! Each is held by a test against an independent calculation on small tables.

/// Log-likelihood ratio G² of a word that occurs `a` times in `n` words of one text and `b` times
/// in `m` words of another: twice the sum of observed · ln(observed / expected) over the words
/// themselves. Rayson & Garside (2000), after Dunning (1993). 3.84 is significant at 5 %, 15.13 at
/// 0.01 %. Zero where either text is empty.
#[must_use]
pub fn keyness_g2(a: f64, n: f64, b: f64, m: f64) -> f64 {
    if n <= 0.0 || m <= 0.0 {
        return 0.0;
    }
    let share = (a + b) / (n + m);
    let part =
        |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
    2.0 * (part(a, n * share) + part(b, m * share))
}

/// What the log-odds ratio of a word says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOdds {
    /// Difference of the log-odds; above 0 where the first text has more of the word.
    pub delta: f64,
    /// The difference in units of its standard deviation; beyond ±1.96 it is significant at 5 %.
    pub z: f64,
}

/// Log-odds ratio with an informative Dirichlet prior: a word that occurs `a` times in `n` words
/// of one text and `b` times in `m` words of another, where the prior expects it `prior` times in
/// `prior_total` words. Monroe, Colaresi & Quinn (2008), eqs. 15, 16, 19, 22.
///
/// `prior` must be above 0 and below `prior_total`; so every word has a finite value, and rare
/// words are drawn towards 0 instead of to the top.
#[must_use]
pub fn log_odds(a: f64, n: f64, b: f64, m: f64, prior: f64, prior_total: f64) -> LogOdds {
    let odds = |seen: f64, total: f64| ((seen + prior) / (total + prior_total - seen - prior)).ln();
    let delta = odds(a, n) - odds(b, m);
    let variance = 1.0 / (a + prior) + 1.0 / (b + prior);
    LogOdds { delta, z: delta / variance.sqrt() }
}

/// Normalized pointwise mutual information of two events of probabilities `x` and `y` that occur
/// together with probability `xy`: from -1 (never together) over 0 (independent) to 1 (only
/// together). Bouma (2009). -1 where `xy` is 0.
#[must_use]
pub fn npmi(x: f64, y: f64, xy: f64) -> f64 {
    if xy <= 0.0 {
        return -1.0;
    }
    if xy >= 1.0 {
        return 1.0;
    }
    (xy / (x * y)).ln() / -xy.ln()
}

/// Class-based TF-IDF: weight of a term that occurs `in_class` times in a class and `in_all` times
/// in all classes, whose mean size is `mean_size` terms: tf · ln(1 + mean size / frequency).
/// Grootendorst (2022), eq. 2.
#[must_use]
pub fn c_tf_idf(in_class: f64, in_all: f64, mean_size: f64) -> f64 {
    if in_all <= 0.0 {
        return 0.0;
    }
    in_class * (1.0 + mean_size / in_all).ln()
}
