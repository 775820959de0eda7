//! The commands, one file each.

pub(crate) mod analyze;
pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod evaluate;
pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod summary;
pub(crate) mod tree;
