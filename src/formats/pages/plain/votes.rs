//! Numbers of votes as pages print them.

/// A number of votes: `12`, `-3`, `1.2k`, `10K`.
pub(super) fn read(text: &str) -> Option<i64> {
    let text = text.replace(['−', '–'], "-");
    let (digits, factor) = match text.trim_end_matches(['K', 'k', 'M', 'm']) {
        digits if digits.len() == text.len() => (digits, 1.0),
        digits if text.ends_with(['K', 'k']) => (digits, 1e3),
        digits => (digits, 1e6),
    };
    if factor > 1.0 {
        return digits.replace(',', ".").parse::<f64>().ok().map(|n| (n * factor).round() as i64);
    }
    digits.replace([',', '.'], "").parse().ok()
}

/// A line of nothing but votes: `37 points`.
pub(super) fn points(text: &str) -> Option<i64> {
    const UNITS: &[&str] =
        &["point", "points", "pts", "Punkt", "Punkte", "puntos", "punti", "pontos"];
    let (number, unit) = text.trim().split_once(' ')?;
    let is_number = number.len() < 8 && number.ends_with(|c: char| c.is_ascii_digit());
    if UNITS.contains(&unit) && is_number { read(number) } else { None }
}

/// A number in brackets and what it counts: `[33 favorites]`.
pub(super) fn is_bracketed(text: &str) -> bool {
    let within = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    within.is_some_and(|count| count.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{points, read};

    #[test]
    fn points_stand_alone() {
        assert_eq!(points("37 points"), Some(37));
        assert_eq!(points("-1 point"), Some(-1));
        assert_eq!(points("37 points to make"), None);
    }

    #[test]
    fn thousands_are_written_out_or_shortened() {
        assert_eq!(read("−3"), Some(-3));
        assert_eq!(read("1,204"), Some(1204));
        assert_eq!(read("1.2k"), Some(1200));
        assert_eq!(read("2M"), Some(2_000_000));
        assert_eq!(read("k"), None);
    }
}
