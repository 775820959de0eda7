//! Groups of people who answer each other more than others do: the mathematics behind the order
//! of a matrix.
//!
//! Greedy modularity (Clauset, Newman & Moore 2004, "Finding community structure in very large
//! networks"): everybody begins alone, and the two groups whose union raises the modularity most
//! are put together until none does. The matrix has some dozens of rows, so the plain form in
//! cubic time is enough. Ties go to the groups that come first, so the result is always the same.

/// A partition of people into groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Groups {
    /// People by group: groups by size of what their members exchange, the largest first, and
    /// people within a group in the order they were given.
    pub(crate) members: Vec<Vec<usize>>,
    /// The modularity of the partition: 0 = as by chance, above 0.3 = clear groups.
    pub(crate) modularity: f64,
}

/// Finds groups among `n` people from a matrix of how often each (row) answers each (column).
/// Replies to oneself count for nobody.
pub(crate) fn groups(counts: &[f64], n: usize) -> Groups {
    let weight = |a: usize, b: usize| {
        if a == b { 0.0 } else { counts[a * n + b] + counts[b * n + a] }
    };
    let degrees: Vec<f64> = (0..n).map(|a| (0..n).map(|b| weight(a, b)).sum()).collect();
    let all: f64 = degrees.iter().sum();
    let mut members: Vec<Vec<usize>> = (0..n).map(|person| vec![person]).collect();
    if all <= 0.0 {
        return Groups { members, modularity: 0.0 };
    }
    // Shares of all that is exchanged: between two groups, and by each.
    let mut between: Vec<Vec<f64>> =
        (0..n).map(|a| (0..n).map(|b| weight(a, b) / all).collect()).collect();
    let mut shares: Vec<f64> = degrees.iter().map(|degree| degree / all).collect();
    let mut modularity = -shares.iter().map(|share| share * share).sum::<f64>();
    while let Some((a, b, gain)) = best_union(&between, &shares) {
        let joined = std::mem::take(&mut members[b]);
        members[a].extend(joined);
        for (other, more) in between[b].clone().into_iter().enumerate() {
            between[a][other] += more;
            between[other][a] += more;
        }
        shares[a] += shares[b];
        between.remove(b);
        for row in &mut between {
            row.remove(b);
        }
        shares.remove(b);
        members.remove(b);
        modularity += gain;
    }
    let volume = |group: &[usize]| group.iter().map(|&person| degrees[person]).sum::<f64>();
    for group in &mut members {
        group.sort_unstable();
    }
    members.sort_by(|a, b| volume(b).total_cmp(&volume(a)).then_with(|| a.cmp(b)));
    Groups { members, modularity }
}

/// The two groups whose union raises the modularity most, and by how much; none if none does.
fn best_union(between: &[Vec<f64>], shares: &[f64]) -> Option<(usize, usize, f64)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for a in 0..shares.len() {
        for b in a + 1..shares.len() {
            let gain = 2.0 * (between[a][b] - shares[a] * shares[b]);
            if gain > best.map_or(1e-12, |(_, _, most)| most + 1e-12) {
                best = Some((a, b, gain));
            }
        }
    }
    best
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Modularity by its definition: a sum over all pairs.
    fn by_definition(counts: &[f64], n: usize, members: &[Vec<usize>]) -> f64 {
        let weight = |a: usize, b: usize| {
            if a == b { 0.0 } else { counts[a * n + b] + counts[b * n + a] }
        };
        let degree = |a: usize| (0..n).map(|b| weight(a, b)).sum::<f64>();
        let all: f64 = (0..n).map(degree).sum();
        let group = |a: usize| members.iter().position(|group| group.contains(&a));
        let mut sum = 0.0;
        for a in 0..n {
            for b in 0..n {
                if group(a) == group(b) {
                    sum += weight(a, b) - degree(a) * degree(b) / all;
                }
            }
        }
        sum / all
    }

    #[test]
    fn two_circles_with_one_bridge_are_two_groups() {
        // 0, 1, 2 answer each other, and so do 3, 4, 5; 2 answers 3 once.
        let mut counts = vec![0.0; 36];
        for (a, b) in [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)] {
            counts[a * 6 + b] = 1.0;
        }
        let found = groups(&counts, 6);
        assert_eq!(found.members, [vec![0, 1, 2], vec![3, 4, 5]]);
        // 2 × (3/7 − (7/14)²) = 5/14.
        assert!((found.modularity - 5.0 / 14.0).abs() < 1e-12, "{}", found.modularity);
    }

    #[test]
    fn without_exchange_everybody_stays_alone() {
        assert_eq!(groups(&[3.0], 1), Groups { members: vec![vec![0]], modularity: 0.0 });
        assert_eq!(groups(&[0.0; 4], 2).members, [vec![0], vec![1]]);
        assert_eq!(groups(&[], 0).members, Vec::<Vec<usize>>::new());
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_group_and_the_modularity_is_that_of_the_definition(
            n in 2usize..9,
            counts in prop::collection::vec(0u8..4, 64),
        ) {
            let counts: Vec<f64> = counts[..n * n].iter().map(|&c| f64::from(c)).collect();
            let found = groups(&counts, n);
            let mut people: Vec<usize> = found.members.iter().flatten().copied().collect();
            people.sort_unstable();
            prop_assert_eq!(people, (0..n).collect::<Vec<_>>());
            let exchanged = (0..n * n).any(|i| i / n != i % n && counts[i] > 0.0);
            if exchanged {
                let defined = by_definition(&counts, n, &found.members);
                prop_assert!((found.modularity - defined).abs() < 1e-9);
                // Never worse than everybody together, which has a modularity of 0.
                prop_assert!(found.modularity >= -1e-9 || found.members.len() > 1);
            }
        }
    }
}
