//! What the user can say about a chart.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Offset, TimeZone};

use crate::error::{Error, Result};

/// How charts are drawn.
#[derive(Debug, Clone)]
pub struct ChartOptions {
    /// Width in pixels. Default: 960.
    pub width: Option<u32>,
    /// Height in pixels. Default: what suits the chart and its data.
    pub height: Option<u32>,
    /// Pixels of the PNG for each pixel of the drawing. Default: 1.
    pub scale: f32,
    /// Light on dark. Default: no.
    pub dark: bool,
    /// Replaces the title. Default: the chart's own, which says what is seen.
    pub title: Option<String>,
    /// The bytes of font files (TrueType, OpenType). The first is written with; the others help
    /// out in PNG where it lacks letters, before fonts of the system do. Default: the embedded
    /// face alone.
    pub fonts: Vec<Vec<u8>>,
    /// Draw PNG without fonts of the system, so that the same tables give the same bytes on every
    /// machine; letters that no given font has become boxes. Default: fonts of the system help out.
    pub given_fonts_only: bool,
    /// The zone that times are shown in, where the tables have UTC. Default: as in the tables.
    pub zone: Zone,
    /// The thread that charts of one thread show, by its id. Default: the one with most comments.
    pub thread: Option<String>,
    /// What the colours of the reply tree mean. Default: the author.
    pub color_by: ColorBy,
    /// The reply tree runs along time instead of depth. Default: no.
    pub by_time: bool,
}

impl Default for ChartOptions {
    fn default() -> Self {
        Self {
            width: None,
            height: None,
            scale: 1.0,
            dark: false,
            title: None,
            fonts: Vec::new(),
            given_fonts_only: false,
            zone: Zone::default(),
            thread: None,
            color_by: ColorBy::default(),
            by_time: false,
        }
    }
}

/// What the colours of the reply tree mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColorBy {
    /// Who wrote the comment; the most active have a colour each.
    #[default]
    Author,
    /// How deep it stands.
    Depth,
    /// The first topic found in it.
    Topic,
}

impl ColorBy {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Author, Self::Depth, Self::Topic];

    /// The word that options use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Depth => "depth",
            Self::Topic => "topic",
        }
    }
}

impl FromStr for ColorBy {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|color| color.word() == word);
        found.ok_or_else(|| {
            Error::usage(format!("cannot color by {word}: give author, depth or topic"))
        })
    }
}

/// The smallest and the largest side of a drawing, in pixels.
pub const SIDES: (u32, u32) = (240, 20_000);

/// A length in pixels from `640`, `640px`, `16cm`, `160mm` or `6.3in`; a centimetre is 96/2.54
/// pixels of the drawing, and the scale of the PNG is the wanted dpi / 96 ([`scale_for`]).
pub fn length(text: &str) -> Result<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &text[digits.len()..] {
        "" | "px" => 1.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "in" => 96.0,
        _ => 0.0,
    };
    let pixels = digits.trim().parse::<f64>().map_or(0.0, |number| (number * factor).round());
    if pixels >= f64::from(SIDES.0) && pixels <= f64::from(SIDES.1) {
        Ok(pixels as u32)
    } else {
        Err(Error::usage(format!(
            "{text} is no size of a chart: give pixels (960) or a length (16cm, 160mm, 6.3in) of \
             {} to {} pixels, at 96 pixels an inch",
            SIDES.0, SIDES.1
        )))
    }
}

/// The [`ChartOptions::scale`] for a print of a density in dots per inch.
#[must_use]
pub fn scale_for(dpi: f32) -> f32 {
    dpi / 96.0
}

/// The zone that times are shown in.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Zone(Shift);

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Shift {
    #[default]
    AsStored,
    Fixed(FixedOffset),
    Named(chrono_tz::Tz),
}

impl FromStr for Zone {
    type Err = Error;

    /// `UTC`, `+02:00`, or a name of the IANA database such as `Europe/Berlin`.
    fn from_str(text: &str) -> Result<Self> {
        if let Ok(zone) = text.parse::<chrono_tz::Tz>() {
            return Ok(Self(Shift::Named(zone)));
        }
        let probe = format!("2000-01-01T00:00:00{}", text.trim_start_matches("UTC"));
        match DateTime::parse_from_rfc3339(&probe) {
            Ok(time) => Ok(Self(Shift::Fixed(*time.offset()))),
            Err(_) => Err(Error::usage(format!(
                "{text} is no time zone: give an offset (+02:00) or a name (Europe/Berlin)"
            ))),
        }
    }
}

impl Zone {
    /// The time on the clock of this zone, as milliseconds.
    pub(crate) fn local(self, millis: f64) -> f64 {
        millis + self.offset(millis) * 1_000.0
    }

    /// Seconds that the clock of this zone is ahead of UTC at a time.
    fn offset(self, millis: f64) -> f64 {
        let Some(utc) = DateTime::from_timestamp_millis(millis as i64) else { return 0.0 };
        let seconds = match self.0 {
            Shift::AsStored => 0,
            Shift::Fixed(offset) => offset.local_minus_utc(),
            Shift::Named(zone) => {
                zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc()
            }
        };
        f64::from(seconds)
    }

    /// What axes call it; `None` if times are shown as stored.
    pub(crate) fn name(self) -> Option<String> {
        match self.0 {
            Shift::AsStored => None,
            Shift::Fixed(offset) => Some(format!("UTC{offset}")),
            Shift::Named(zone) => Some(zone.name().to_owned()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_zones_are_read() {
        assert_eq!(length("640").ok(), Some(640));
        assert_eq!(length("16cm").ok(), Some(605));
        assert_eq!(length("160mm").ok(), Some(605));
        assert_eq!(length("6.3in").ok(), Some(605));
        assert!(length("6").is_err() && length("wide").is_err() && length("9ft").is_err());
        let zone: Zone = "Europe/Berlin".parse().expect("a zone");
        assert_eq!(zone.local(0.0), 3_600_000.0);
        assert_eq!("+05:30".parse::<Zone>().expect("an offset").local(0.0), 19_800_000.0);
        assert_eq!("UTC".parse::<Zone>().expect("a zone").local(5.0), 5.0);
        assert!("Middle/Earth".parse::<Zone>().is_err());
    }
}
