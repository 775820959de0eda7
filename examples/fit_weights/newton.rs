//! Newton's method on the log-likelihood of choices.

use rejoinder::linking::fitting::Choice;

/// Newton's method, halving steps that lead down.
pub(crate) fn climb(sets: &[(f64, Vec<Choice>)], start: &[f64], prior: &[Vec<f64>]) -> Vec<f64> {
    let n = start.len();
    let whole = |weights: &[f64]| {
        let mut sum = Slope::new(n);
        for (share, choices) in sets {
            sum.add(&Slope::at(weights, choices, *share));
        }
        for i in 0..n {
            for j in 0..n {
                let (a, b) = (weights[i] - start[i], weights[j] - start[j]);
                sum.value -= 0.5 * a * prior[i][j] * b;
                sum.gradient[i] -= prior[i][j] * b;
                sum.curvature[i][j] += prior[i][j];
            }
        }
        sum
    };
    let mut weights = start.to_vec();
    let mut here = whole(&weights);
    for number in 0..50 {
        let step = solve(here.curvature.clone(), here.gradient.clone());
        let mut length = 1.0;
        let (next, there) = loop {
            let next: Vec<f64> = weights.iter().zip(&step).map(|(w, s)| w + length * s).collect();
            let there = whole(&next);
            if there.value >= here.value || length < 1e-6 {
                break (next, there);
            }
            length /= 2.0;
        };
        let gain = there.value - here.value;
        (weights, here) = (next, there);
        eprintln!("step {number}: log-likelihood {:.4}", here.value);
        if gain < 1e-7 {
            break;
        }
    }
    weights
}

/// Solves a symmetric positive definite system by elimination with pivots on the diagonal.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for k in 0..n {
        let (upper, lower) = matrix.split_at_mut(k + 1);
        let pivot = &upper[k];
        for (i, row) in lower.iter_mut().enumerate() {
            let factor = row[k] / pivot[k];
            for j in k..n {
                row[j] -= factor * pivot[j];
            }
            right[k + 1 + i] -= factor * right[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| matrix[k][j] * right[j]).sum();
        right[k] = (right[k] - known) / matrix[k][k];
    }
    right
}

/// The log-likelihood of some choices and how it bends.
pub(crate) struct Slope {
    value: f64,
    gradient: Vec<f64>,
    /// The negative second derivatives.
    pub(crate) curvature: Vec<Vec<f64>>,
}

impl Slope {
    fn new(n: usize) -> Self {
        Self { value: 0.0, gradient: vec![0.0; n], curvature: vec![vec![0.0; n]; n] }
    }

    /// For 1,000 choices, times a share.
    pub(crate) fn at(weights: &[f64], choices: &[Choice], share: f64) -> Self {
        let n = weights.len();
        let scale = share * 1000.0 / choices.len().max(1) as f64;
        let mut slope = Self::new(n);
        for choice in choices {
            let scores = scores(weights, choice);
            let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|score| (score - best).exp()).sum();
            slope.value += scale * (scores[choice.truth] - best - total.ln());
            let mut mean = vec![0.0; n];
            for (place, (values, score)) in choice.values.iter().zip(&scores).enumerate() {
                let probability = (score - best).exp() / total;
                let surprise = f64::from(u8::from(place == choice.truth)) - probability;
                for (i, &value) in values.iter().enumerate() {
                    let value = f64::from(value);
                    if value == 0.0 {
                        continue;
                    }
                    slope.gradient[i] += scale * surprise * value;
                    mean[i] += probability * value;
                    for (j, &other) in values.iter().enumerate() {
                        slope.curvature[i][j] += scale * probability * value * f64::from(other);
                    }
                }
            }
            for i in 0..n {
                for j in 0..n {
                    slope.curvature[i][j] -= scale * mean[i] * mean[j];
                }
            }
        }
        slope
    }

    fn add(&mut self, other: &Self) {
        self.value += other.value;
        for i in 0..self.gradient.len() {
            self.gradient[i] += other.gradient[i];
            for j in 0..self.gradient.len() {
                self.curvature[i][j] += other.curvature[i][j];
            }
        }
    }
}

/// The score of every candidate.
pub(crate) fn scores(weights: &[f64], choice: &Choice) -> Vec<f64> {
    let score = |values: &Vec<f32>| -> f64 {
        values.iter().zip(weights).map(|(v, w)| f64::from(*v) * w).sum()
    };
    choice.values.iter().map(score).collect()
}
