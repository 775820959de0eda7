//! The weights: how much each feature counts, by the genre of the page.
//!
//! Fixed numbers, fitted once to threads whose parents are known (docs/linking.md names them, the
//! method and the figures).

use super::features::N;
use super::page::{Genre, Timing};
use super::ranking::Calibration;

/// How much each feature counts, and how much it costs to declare a parent absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weights {
    /// In the order of the features.
    pub(super) features: [f32; N],
    /// Score of "the parent is not on the page", where the branch has no candidate.
    pub(super) absent: f32,
    /// How far its posteriors are to be believed.
    pub(super) calibration: Calibration,
}

/// Of the web; found, as the next, on the threads that the weights were fitted to.
const WEB: Calibration = Calibration { sharpness: 1.3, doubt: 0.01 };

/// Of chat, where more is chance.
const CHAT: Calibration = Calibration { sharpness: 1.0, doubt: 0.05 };

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
        let (features, absent, calibration) = match (genre, timing) {
            (Genre::Web, Timing::Exact) => (column(|row| row.1), -1.21, WEB),
            (Genre::Web | Genre::Chat, Timing::Coarse | Timing::Absent) => {
                (column(|row| row.2), -1.13, Calibration::NONE)
            }
            (Genre::Chat, Timing::Exact) => (column(|row| row.3), -1.21, CHAT),
            (Genre::Patches, _) => (column(|row| row.4), -0.03, Calibration::NONE),
        };
        Self { features, absent, calibration }
    }

    /// The same, but for what they say of the order of siblings.
    pub(super) fn without_order(self) -> Self {
        let named = TABLE.iter().map(|row| row.0);
        let mut features = self.features;
        for (weight, name) in features.iter_mut().zip(named) {
            if name == "viol" {
                *weight = 0.0;
            }
        }
        Self { features, ..self }
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
    ("tip",             0.02,    0.29,   -0.46,   -0.18),
    ("pop",            -0.58,   -0.51,   -1.81,   -0.50),
    ("top",             0.03,   -0.12,    0.71,    0.47),
    ("ldt",            -0.31,    0.00,   -0.83,    0.05),
    ("ldt_tip",        -0.55,    0.00,   -1.42,    0.26),
    ("dtrel",          -0.86,    0.00,   -1.38,   -0.53),
    ("neg",            -5.10,   -4.90,   -6.22,   -1.87),
    ("viol",           -3.93,   -3.67,   -4.20,   -2.62),
    ("sim",             2.47,    3.46,    3.25,   -1.39),
    ("qcont",           1.11,    1.23,    1.11,    2.38),
    ("qrel",            1.60,    2.22,    1.60,    1.60),
    ("nsh",             1.03,    1.18,    1.53,    0.24),
    ("dyad",            0.33,    0.44,    0.53,    0.13),
    ("dyad_tip",        1.09,    1.05,    0.75,    0.43),
    ("self_tip",        0.58,    0.95,    0.69,   -1.14),
    ("self_r1",         0.66,    0.66,    0.45,    1.05),
    ("self_dyad",      -1.39,   -1.44,   -1.23,   -0.47),
    ("again",          -0.74,   -0.62,   -0.24,    0.52),
    ("childsim",        0.94,    1.64,    1.70,    0.31),
    ("lgap",           -0.87,    0.00,   -1.14,   -0.45),
    ("plen",            0.79,    0.65,    2.06,   -0.07),
    ("plen_tip",        0.17,    0.66,    0.52,   -0.19),
    ("q_tip",           0.29,    0.69,    0.20,   -0.20),
    ("pop_ldt",        -0.11,    0.00,   -0.78,   -0.38),
    ("self_ldt",       -0.56,    0.00,   -0.31,   -0.02),
    ("qfirst",          0.22,    0.14,    0.22,    0.12),
    ("qfrel",           0.42,    0.24,    0.42,    0.25),
    ("qdeep",           0.19,    0.23,    0.19,    0.20),
    ("subject",         0.14,    0.18,    0.14,    2.00),
    ("cover",           0.00,    0.00,    0.00,    2.00),
    ("over_own",       -0.49,   -0.82,   -1.09,    0.00),
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

    #[test]
    fn without_order_one_weight_is_missing() {
        for (genre, timing) in [(Genre::Web, Timing::Exact), (Genre::Chat, Timing::Exact)] {
            let all = Weights::of(genre, timing);
            let rest = all.without_order();
            let differing =
                all.features.iter().zip(rest.features).filter(|(a, b)| (**a - b).abs() > 0.0);
            assert_eq!(differing.count(), 1);
        }
    }
}
