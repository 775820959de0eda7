//! How text for a terminal looks: its width, its signs, its colors.

use anstyle::{AnsiColor, Color, Style};

use crate::text::width;

/// How text for a terminal looks. The program decides; outputs only obey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns that no line exceeds. At least [`Look::NARROWEST`] is assumed. Default: 80.
    pub width: usize,
    /// Only ASCII characters are drawn (texts and names keep theirs). Default: `false`.
    pub ascii: bool,
    /// Styles are written as ANSI sequences. Default: `false`.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 80, ascii: false, color: false }
    }
}

/// What a piece of text is, which decides its style. Colors never carry meaning alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Titles and headings.
    Heading,
    /// Authors.
    Name,
    /// What is there but seldom read: lines of the tree, times, units.
    Faint,
    /// Bars and sparklines.
    Bar,
    /// What is uncertain or missing.
    Doubt,
}

impl Paint {
    const fn style(self) -> Style {
        match self {
            Self::Heading => Style::new().bold(),
            Self::Name => Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan))),
            Self::Faint => Style::new().dimmed(),
            Self::Bar => Style::new().fg_color(Some(Color::Ansi(AnsiColor::Blue))),
            Self::Doubt => Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow))),
        }
    }
}

/// The signs that text is drawn with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyphs {
    /// Stands for what was cut off.
    pub(crate) ellipsis: &'static str,
    /// Between two facts on a line.
    pub(crate) dot: &'static str,
    /// Between two ends of a range.
    pub(crate) dash: &'static str,
    /// Before a reply that has a later sibling.
    pub(crate) tee: &'static str,
    /// Before the last reply.
    pub(crate) corner: &'static str,
    /// Below a comment that has a later sibling.
    pub(crate) pipe: &'static str,
    /// Below a last reply.
    pub(crate) blank: &'static str,
    /// Eighths of a bar, from one to eight.
    pub(crate) eighths: &'static [&'static str],
    /// Levels of a sparkline, from the smallest to the full one.
    pub(crate) levels: &'static [&'static str],
    /// A sparkline's bucket without comments.
    pub(crate) none: &'static str,
}

const DRAWN: Glyphs = Glyphs {
    ellipsis: "…",
    dot: "·",
    dash: "–",
    tee: "├─ ",
    corner: "└─ ",
    pipe: "│  ",
    blank: "   ",
    eighths: &["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    levels: &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    none: " ",
};

const ASCII: Glyphs = Glyphs {
    ellipsis: "...",
    dot: "-",
    dash: "-",
    tee: "|- ",
    corner: "`- ",
    pipe: "|  ",
    blank: "   ",
    eighths: &["#"],
    levels: &[".", ":", "-", "=", "+", "*", "%", "#"],
    none: " ",
};

impl Look {
    /// Below this nothing readable fits.
    pub const NARROWEST: usize = 24;

    /// The width to draw for.
    #[must_use]
    pub(crate) fn columns(&self) -> usize {
        self.width.max(Self::NARROWEST)
    }

    pub(crate) const fn glyphs(&self) -> Glyphs {
        if self.ascii { ASCII } else { DRAWN }
    }

    /// The text in its style, if styles are written at all.
    pub(crate) fn paint(&self, paint: Paint, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let style = paint.style();
        format!("{style}{text}{style:#}")
    }

    /// The text in at most this many columns.
    pub(crate) fn shorten(&self, text: &str, columns: usize) -> String {
        width::shorten(text, columns, self.glyphs().ellipsis).into_owned()
    }

    /// The text in exactly this many columns.
    pub(crate) fn fit(&self, text: &str, columns: usize) -> String {
        width::fit(text, columns, self.glyphs().ellipsis)
    }

    /// A bar for a share (0 to 1) of so many columns. Whatever is more than nothing shows.
    pub(crate) fn bar(&self, share: f64, columns: usize) -> String {
        let steps = self.glyphs().eighths;
        let total = (share.clamp(0.0, 1.0) * (columns * steps.len()) as f64).round() as usize;
        let total = if share > 0.0 { total.max(1) } else { 0 };
        let (full, part) = (total / steps.len(), total % steps.len());
        let mut bar = steps[steps.len() - 1].repeat(full);
        if part > 0 {
            bar.push_str(steps[part - 1]);
        }
        bar
    }

    /// One sign a value, its height by its share of the largest.
    pub(crate) fn sparkline(&self, values: &[u64]) -> String {
        let glyphs = self.glyphs();
        let most = values.iter().copied().max().unwrap_or(0).max(1);
        let top = glyphs.levels.len() as u64;
        values
            .iter()
            .map(|&v| match v {
                0 => glyphs.none,
                v => glyphs.levels[((v * top).div_ceil(most) - 1) as usize],
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_sparklines_show_whatever_is_not_nothing() {
        let look = Look::default();
        assert_eq!(look.bar(1.0, 3), "███");
        assert_eq!(look.bar(0.5, 3), "█▌");
        assert_eq!(look.bar(1e-9, 3), "▏");
        assert_eq!(look.bar(0.0, 3), "");
        assert_eq!(look.sparkline(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(look.sparkline(&[]), "");
    }
}
