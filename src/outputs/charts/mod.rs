//! Charts: tables in, SVG and PNG out. Plotters draws SVG once; resvg makes the PNG from it.
