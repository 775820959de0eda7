//! What a thread promises: pre-order, sizes, depths, unique ids.

use rejoinder::comment::Name;
use rejoinder::formats::outline;
use rejoinder::linking;

#[test]
fn an_outline_becomes_preorder_arrays() {
    let (discussion, odd) = outline::parse("x", "ann: a\n  bob: b\n    ann: c\ncyd: d");
    assert!(odd.is_empty());
    let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
    assert_eq!(thread.parents(), [0, 0, 1, 2, 0]);
    assert_eq!(thread.depths(), [0, 1, 2, 3, 1]);
    assert_eq!(thread.sizes(), [5, 3, 2, 1, 1]);
    assert_eq!(thread.replies(0).collect::<Vec<_>>(), [1, 4]);
}
