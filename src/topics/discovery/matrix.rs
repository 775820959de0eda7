//! Documents by terms as numbers: TF-IDF, smoothed along the replies.
//!
//! A short comment says little by itself, but it answers one that says more, and is answered. So
//! each row takes in a part of its parent's and of the mean of its replies' (as Mei et al. 2008
//! smooth topics over a network of documents), and rows are of length 1.

use rayon::prelude::*;

use super::CONTEXT;
use super::terms::Terms;

/// How much of the parent and of the replies a comment takes in.
const TAKEN_IN: f32 = 0.35;
/// Rows that one task works on.
const CHUNK: usize = 256;
/// Keeps denominators above zero.
const TINY: f32 = 1e-12;

/// A row of a sparse matrix: columns in ascending order, with their values.
type Row = Vec<(u32, f32)>;

/// A sparse matrix, by rows and by columns. Dense matrices beside it are rows of `k` values.
pub(super) struct Matrix {
    rows: Vec<Row>,
    columns: Vec<Row>,
}

impl Matrix {
    /// The matrix of these documents; `parents` names the document that a document answers. Rows of
    /// posts are shorter, since they are context.
    pub(super) fn of(terms: &Terms, is_comment: &[bool], parents: &[Option<u32>]) -> Self {
        let n = terms.rows.iter().filter(|row| !row.is_empty()).count().max(1) as f64;
        let mut documents = vec![0f64; terms.list.len()];
        for &(term, _) in terms.rows.iter().flatten() {
            documents[term as usize] += 1.0;
        }
        let idf: Vec<f64> = documents.iter().map(|df| ((n + 1.0) / df.max(1.0)).ln()).collect();
        let plain: Vec<Row> = terms
            .rows
            .par_iter()
            .map(|row| {
                let weigh = |&(t, count): &(u32, u32)| {
                    (t, ((1.0 + f64::from(count).ln()) * idf[t as usize]) as f32)
                };
                unit(row.iter().map(weigh).collect())
            })
            .collect();
        let mut rows = smoothed(&plain, parents);
        for (row, _) in rows.iter_mut().zip(is_comment).filter(|(_, is_comment)| !**is_comment) {
            for (_, x) in row {
                *x *= CONTEXT as f32;
            }
        }
        let columns = transposed(&rows, terms.list.len());
        Self { rows, columns }
    }

    /// Every `step`th row.
    pub(super) fn sample(&self, step: usize) -> Self {
        let rows: Vec<Row> = self.rows.iter().step_by(step).cloned().collect();
        let columns = transposed(&rows, self.columns.len());
        Self { rows, columns }
    }

    /// Number of rows.
    pub(super) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns.
    pub(super) fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// X · B for B with a row for each term.
    pub(super) fn times(&self, b: &[f64], k: usize) -> Vec<f64> {
        product(&self.rows, b, k)
    }

    /// Xᵀ · A for A with a row for each document.
    pub(super) fn transposed_times(&self, a: &[f64], k: usize) -> Vec<f64> {
        product(&self.columns, a, k)
    }
}

/// Every row of the result is summed in one order, whatever the number of threads.
fn product(rows: &[Row], dense: &[f64], k: usize) -> Vec<f64> {
    let mut out = vec![0.0; rows.len() * k];
    out.par_chunks_mut(k * CHUNK).zip(rows.par_chunks(CHUNK)).for_each(|(out, rows)| {
        for (out, row) in out.chunks_mut(k).zip(rows) {
            for &(column, x) in row {
                let x = f64::from(x);
                let dense = &dense[column as usize * k..][..k];
                out.iter_mut().zip(dense).for_each(|(o, d)| *o += x * d);
            }
        }
    });
    out
}

fn unit(mut row: Row) -> Row {
    let norm = row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt().max(TINY);
    for (_, x) in &mut row {
        *x /= norm;
    }
    row
}

fn smoothed(plain: &[Row], parents: &[Option<u32>]) -> Vec<Row> {
    let mut replies: Vec<Vec<u32>> = vec![Vec::new(); plain.len()];
    for (document, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent
            && !plain[document].is_empty()
        {
            replies[*parent as usize].push(document as u32);
        }
    }
    let mix = |document: usize| {
        let mut row = plain[document].clone();
        let above = parents[document].map(|parent| &plain[parent as usize]);
        row.extend(above.into_iter().flatten().map(|&(t, x)| (t, x * TAKEN_IN)));
        let part = TAKEN_IN / replies[document].len().max(1) as f32;
        let below = replies[document].iter().flat_map(|&reply| &plain[reply as usize]);
        row.extend(below.map(|&(t, x)| (t, x * part)));
        row.sort_by_key(|(t, _)| *t);
        row.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        unit(row)
    };
    (0..plain.len()).into_par_iter().map(mix).collect()
}

fn transposed(rows: &[Row], n: usize) -> Vec<Row> {
    let mut columns: Vec<Row> = vec![Vec::new(); n];
    for (i, row) in rows.iter().enumerate() {
        for &(column, x) in row {
            columns[column as usize].push((i as u32, x));
        }
    }
    columns
}
