//! The commands, one file each.

pub(crate) mod analyze;
pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod evaluate;
pub(crate) mod export;
pub(crate) mod list;
mod reasons;
pub(crate) mod summary;
pub(crate) mod topics;
pub(crate) mod tree;
