//! Where the comments of a tree stand: the tidy layout, in linear time and without recursion.
//!
//! Reingold & Tilford (1981) for trees of any degree as corrected by Buchheim, Jünger & Leipert
//! (2002, "Improving Walker's algorithm to run in linear time"): parents stand in the middle of
//! their replies, equal subtrees look equal, and subtrees are as close as their marks allow. Marks
//! have a breadth each; marks of different depth never touch, as every depth has its own line.

/// The place of each node across the direction of growth, the smallest at 0.
///
/// `parents` is a tree in pre-order (node 0 is the root, whatever its entry); `breadths` is the
/// room that each node needs, gaps included.
pub(crate) fn tidy(parents: &[u32], breadths: &[f64]) -> Vec<f64> {
    let n = parents.len();
    if n == 0 {
        return Vec::new();
    }
    let mut walk = Walk::new(parents, breadths);
    for v in (0..n).rev() {
        walk.place_children(v);
    }
    let mut places = vec![0.0; n];
    let mut shifts = vec![0.0; n];
    for v in 0..n {
        if v > 0 {
            let parent = parents[v] as usize;
            shifts[v] = shifts[parent] + walk.modifier[parent];
        }
        places[v] = walk.preliminary[v] + shifts[v];
    }
    let least = places.iter().copied().fold(f64::INFINITY, f64::min);
    for place in &mut places {
        *place -= least;
    }
    places
}

/// Children in order: those of `v` are `list[starts[v]..starts[v + 1]]`.
struct Children {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Children {
    fn new(parents: &[u32]) -> Self {
        let n = parents.len();
        let mut starts = vec![0u32; n + 1];
        for &parent in &parents[1..] {
            starts[parent as usize + 1] += 1;
        }
        for v in 0..n {
            starts[v + 1] += starts[v];
        }
        let mut free = starts.clone();
        let mut list = vec![0u32; n - 1];
        for (v, &parent) in parents.iter().enumerate().skip(1) {
            list[free[parent as usize] as usize] = v as u32;
            free[parent as usize] += 1;
        }
        Self { starts, list }
    }

    fn of(&self, v: usize) -> &[u32] {
        &self.list[self.starts[v] as usize..self.starts[v + 1] as usize]
    }
}

/// The first walk of the algorithm; names as in the paper.
struct Walk<'a> {
    parents: &'a [u32],
    breadths: &'a [f64],
    children: Children,
    /// Which child of its parent a node is.
    number: Vec<u32>,
    preliminary: Vec<f64>,
    modifier: Vec<f64>,
    shift: Vec<f64>,
    change: Vec<f64>,
    ancestor: Vec<u32>,
    thread: Vec<Option<u32>>,
    /// The middle of the children, for nodes whose own place waits for their left sibling.
    middle: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(parents: &'a [u32], breadths: &'a [f64]) -> Self {
        let n = parents.len();
        let children = Children::new(parents);
        let mut number = vec![0; n];
        for v in 0..n {
            for (i, &child) in children.of(v).iter().enumerate() {
                number[child as usize] = i as u32;
            }
        }
        Self {
            parents,
            breadths,
            children,
            number,
            preliminary: vec![0.0; n],
            modifier: vec![0.0; n],
            shift: vec![0.0; n],
            change: vec![0.0; n],
            ancestor: (0..n as u32).collect(),
            thread: vec![None; n],
            middle: vec![0.0; n],
        }
    }

    /// Puts the children of `v` side by side; their own children have been placed before.
    fn place_children(&mut self, v: usize) {
        let count = self.children.of(v).len();
        if count == 0 {
            return;
        }
        let child = |walk: &Self, i: usize| walk.children.of(v)[i] as usize;
        let mut default_ancestor = child(self, 0);
        for i in 0..count {
            let w = child(self, i);
            if i == 0 {
                self.preliminary[w] = self.middle[w];
            } else {
                let left = child(self, i - 1);
                self.preliminary[w] = self.preliminary[left] + self.distance(left, w);
                if !self.children.of(w).is_empty() {
                    self.modifier[w] = self.preliminary[w] - self.middle[w];
                }
                default_ancestor = self.apportion(w, left, child(self, 0), default_ancestor);
            }
        }
        let (mut shift, mut change) = (0.0, 0.0);
        for i in (0..count).rev() {
            let w = child(self, i);
            self.preliminary[w] += shift;
            self.modifier[w] += shift;
            change += self.change[w];
            shift += self.shift[w] + change;
        }
        let (first, last) = (child(self, 0), child(self, count - 1));
        self.middle[v] = f64::midpoint(self.preliminary[first], self.preliminary[last]);
        self.preliminary[v] = self.middle[v];
    }

    fn distance(&self, left: usize, right: usize) -> f64 {
        f64::midpoint(self.breadths[left], self.breadths[right])
    }

    fn next_left(&self, v: usize) -> Option<usize> {
        self.children.of(v).first().copied().or(self.thread[v]).map(|w| w as usize)
    }

    fn next_right(&self, v: usize) -> Option<usize> {
        self.children.of(v).last().copied().or(self.thread[v]).map(|w| w as usize)
    }

