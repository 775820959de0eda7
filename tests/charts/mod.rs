//! Charts: nothing overlaps, nothing is lost, the same input gives the same bytes, the gallery.

mod fixture;
mod gallery;
mod layout;
mod page;
mod pictures;
mod scripts;
