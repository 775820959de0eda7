//! Documents to groups: factors of the matrix of documents and terms.
//!
//! Non-negative matrix factorization of TF-IDF, each step of which is exact for one factor (HALS,
//! Cichocki & Phan 2009), started from the singular vectors (NNDSVD, Boutsidis & Gallopoulos 2008)
//! and so without chance. A document belongs to the factor that explains most of it.

use rayon::prelude::*;

use super::matrix::Matrix;

/// Rounds in which the singular vectors are approached.
const POWER_ROUNDS: usize = 12;
/// Rounds of updates.
const UPDATES: usize = 40;
/// Rows that one task works on.
const CHUNK: usize = 256;
/// Keeps denominators above zero.
const TINY: f64 = 1e-12;

/// By document, its factor among `k`; `None` where it has no terms.
pub(super) fn factors(matrix: &Matrix, k: usize) -> Vec<Option<u32>> {
    let k = k.min(matrix.n_columns()).min(matrix.n_rows());
    if k == 0 {
        return vec![None; matrix.n_rows()];
    }
    let (mut w, mut h) = start(matrix, k);
    for _ in 0..UPDATES {
        update(&mut w, &matrix.times(&h, k), &gram(&h, k), k);
        update(&mut h, &matrix.transposed_times(&w, k), &gram(&w, k), k);
    }
    update(&mut w, &matrix.times(&h, k), &gram(&h, k), k);
    // The scale of a factor is arbitrary; only what it explains of each document is comparable.
    let norms: Vec<f64> =
        (0..k).map(|f| column(&h, f, k).map(|x| x * x).sum::<f64>().sqrt()).collect();
    w.chunks(k)
        .map(|row| {
            let weigh = |f: usize| row[f] * norms[f];
            let best = (0..k).fold(0, |best, f| if weigh(f) > weigh(best) { f } else { best });
            (weigh(best) > TINY).then_some(best as u32)
        })
        .collect()
}

/// The best values of one factor after the other, the rest as it is.
fn update(m: &mut [f64], product: &[f64], gram: &[f64], k: usize) {
    m.par_chunks_mut(k * CHUNK).zip(product.par_chunks(k * CHUNK)).for_each(|(m, product)| {
        for (row, product) in m.chunks_mut(k).zip(product.chunks(k)) {
            for f in 0..k {
                let gram = &gram[f * k..][..k];
                let fitted: f64 = row.iter().zip(gram).map(|(x, g)| x * g).sum();
                row[f] = (row[f] + (product[f] - fitted) / gram[f].max(TINY)).max(0.0);
            }
        }
    });
}

/// Non-negative double singular value decomposition.
// The letters of the paper.
#[allow(clippy::many_single_char_names)]
fn start(matrix: &Matrix, k: usize) -> (Vec<f64>, Vec<f64>) {
    // Any start will do that is not orthogonal to the vectors sought: a fixed scatter.
    let scatter = |i: usize| ((i.wrapping_mul(0x9E37_79B9) >> 7) % 1_000) as f64 / 1_000.0 - 0.4;
    let mut v: Vec<f64> = (0..matrix.n_columns() * k).map(scatter).collect();
    orthonormalize(&mut v, k);
    for _ in 0..POWER_ROUNDS {
        v = matrix.transposed_times(&matrix.times(&v, k), k);
        orthonormalize(&mut v, k);
    }
    let u = matrix.times(&v, k);
    let mut w = vec![0.0; u.len()];
    let mut h = vec![0.0; v.len()];
    for f in 0..k {
        let sign = |x: f64, positive: bool| if positive { x.max(0.0) } else { (-x).max(0.0) };
        let norm = |m: &[f64], p: bool| {
            column(m, f, k).map(|x| sign(x, p) * sign(x, p)).sum::<f64>().sqrt()
        };
        let strength = |p: bool| norm(&u, p) * norm(&v, p);
        let p = strength(true) >= strength(false);
        let root = strength(p).sqrt().max(TINY);
        let (nu, nv) = (norm(&u, p).max(TINY), norm(&v, p).max(TINY));
        for i in (f..w.len()).step_by(k) {
            w[i] = root * sign(u[i], p) / nu;
        }
        for i in (f..h.len()).step_by(k) {
            h[i] = root * sign(v[i], p) / nv;
        }
    }
    (w, h)
}

fn column(m: &[f64], f: usize, k: usize) -> impl Iterator<Item = f64> + '_ {
    m.iter().skip(f).step_by(k).copied()
}

/// Mᵀ · M, k by k. Sums of blocks are added in their order, whatever the number of threads.
fn gram(m: &[f64], k: usize) -> Vec<f64> {
    let blocks: Vec<Vec<f64>> = m
        .par_chunks(k * CHUNK)
        .map(|block| {
            let mut out = vec![0.0; k * k];
            for row in block.chunks(k) {
                for (a, out) in row.iter().zip(out.chunks_mut(k)) {
                    out.iter_mut().zip(row).for_each(|(o, b)| *o += a * b);
                }
            }
            out
        })
        .collect();
    let mut sum = vec![0.0; k * k];
    for block in blocks {
        sum.iter_mut().zip(block).for_each(|(s, b)| *s += b);
    }
    sum
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
