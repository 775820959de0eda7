//! Charts: nothing overlaps, nothing is lost, the same input gives the same bytes, the gallery, the report.

mod fixture;
mod gallery;
mod layout;
mod page;
mod pictures;
#[cfg(feature = "cli")]
mod report;
mod scripts;
