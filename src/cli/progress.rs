//! The progress bar: on a terminal only, and only when work lasts longer than a second.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may last before a bar shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);

/// Counts the bytes that are read, and shows them. The bar goes when this is dropped.
pub(crate) struct Progress {
    read: Arc<AtomicU64>,
    drawer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// For inputs of this many bytes, if that is known.
    pub(crate) fn over(files: &[PathBuf], quiet: bool) -> Self {
        let read = Arc::new(AtomicU64::new(0));
        if quiet || !std::io::stderr().is_terminal() {
            return Self { read, drawer: None };
        }
        let total = crate::inputs::size(files);
        let (stop, stopped) = channel();
        let counter = Arc::clone(&read);
        let drawer = std::thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = bar(total);
            while stopped.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(counter.load(Ordering::Relaxed));
            }
            bar.finish_and_clear();
        });
        Self { read, drawer: Some((stop, drawer)) }
    }

    /// Where whoever reads counts the bytes.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
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

fn bar(total: Option<u64>) -> ProgressBar {
    let target = ProgressDrawTarget::stderr();
    let bar = ProgressBar::with_draw_target(total, target);
    let template = match total {
        Some(_) => "reading {wide_bar} {bytes} of {total_bytes}, {eta} left",
        None => "reading {spinner} {bytes}, {bytes_per_sec}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
