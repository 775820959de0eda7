//! The weights: how much each feature counts, by the genre of the page.
//!
//! Fixed numbers, fitted once to threads whose parents are known (docs/linking.md names them, the
//! method and the figures).

use super::features::N;
use super::page::{Genre, Timing};

/// How much each feature counts, and how much it costs to declare a parent absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weights {
    /// In the order of the features.
    pub(super) features: [f32; N],
    /// Score of "the parent is not on the page", where the branch has no candidate.
    pub(super) absent: f32,
}

impl Weights {
    /// The weights for a page.
    pub(super) fn of(genre: Genre, timing: Timing) -> Self {
        let column = |pick: fn(&Row) -> f32| {
            let mut features = [0.0; N];
            for (weight, row) in features.iter_mut().zip(&TABLE) {
                *weight = pick(row);
            }
            features
        };
        match (genre, timing) {
            (Genre::Mail, _) => Self { features: column(|row| row.2), absent: -0.03 },
            (Genre::Web, Timing::Exact) => Self { features: column(|row| row.1), absent: -1.21 },
            (Genre::Web, _) => Self { features: column(|row| row.3), absent: -1.13 },
        }
    }
}

/// A feature's name; its weight on the web; in mail; on the web without minute-exact times.
type Row = (&'static str, f32, f32, f32);

#[rustfmt::skip]
const TABLE: [Row; N] = [
    ("tip",        0.07, -0.18,  0.06),
    ("pop",       -0.27, -0.50, -0.28),
    ("top",        0.29,  0.47,  0.18),
    ("ldt",       -0.22,  0.05,  0.0),
    ("ldt_tip",   -0.61,  0.26,  0.0),
    ("dtrel",     -0.77, -0.53,  0.0),
    ("neg",       -4.90, -1.87, -4.90),
    ("viol",      -3.67, -2.62, -3.67),
    ("sim",        2.72, -1.39,  3.76),
    ("qcont",      1.18,  2.38,  1.33),
    ("qrel",       1.57,  1.60,  2.26),
    ("nsh",        1.11,  0.24,  1.32),
    ("dyad",       0.44,  0.13,  0.62),
    ("dyad_tip",   1.26,  0.43,  1.44),
    ("self_tip",   1.08, -1.14,  1.59),
    ("self_r1",    0.53,  1.05,  0.54),
    ("self_dyad",  0.11, -0.47, -0.18),
    ("again",     -1.08,  0.52, -0.88),
    ("childsim",   0.81,  0.31,  1.51),
    ("lgap",      -0.70, -0.45,  0.0),
    ("plen",       1.06, -0.07,  1.24),
    ("plen_tip",   0.28, -0.19,  0.72),
    ("q_tip",      0.43, -0.20,  1.03),
    ("pop_ldt",   -0.23, -0.38,  0.0),
    ("self_ldt",  -0.42, -0.02,  0.0),
];

#[cfg(test)]
mod tests {
    use super::super::features::FEATURES;
    use super::*;

    #[test]
    fn every_weight_stands_in_the_row_of_its_feature() {
        let named: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
        let features: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
        assert_eq!(named, features);
    }
}
