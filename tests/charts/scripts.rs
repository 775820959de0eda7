//! Fonts for scripts that the embedded face lacks, and which letters they are for.

use std::fmt::Write as _;
use std::sync::Arc;

use resvg::usvg::fontdb::Database;

/// A file in `fonts`, its family, and which letters it writes.
type Font = (&'static str, &'static str, fn(char) -> bool);

const FONTS: [Font; 5] = [
    ("NotoSansArabic.ttf", "Noto Sans Arabic", |c| matches!(c, '\u{600}'..='\u{6ff}')),
    ("NotoSansHebrew.ttf", "Noto Sans Hebrew", |c| matches!(c, '\u{590}'..='\u{5ff}')),
    ("NotoSansDevanagari.ttf", "Noto Sans Devanagari", |c| matches!(c, '\u{900}'..='\u{97f}')),
    (
        "NotoSansCJK.otf",
        "Noto Sans CJK JP",
        |c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'),
    ),
    ("NotoColorEmoji.ttf", "Noto Color Emoji", |c| matches!(c, '\u{1f000}'..)),
];

fn read(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The embedded face as files.
pub(super) fn embedded() -> [Vec<u8>; 2] {
    ["Regular", "SemiBold"].map(|weight| read(&format!("assets/fonts/Inter-{weight}.otf")))
}

/// The fonts for other scripts as files.
pub(super) fn others() -> Vec<Vec<u8>> {
    FONTS.iter().map(|(file, ..)| read(&format!("tests/charts/fonts/{file}"))).collect()
}

/// All of them as a database.
pub(super) fn database() -> Arc<Database> {
    let mut fonts = Database::new();
    embedded().into_iter().chain(others()).for_each(|data| fonts.load_font_data(data));
    Arc::new(fonts)
}

/// Some letter needs one of these fonts.
pub(super) fn is_foreign(text: &str) -> bool {
    text.chars().any(|c| FONTS.iter().any(|(.., writes)| writes(c)))
}

/// The drawing with the family of each run of letters named, as a browser would choose it.
pub(super) fn spelled(svg: &str) -> String {
    let mut spelled = String::new();
    let mut open = None;
    for c in svg.chars() {
        let family = FONTS.iter().find(|(.., writes)| writes(c)).map(|(_, family, _)| *family);
        if family != open {
            if open.is_some() {
                spelled.push_str("</tspan>");
            }
            if let Some(family) = family {
                let _ = write!(spelled, "<tspan font-family=\"{family}\">");
            }
            open = family;
        }
        spelled.push(c);
    }
    spelled
}
