//! The progress bar: on a terminal only, and only when work lasts longer than a second.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use rejoinder::analysis::Pulse;
use rejoinder::gather::Extent;

/// How long work may last before a bar shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);

/// Shows how a run goes on. The bar goes when this is dropped.
pub(crate) struct Progress {
    extent: Arc<Extent>,
    drawer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// For these inputs.
    pub(crate) fn over(files: &[PathBuf], pulse: &Pulse, quiet: bool) -> Self {
        let total = crate::inputs::size(files);
        let extent = Arc::new(Extent { total: total.unwrap_or(0), ..Extent::default() });
        if quiet || !std::io::stderr().is_terminal() {
            return Self { extent, drawer: None };
        }
        let (stop, stopped) = channel();
        let (shown, pulse) = (Arc::clone(&extent), pulse.clone());
        let drawer = std::thread::spawn(move || {
            let mut pace = Pace::begin();
            if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
            restyle(&bar, if total.is_some() { READING } else { READING_UNKNOWN });
            let mut is_reading = true;
            while stopped.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                let comments = pulse.comments.load(Ordering::Relaxed);
                let finished = pulse.finished.load(Ordering::Relaxed);
                if is_reading && finished > 0 {
                    is_reading = false;
                    restyle(&bar, MEASURING);
                    bar.set_length(comments);
                    pace = Pace::begin();
                }
                if is_reading {
                    let read = shown.read.load(Ordering::Relaxed);
                    let rate = HumanBytes(pace.rate(read) as u64);
                    let left = total.map_or_else(String::new, |total| pace.left(read, total));
                    bar.set_message(format!("{comments} comments, {rate}/s{left}"));
                    bar.set_position(read);
                } else {
                    bar.set_message(pace.left(finished, comments));
                    bar.set_position(finished);
                }
            }
            bar.finish_and_clear();
        });
        Self { extent, drawer: Some((stop, drawer)) }
    }

    /// How much there is to read, and where whoever reads counts the bytes.
    pub(crate) fn extent(&self) -> Arc<Extent> {
        Arc::clone(&self.extent)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, drawer)) = self.drawer.take() {
            drop(stop);
            // A bar that failed to draw is no reason to fail.
            let _ = drawer.join();
        }
    }
}

const READING: &str = "reading {wide_bar} {bytes} of {total_bytes}, {msg}";
const READING_UNKNOWN: &str = "reading {spinner} {bytes}, {msg}";
const MEASURING: &str = "measuring {wide_bar} {human_pos} of {human_len} comments{msg}";

/// How fast a stage goes on the whole: what it did before the bar showed counts too.
struct Pace {
    begun: Instant,
}

impl Pace {
    fn begin() -> Self {
        Self { begun: Instant::now() }
    }

    /// What was done a second.
    fn rate(&self, done: u64) -> f64 {
        done as f64 / self.begun.elapsed().as_secs_f64().max(0.001)
    }

    /// The time that is left, behind a comma; nothing before anything was done.
    fn left(&self, done: u64, all: u64) -> String {
        if done == 0 {
            return String::new();
        }
        let seconds = (all.saturating_sub(done) as f64 / self.rate(done)).ceil() as u64;
        match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
            (0, 0, seconds) => format!(", {seconds} s left"),
            (0, minutes, seconds) => format!(", {minutes} min {seconds} s left"),
            (hours, minutes, _) => format!(", {hours} h {minutes} min left"),
        }
    }
}

fn restyle(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
