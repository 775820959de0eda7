//! Drawings within the report: ids of their own, and colours that follow the reader's choice of a
//! light or a dark page.
//!
//! The two drawings of a chart differ in nothing but colours. So the light one is kept, and each
//! colour in it becomes a variable that has the colour at the same place of the dark one where the
//! page is dark.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Picture;

/// The drawings of a report, and the colours they have together.
#[derive(Default)]
pub(super) struct Drawings {
    /// Numbers of the pairs of a light and a dark colour.
    pairs: BTreeMap<(String, String), usize>,
}

impl Drawings {
    /// The drawing as it stands in the page.
    pub(super) fn place(&mut self, picture: &Picture<'_>) -> String {
        let svg = apart(picture.name, picture.svg);
        let Some(dark) = picture.dark else { return svg };
        let (light, dark) = (colors(&svg), colors(dark));
        if light.len() != dark.len() {
            return svg;
        }
        let mut placed = String::with_capacity(svg.len());
        let mut from = 0;
        for ((at, color), (_, dark)) in light.iter().zip(&dark) {
            let next = self.pairs.len();
            let pair = ((*color).to_owned(), (*dark).to_owned());
            let number = *self.pairs.entry(pair).or_insert(next);
            placed.push_str(&svg[from..*at]);
            let _ = write!(placed, "var(--c{number})");
            from = at + color.len();
        }
        placed.push_str(&svg[from..]);
        placed
    }

    /// The style sheet of all colours.
    pub(super) fn style(&self) -> String {
        let (mut light, mut dark) = (String::new(), String::new());
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        pairs.sort_by_key(|(_, number)| **number);
        for ((of_light, of_dark), number) in pairs {
            let _ = write!(light, "--c{number}:{of_light};");
            let _ = write!(dark, "--c{number}:{of_dark};");
        }
        // On paper colours are light, whatever the screen is.
        format!(
            ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        )
    }
}

/// The colours of a drawing (`#rrggbb` as the value of an attribute), each with its place.
fn colors(svg: &str) -> Vec<(usize, &str)> {
    let value = |(at, _): (usize, &str)| {
        let color = svg.get(at + 2..at + 9)?;
        let closed = svg.as_bytes().get(at + 9) == Some(&b'"');
        (closed && color[1..].bytes().all(|b| b.is_ascii_hexdigit())).then_some((at + 2, color))
    };
    svg.match_indices("=\"#").filter_map(value).collect()
}

/// The drawing with ids of its own: several stand on one page.
fn apart(prefix: &str, svg: &str) -> String {
    let labelled = format!("aria-labelledby=\"{prefix}-title {prefix}-desc\"");
    let mut svg = svg.replace("aria-labelledby=\"title desc\"", &labelled);
    for mark in [" id=\"", "url(#", " href=\"#"] {
        svg = svg.replace(mark, &format!("{mark}{prefix}-"));
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_variables_with_two_values() {
        let light = "<svg><title id=\"title\">=&quot;#fff</title><g fill=\"#ffffff\"/><g stroke=\"#000000\"/><g fill=\"#ffffff\"/></svg>";
        let dark = light.replace("#ffffff", "#101010").replace("#000000", "#eeeeee");
        let mut drawings = Drawings::default();
        let placed = drawings.place(&Picture { name: "a", svg: light, dark: Some(&dark) });
        assert_eq!(
            placed,
            "<svg><title id=\"a-title\">=&quot;#fff</title><g fill=\"var(--c0)\"/><g stroke=\"var(--c1)\"/><g fill=\"var(--c0)\"/></svg>"
        );
        assert_eq!(
            drawings.style(),
            ":root{--c0:#ffffff;--c1:#000000;}\n\
             @media screen and (prefers-color-scheme:dark){:root{--c0:#101010;--c1:#eeeeee;}}\n"
        );
        let odd = Picture { name: "a", svg: light, dark: Some("<svg/>") };
        assert!(drawings.place(&odd).contains("#ffffff"), "what does not match stays as it is");
    }
}
