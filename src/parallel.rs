//! Work on all cores whose results come back in order.
//!
//! Whatever is split over cores (blocks of a dump, shares of loose comments) is put together again
//! in the order in which it was split, so that the result does not depend on the number of cores.
//! Every core takes the next piece itself, and none runs far ahead of the slowest.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, PoisonError};

/// What the cores share.
struct Desk<S> {
    source: S,
    begun: usize,
    taken: usize,
    is_over: bool,
}

/// Gets pieces from `next` until there is none, works on them on all cores, and hands the results
/// to `take` in the order of the pieces, on the calling thread. The first error of `take` ends it.
///
/// No piece is begun that comes more than `ahead` after the one that is taken next, beside one for
/// each core. `next` is called by one core at a time, with what that core has kept; `new` makes what it keeps.
pub(crate) fn in_order<K, T, R: Send, E>(
    ahead: usize,
    new: impl Fn() -> K + Sync,
    next: impl FnMut(&mut K) -> Option<T> + Send,
    work: impl Fn(&mut K, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let cores = rayon::current_num_threads();
    let desk = Mutex::new(Desk { source: next, begun: 0, taken: 0, is_over: false });
    let moved = Condvar::new();
    let lock = || desk.lock().unwrap_or_else(PoisonError::into_inner);
    // Threads of their own: those of the pool are left to whoever takes the results.
    std::thread::scope(|scope| {
        let (sender, done) = channel();
        for _ in 0..cores {
            let (sender, work, new, lock, moved) = (sender.clone(), &work, &new, &lock, &moved);
            scope.spawn(move || {
                let mut kept = new();
                loop {
                    let mut desk = lock();
                    while !desk.is_over && desk.begun - desk.taken >= cores + ahead {
                        desk = moved.wait(desk).unwrap_or_else(PoisonError::into_inner);
                    }
                    if desk.is_over {
                        return;
                    }
                    let number = desk.begun;
                    let found = catch_unwind(AssertUnwindSafe(|| (desk.source)(&mut kept)));
                    desk.begun += usize::from(!matches!(found, Ok(None)));
                    desk.is_over |= !matches!(found, Ok(Some(_)));
                    drop(desk);
                    let result = match found {
                        Ok(None) => return,
                        Ok(Some(piece)) => {
                            catch_unwind(AssertUnwindSafe(|| work(&mut kept, piece)))
                        }
                        Err(panic) => Err(panic),
                    };
                    // Nobody listens any more once an error has ended the whole.
                    if sender.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut taken = 0;
        let mut outcome = Ok(());
        while let Ok((number, result)) = done.recv() {
            early.insert(number, result);
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                let result = match result {
                    Ok(result) => take(result),
                    Err(panic) => {
                        end(&mut lock(), &moved);
                        resume_unwind(panic);
                    }
                };
                let mut desk = lock();
                desk.taken = taken;
                moved.notify_all();
                if result.is_err() {
                    end(&mut desk, &moved);
                    outcome = result;
                    break;
                }
            }
            if outcome.is_err() {
                break;
            }
        }
        outcome
    })
}

/// Lets the cores stop.
fn end<S>(desk: &mut Desk<S>, moved: &Condvar) {
    desk.is_over = true;
    moved.notify_all();
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let mut seen = Vec::new();
        let mut pieces = 0..100_u64;
        let work = |n: u64| (0..(100 - n) * 1000).fold(n, |sum, i| sum ^ (i & 1)) >> 1;
        in_order(
            3,
            || (),
            |()| pieces.next(),
            |(), n| work(n),
            |n| {
                seen.push(n);
                Ok::<(), ()>(())
            },
        )
        .expect("nothing fails");
        assert_eq!(seen, (0..100).map(work).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_ends_it() {
        let mut pieces = 0_u32..;
        let fail = |n| if n == 7 { Err(n) } else { Ok(()) };
        assert_eq!(in_order(1, || (), |()| pieces.next(), |(), n| n, fail), Err(7));
    }

    #[test]
    #[should_panic(expected = "the fifth")]
    fn a_panic_is_passed_on() {
        let mut pieces = 0_u32..100;
        let work = |n| assert!(n != 5, "the fifth");
        let _ = in_order(1, || (), |()| pieces.next(), |(), n| work(n), |()| Ok::<(), ()>(()));
    }
}
