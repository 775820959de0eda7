//! A tree too large to draw becomes a smaller one: the comments with the most below them stay, the
//! others are counted in one mark for each comment that they hang below.
//!
//! Subtrees grow towards the post, so the largest subtrees always form a tree with it.

/// What is drawn: a comment, or a number of comments together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The node (0 = the post); for several comments together the node they hang below.
    pub(crate) node: u32,
    /// The mark it hangs below.
    pub(crate) parent: u32,
    /// 0 for a node by itself, else the number of comments that are together.
    pub(crate) together: u32,
}

/// The marks of a tree in pre-order. At most `all` nodes are drawn each by itself; of a larger
/// tree, those `most` nodes that have replies and the largest subtrees.
pub(crate) fn condense(parents: &[u32], sizes: &[u32], all: usize, most: usize) -> Vec<Mark> {
    let n = parents.len();
    let mut kept = vec![n <= all; n];
    if n > all {
        let mut inner: Vec<usize> = (0..n).filter(|&node| sizes[node] > 1).collect();
        inner.sort_by_key(|&node| (std::cmp::Reverse(sizes[node]), node));
        inner.truncate(most);
        kept[0] = true;
        for node in inner {
            kept[node] = true;
        }
    }
    // Comments below a kept node that are not drawn by themselves.
    let mut left_out = vec![0u32; n];
    let mut last = vec![0usize; n];
    for node in 1..n {
        let parent = parents[node] as usize;
        if !kept[node] && kept[parent] {
            left_out[parent] += sizes[node];
            last[parent] = node;
        }
    }
    // A single one needs no mark for several.
    for node in 0..n {
        if left_out[node] == 1 {
            kept[last[node]] = true;
            left_out[node] = 0;
        }
    }
    marks(parents, sizes, &kept, &left_out)
}

fn marks(parents: &[u32], sizes: &[u32], kept: &[bool], left_out: &[u32]) -> Vec<Mark> {
    let mut mark_of = vec![0u32; parents.len()];
    let mut marks: Vec<Mark> = Vec::new();
    // Kept nodes whose subtree is still open, and where it ends.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let close = |marks: &mut Vec<Mark>, node: usize, mark: u32| {
        if left_out[node] > 0 {
            marks.push(Mark { node: node as u32, parent: mark, together: left_out[node] });
        }
    };
    for node in 0..parents.len() {
        if !kept[node] {
            continue;
        }
        while let Some(&(above, end)) = open.last()
            && end <= node
        {
            open.pop();
            close(&mut marks, above, mark_of[above]);
        }
        mark_of[node] = marks.len() as u32;
        let parent = mark_of[parents[node] as usize];
        marks.push(Mark { node: node as u32, parent, together: 0 });
        open.push((node, node + sizes[node] as usize));
    }
    while let Some((above, _)) = open.pop() {
        close(&mut marks, above, mark_of[above]);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(parents: &[u32]) -> Vec<u32> {
        let mut sizes = vec![1; parents.len()];
        for node in (1..parents.len()).rev() {
            sizes[parents[node] as usize] += sizes[node];
        }
        sizes
    }

    fn drawn(parents: &[u32], all: usize, most: usize) -> Vec<(u32, u32, u32)> {
        let marks = condense(parents, &sizes(parents), all, most);
        marks.iter().map(|mark| (mark.node, mark.parent, mark.together)).collect()
    }

    #[test]
    fn a_small_tree_stays_as_it_is() {
        assert_eq!(drawn(&[0, 0, 1, 0], 4, 1), [(0, 0, 0), (1, 0, 0), (2, 1, 0), (3, 0, 0)]);
    }

    #[test]
    fn leaves_are_counted_where_they_hang() {
        // The post has five replies; the second (2) has three, one of them (4) with a reply.
        let parents = [0, 0, 0, 2, 2, 4, 2, 0, 0, 0];
        assert_eq!(
            drawn(&parents, 3, 3),
            [(0, 0, 0), (2, 0, 0), (4, 1, 0), (5, 2, 0), (2, 1, 2), (0, 0, 4)]
        );
        assert_eq!(drawn(&parents, 3, 2), [(0, 0, 0), (2, 0, 0), (2, 1, 4), (0, 0, 4)]);
        let star = vec![0; 5_001];
        assert_eq!(drawn(&star, 400, 250), [(0, 0, 0), (0, 0, 5_000)]);
    }

    #[test]
    fn no_comment_is_lost() {
        let chain: Vec<u32> = (0..3_000u32).map(|v| v.saturating_sub(1)).collect();
        for tree in [&chain, &vec![0; 3_000]] {
            let marks = condense(tree, &sizes(tree), 400, 250);
            let shown: u32 = marks.iter().map(|mark| mark.together.max(1)).sum();
            assert_eq!(shown, 3_000);
            assert!(marks.len() <= 500);
        }
    }
}