    /// Moves the subtree at `v` away from those of its left siblings.
    fn apportion(&mut self, v: usize, left: usize, leftmost: usize, default: usize) -> usize {
        let mut default = default;
        let (mut inner_right, mut outer_right) = (v, v);
        let (mut inner_left, mut outer_left) = (left, leftmost);
        let mut sum_inner_right = self.modifier[inner_right];
        let mut sum_outer_right = self.modifier[outer_right];
        let mut sum_inner_left = self.modifier[inner_left];
        let mut sum_outer_left = self.modifier[outer_left];
        while let (Some(next_inner_left), Some(next_inner_right)) =
            (self.next_right(inner_left), self.next_left(inner_right))
        {
            (inner_left, inner_right) = (next_inner_left, next_inner_right);
            outer_left = self.next_left(outer_left).expect("as deep as the inner contour");
            outer_right = self.next_right(outer_right).expect("as deep as the inner contour");
            self.ancestor[outer_right] = v as u32;
            let shift = (self.preliminary[inner_left] + sum_inner_left)
                - (self.preliminary[inner_right] + sum_inner_right)
                + self.distance(inner_left, inner_right);
            if shift > 0.0 {
                let own = self.ancestor[inner_left] as usize;
                let from =
                    if own != 0 && self.parents[own] == self.parents[v] { own } else { default };
                self.move_subtree(from, v, shift);
                sum_inner_right += shift;
                sum_outer_right += shift;
            }
            sum_inner_left += self.modifier[inner_left];
            sum_inner_right += self.modifier[inner_right];
            sum_outer_left += self.modifier[outer_left];
            sum_outer_right += self.modifier[outer_right];
        }
        if let Some(next) = self.next_right(inner_left)
            && self.next_right(outer_right).is_none()
        {
            self.thread[outer_right] = Some(next as u32);
            self.modifier[outer_right] += sum_inner_left - sum_outer_right;
        }
        if let Some(next) = self.next_left(inner_right)
            && self.next_left(outer_left).is_none()
        {
            self.thread[outer_left] = Some(next as u32);
            self.modifier[outer_left] += sum_inner_right - sum_outer_left;
            default = v;
        }
        default
    }

    fn move_subtree(&mut self, from: usize, to: usize, shift: f64) {
        let between = f64::from(self.number[to] - self.number[from]);
        self.change[to] -= shift / between;
        self.shift[to] += shift;
        self.change[from] += shift / between;
        self.preliminary[to] += shift;
        self.modifier[to] += shift;
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn depths(parents: &[u32]) -> Vec<u32> {
        let mut depths = vec![0; parents.len()];
        for v in 1..parents.len() {
            depths[v] = depths[parents[v] as usize] + 1;
        }
        depths
    }

    /// Any tree in pre-order: each node answers one of the open branch.
    fn any_tree() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(any::<prop::sample::Index>(), 0..80).prop_map(|picks| {
            let (mut parents, mut branch) = (vec![0], vec![0u32]);
            for (i, pick) in picks.iter().enumerate() {
                branch.truncate(pick.index(branch.len()) + 1);
                parents.push(*branch.last().expect("the root stays"));
                branch.push(i as u32 + 1);
            }
            parents
        })
    }

    /// The same tree with the order of all siblings turned round, and where each node went.
    fn mirrored(parents: &[u32]) -> (Vec<u32>, Vec<usize>) {
        let children = Children::new(parents);
        let (mut order, mut stack) = (Vec::new(), vec![0u32]);
        while let Some(v) = stack.pop() {
            order.push(v as usize);
            stack.extend(children.of(v as usize));
        }
        let mut went = vec![0; parents.len()];
        for (new, &old) in order.iter().enumerate() {
            went[old] = new;
        }
        (order.iter().map(|&old| went[parents[old] as usize] as u32).collect(), went)
    }

    proptest! {
        #[test]
        fn marks_do_not_touch_and_parents_stand_in_the_middle(parents in any_tree(), seed in 0u32..9) {
            let n = parents.len();
            let breadths: Vec<f64> =
                (0..n as u32).map(|v| 1.0 + f64::from((v * 7 + seed) % 5)).collect();
            let places = tidy(&parents, &breadths);
            let depths = depths(&parents);
            let mut last: Vec<Option<usize>> = vec![None; n + 1];
            for v in 0..n {
                if let Some(left) = last[depths[v] as usize] {
                    let room = f64::midpoint(breadths[left], breadths[v]);
                    prop_assert!(places[v] - places[left] >= room - 1e-6);
                }
                last[depths[v] as usize] = Some(v);
            }
            let children = Children::new(&parents);
            for v in 0..n {
                if let [first, .., last] = *children.of(v) {
                    let middle = f64::midpoint(places[first as usize], places[last as usize]);
                    prop_assert!((places[v] - middle).abs() < 1e-6);
                } else if let [only] = *children.of(v) {
                    prop_assert!((places[v] - places[only as usize]).abs() < 1e-6);
                }
            }
        }

        #[test]
        fn a_mirrored_tree_has_the_mirrored_layout(parents in any_tree()) {
            let breadths = vec![1.0; parents.len()];
            let places = tidy(&parents, &breadths);
            let (turned, went) = mirrored(&parents);
            let others = tidy(&turned, &breadths);
            let width = places.iter().copied().fold(0.0, f64::max);
            for (v, &place) in places.iter().enumerate() {
                prop_assert!((width - place - others[went[v]]).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn small_trees_by_hand() {
        // A root with two replies; the first has two of its own.
        assert_eq!(tidy(&[0, 0, 1, 1, 0], &[1.0; 5]), [1.0, 0.5, 0.0, 1.0, 1.5]);
        assert_eq!(tidy(&[0], &[3.0]), [0.0]);
        assert!(tidy(&[], &[]).is_empty());
    }

    #[test]
    fn a_chain_and_a_star_of_many_take_linear_time() {
        let n = 200_000;
        let chain: Vec<u32> = (0..n).map(|v: u32| v.saturating_sub(1)).collect();
        assert!(tidy(&chain, &vec![1.0; n as usize]).iter().all(|&place| place == 0.0));
        let star = tidy(&vec![0; n as usize], &vec![1.0; n as usize]);
        assert_eq!(star[n as usize - 1], f64::from(n) - 2.0);
    }
}
