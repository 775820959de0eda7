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
    /// The power to which posteriors are raised, so that they mean what they say.
    pub(super) sharpness: f64,
}

/// On the web, posteriors of the beam are a little too timid: found on the threads that the
/// weights were fitted to.
const SHARPNESS: f64 = 1.15;

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
        let (features, absent, sharpness) = match (genre, timing) {
            (Genre::Web, Timing::Exact) => (column(|row| row.1), -1.21, SHARPNESS),
            (Genre::Web | Genre::Chat, Timing::Coarse | Timing::Absent) => {
                (column(|row| row.2), -1.13, 1.0)
            }
            (Genre::Chat, Timing::Exact) => (column(|row| row.3), -1.21, 1.0),
            (Genre::Patches, _) => (column(|row| row.4), -0.03, 1.0),
        };
        Self { features, absent, sharpness }
    }

    /// The weights with a name that people can give.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        match name {
            "web" => Some(Self::of(Genre::Web, Timing::Exact)),
            "web untimed" => Some(Self::of(Genre::Web, Timing::Absent)),
            "chat" => Some(Self::of(Genre::Chat, Timing::Exact)),
            "patches" => Some(Self::of(Genre::Patches, Timing::Exact)),
            _ => None,
        }
    }
}

/// A feature's name; its weight on the web; there without minute-exact times; in chat; in mail
/// with patches.
type Row = (&'static str, f32, f32, f32, f32);

#[rustfmt::skip]
const TABLE: [Row; N] = [
    ("tip",                0.09,   0.06,  -0.35,  -0.18),
    ("pop",               -0.57,  -0.28,  -1.18,  -0.50),
    ("top",                0.51,   0.18,   0.30,   0.47),
    ("ldt",               -0.19,    0.0,  -0.81,   0.05),
    ("ldt_tip",           -0.66,    0.0,  -1.41,   0.26),
    ("dtrel",             -0.77,    0.0,  -1.12,  -0.53),
    ("neg",               -4.94,  -4.90,  -5.22,  -1.87),
    ("viol",              -3.70,  -3.67,  -3.95,  -2.62),
    ("sim",                2.61,   3.76,   2.73,  -1.39),
    ("qcont",              1.31,   1.33,   1.18,   2.38),
    ("qrel",               1.70,   2.26,   1.57,   1.60),
    ("nsh",                0.98,   1.32,   1.36,   0.24),
    ("dyad",               0.04,   0.62,   0.37,   0.13),
    ("dyad_tip",           0.93,   1.44,   0.78,   0.43),
    ("self_tip",           0.76,   1.59,   0.95,  -1.14),
    ("self_r1",            0.75,   0.54,   0.28,   1.05),
    ("self_dyad",         -0.52,  -0.18,  -0.77,  -0.47),
    ("again",             -0.70,  -0.88,  -0.50,   0.52),
    ("childsim",           0.88,   1.51,   1.32,   0.31),
    ("lgap",              -0.75,    0.0,  -1.06,  -0.45),
    ("plen",               0.94,   1.24,   1.48,  -0.07),
    ("plen_tip",           0.17,   0.72,   0.29,  -0.19),
    ("q_tip",              0.21,   1.03,   0.16,  -0.20),
    ("pop_ldt",           -0.41,    0.0,  -0.93,  -0.38),
    ("self_ldt",          -0.33,    0.0,  -0.27,  -0.02),
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
