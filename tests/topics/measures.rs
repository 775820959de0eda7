//! The formulas, against values worked out by other means.

use rejoinder::topics::comparison::{Comparing, compare};
use rejoinder::topics::measures::{c_tf_idf, keyness_g2, log_odds, npmi};

#[track_caller]
fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

/// G² as Dunning writes it: of the binomial likelihoods, not of observed and expected counts.
#[allow(clippy::many_single_char_names)]
fn g2_by_likelihoods(a: f64, n: f64, b: f64, m: f64) -> f64 {
    let log_l = |k: f64, n: f64, p: f64| {
        let part = |x: f64, p: f64| if x > 0.0 { x * p.ln() } else { 0.0 };
        part(k, p) + part(n - k, 1.0 - p)
    };
    let p = (a + b) / (n + m);
    2.0 * (log_l(a, n, a / n) + log_l(b, m, b / m) - log_l(a, n, p) - log_l(b, m, p))
}

#[test]
fn g2_of_the_words_alone() {
    // By hand: E1 = 100 · 15/300 = 5, E2 = 10; 2 (10 ln 2 + 5 ln ½) = 10 ln 2.
    close(keyness_g2(10.0, 100.0, 5.0, 200.0), 10.0 * std::f64::consts::LN_2);
    close(keyness_g2(0.0, 100.0, 0.0, 200.0), 0.0);
    close(keyness_g2(3.0, 0.0, 1.0, 200.0), 0.0);
    close(keyness_g2(7.0, 70.0, 20.0, 200.0), 0.0);
    // Rayson and Garside leave out the cells of the other words; with them it is Dunning's.
    let (a, n, b, m) = (30.0, 1_000.0, 12.0, 1_500.0);
    let others = keyness_g2(n - a, n, m - b, m);
    close(keyness_g2(a, n, b, m) + others, g2_by_likelihoods(a, n, b, m));
}

#[test]
fn log_odds_as_monroe_has_it() {
    // y = 8 of 20 and 2 of 30, prior 1 of 10:
    // ln(9 / (30 - 9)) - ln(3 / (40 - 3)), variance 1/9 + 1/3.
    let odds = log_odds(8.0, 20.0, 2.0, 30.0, 1.0, 10.0);
    let delta = (9.0f64 / 21.0).ln() - (3.0f64 / 37.0).ln();
    close(odds.delta, delta);
    close(odds.z, delta / (1.0f64 / 9.0 + 1.0 / 3.0).sqrt());
    let turned = log_odds(2.0, 30.0, 8.0, 20.0, 1.0, 10.0);
    close(turned.z, -odds.z);
    close(log_odds(5.0, 50.0, 5.0, 50.0, 1.0, 10.0).z, 0.0);
}

#[test]
fn npmi_from_never_to_always() {
    close(npmi(0.5, 0.5, 0.25), 0.0);
    close(npmi(0.2, 0.2, 0.2), 1.0);
    close(npmi(0.2, 0.2, 0.0), -1.0);
    close(npmi(1.0, 1.0, 1.0), 1.0);
    // log2: PMI = log2(0.25 / (0.25 · 0.5)) = 1, -log2(0.25) = 2.
    close(npmi(0.25, 0.5, 0.25), 0.5);
}

#[test]
fn class_based_tf_idf() {
    close(c_tf_idf(3.0, 6.0, 12.0), 3.0 * 3.0f64.ln());
    close(c_tf_idf(0.0, 0.0, 12.0), 0.0);
    close(c_tf_idf(5.0, 5.0, 0.0), 0.0);
}

#[test]
fn a_comparison_puts_the_words_of_either_side_at_its_end() {
    let a = ["Oil and gold. Oil prices!", "The oil, the gold"];
    let b = ["The hawks want a war", "> oil oil oil\nHawks and war, @oil http://oil.com/war"];
    let compared = compare(&a, &b, &Comparing { least: 2, ..Comparing::default() });
    let words: Vec<_> = compared.words.iter().map(|w| (w.word.as_str(), w.a, w.b)).collect();
    assert_eq!(words, [("oil", 3, 0), ("gold", 2, 0), ("hawks", 0, 2), ("war", 0, 2)]);
    assert_eq!((compared.n_a, compared.n_b), (9, 8));
    // The prior of "oil" is a tenth of its 3 uses, of a tenth of all 17 words.
    let oil = &compared.words[0];
    let delta = (3.3f64 / (9.0 + 1.7 - 3.3)).ln() - (0.3f64 / (8.0 + 1.7 - 0.3)).ln();
    close(oil.log_odds, delta);
    close(oil.z, delta / (1.0f64 / 3.3 + 1.0 / 0.3).sqrt());
}
