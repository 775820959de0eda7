//! Terms to groups, the other way: factors of the matrix of documents and terms.
//!
//! Non-negative matrix factorization (Lee & Seung 2001) of TF-IDF, started from the singular
//! vectors (NNDSVD, Boutsidis & Gallopoulos 2008) and so without chance. A term belongs to the
//! factor in which it weighs most. For comparison with [`super::graph`]; docs/topics.md says how
//! the two differ on real threads and why communities are the default.

use super::terms::Terms;

/// Rounds in which the singular vectors are approached.
const POWER_ROUNDS: usize = 12;
/// Rounds of updates.
const UPDATES: usize = 60;
/// Keeps denominators above zero.
const TINY: f64 = 1e-9;

/// By term, its factor among `k`.
pub(super) fn factors(terms: &Terms, k: usize) -> Vec<u32> {
    let matrix = Matrix::of(terms);
    let k = k.min(matrix.columns).min(matrix.rows.len()).max(1);
    let (mut w, mut h) = matrix.start(k);
    for _ in 0..UPDATES {
        let xh = matrix.times(&h, k);
        let fitted = product(&w, &gram(&h, k), k);
        scale(&mut w, &xh, &fitted);
        let wx = matrix.transposed_times(&w, k);
        let fitted = product(&h, &gram(&w, k), k);
        scale(&mut h, &wx, &fitted);
    }
    // The scale of a factor is arbitrary; only what it explains of each term is comparable.
    let norms: Vec<f64> =
        (0..k).map(|f| column(&w, f, k).map(|x| x * x).sum::<f64>().sqrt()).collect();
    h.chunks(k)
        .map(|row| {
            let weigh = |f: usize| row[f] * norms[f];
            (0..k).fold(0, |best, f| if weigh(f) > weigh(best) { f } else { best }) as u32
        })
        .collect()
}

/// Documents by terms, TF-IDF, rows of length 1. Dense matrices beside it are rows of `k` values.
struct Matrix {
    rows: Vec<Vec<(u32, f64)>>,
    columns: usize,
}

impl Matrix {
    fn of(terms: &Terms) -> Self {
        let n = terms.rows.len() as f64;
        let mut documents = vec![0f64; terms.list.len()];
        for &(term, _) in terms.rows.iter().flatten() {
            documents[term as usize] += 1.0;
        }
        let weighted = |row: &Vec<(u32, u32)>| {
            let mut row: Vec<(u32, f64)> = row
                .iter()
                .map(|&(t, count)| {
                    let idf = (n / documents[t as usize]).ln() + 1.0;
                    (t, (1.0 + f64::from(count).ln()) * idf)
                })
                .collect();
            let norm = row.iter().map(|(_, x)| x * x).sum::<f64>().sqrt().max(TINY);
            for (_, x) in &mut row {
                *x /= norm;
            }
            row
        };
        let rows = terms.rows.iter().filter(|row| !row.is_empty()).map(weighted).collect();
        Self { rows, columns: terms.list.len() }
    }

    /// X · B for B with a row for each term.
    fn times(&self, b: &[f64], k: usize) -> Vec<f64> {
        let mut out = vec![0.0; self.rows.len() * k];
        for (row, out) in self.rows.iter().zip(out.chunks_mut(k)) {
            for &(term, x) in row {
                let b = &b[term as usize * k..][..k];
                out.iter_mut().zip(b).for_each(|(o, b)| *o += x * b);
            }
        }
        out
    }

    /// Xᵀ · A for A with a row for each document.
    fn transposed_times(&self, a: &[f64], k: usize) -> Vec<f64> {
        let mut out = vec![0.0; self.columns * k];
        for (row, a) in self.rows.iter().zip(a.chunks(k)) {
            for &(term, x) in row {
                let out = &mut out[term as usize * k..][..k];
                out.iter_mut().zip(a).for_each(|(o, a)| *o += x * a);
            }
        }
        out
    }

    /// Non-negative double singular value decomposition; zeros are lifted a little.
    fn start(&self, k: usize) -> (Vec<f64>, Vec<f64>) {
        // Any start will do that is not orthogonal to the vectors sought: a fixed scatter.
        let scatter =
            |i: usize| ((i.wrapping_mul(0x9E37_79B9) >> 7) % 1_000) as f64 / 1_000.0 - 0.4;
        let mut v: Vec<f64> = (0..self.columns * k).map(scatter).collect();
        orthonormalize(&mut v, k);
        for _ in 0..POWER_ROUNDS {
            v = self.transposed_times(&self.times(&v, k), k);
            orthonormalize(&mut v, k);
        }
        let u = self.times(&v, k);
        let mut w = vec![0.0; u.len()];
        let mut h = vec![0.0; v.len()];
        for f in 0..k {
            let sign = |x: f64, positive: bool| if positive { x.max(0.0) } else { (-x).max(0.0) };
            let norm = |m: &[f64], p: bool| {
                column(m, f, k).map(|x| sign(x, p) * sign(x, p)).sum::<f64>().sqrt()
            };
            let strength = |p: bool| norm(&u, p) * norm(&v, p);
            let p = f == 0 || strength(true) >= strength(false);
            let root = strength(p).sqrt().max(TINY);
            let (nu, nv) = (norm(&u, p).max(TINY), norm(&v, p).max(TINY));
            for i in (f..w.len()).step_by(k) {
                w[i] = (root * sign(u[i], p) / nu).max(1e-4);
            }
            for i in (f..h.len()).step_by(k) {
                h[i] = (root * sign(v[i], p) / nv).max(1e-4);
            }
        }
        (w, h)
    }
}

fn column(m: &[f64], f: usize, k: usize) -> impl Iterator<Item = f64> + '_ {
    m.iter().skip(f).step_by(k).copied()
}

/// Mᵀ · M, k by k.
fn gram(m: &[f64], k: usize) -> Vec<f64> {
    let mut out = vec![0.0; k * k];
    for row in m.chunks(k) {
        for (a, out) in row.iter().zip(out.chunks_mut(k)) {
            out.iter_mut().zip(row).for_each(|(o, b)| *o += a * b);
        }
    }
    out
}

/// M · S for a square S.
fn product(m: &[f64], s: &[f64], k: usize) -> Vec<f64> {
    let mut out = vec![0.0; m.len()];
    for (row, out) in m.chunks(k).zip(out.chunks_mut(k)) {
        for (a, s) in row.iter().zip(s.chunks(k)) {
            out.iter_mut().zip(s).for_each(|(o, s)| *o += a * s);
        }
    }
    out
}

fn scale(m: &mut [f64], numerator: &[f64], denominator: &[f64]) {
    for ((m, n), d) in m.iter_mut().zip(numerator).zip(denominator) {
        *m *= n / (d + TINY);
    }
}

/// Gram–Schmidt over the columns.
fn orthonormalize(m: &mut [f64], k: usize) {
    for f in 0..k {
        for g in 0..f {
            let dot: f64 = column(m, f, k).zip(column(m, g, k)).map(|(a, b)| a * b).sum();
            for row in m.chunks_mut(k) {
                row[f] -= dot * row[g];
            }
        }
        let norm = column(m, f, k).map(|x| x * x).sum::<f64>().sqrt().max(TINY);
        for row in m.chunks_mut(k) {
            row[f] /= norm;
        }
    }
}
