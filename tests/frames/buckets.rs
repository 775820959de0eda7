//! Buckets of time: their width, their beginnings, no gaps.

use chrono::NaiveDate;
use proptest::prelude::*;
use rejoinder::comment::Precision;
use rejoinder::frames::Bucket;

fn millis(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> i64 {
    let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    date.and_hms_opt(hour, minute, 0).unwrap().and_utc().timestamp_millis()
}

#[test]
fn buckets_begin_where_people_expect() {
    let time = millis(2019, 1, 30, 4, 48);
    for (bucket, start) in [
        (Bucket::Minute, millis(2019, 1, 30, 4, 48)),
        (Bucket::FiveMinutes, millis(2019, 1, 30, 4, 45)),
        (Bucket::QuarterHour, millis(2019, 1, 30, 4, 45)),
        (Bucket::Hour, millis(2019, 1, 30, 4, 0)),
        (Bucket::SixHours, millis(2019, 1, 30, 0, 0)),
        (Bucket::Day, millis(2019, 1, 30, 0, 0)),
        // A Monday.
        (Bucket::Week, millis(2019, 1, 28, 0, 0)),
        (Bucket::Month, millis(2019, 1, 1, 0, 0)),
        (Bucket::Year, millis(2019, 1, 1, 0, 0)),
    ] {
        assert_eq!(bucket.start(time), start, "{}", bucket.word());
        assert_eq!(Bucket::parse(bucket.word()).unwrap(), bucket);
    }
    // Before 1970, too.
    assert_eq!(Bucket::Week.start(millis(1969, 12, 31, 1, 0)), millis(1969, 12, 29, 0, 0));
    assert_eq!(Bucket::Hour.start(millis(1969, 12, 31, 1, 5)), millis(1969, 12, 31, 1, 0));
}

#[test]
fn the_width_follows_from_the_span() {
    let minutes = |n: i64| n * 60_000;
    for (span, bucket) in [
        (0, Bucket::Minute),
        (minutes(119), Bucket::Minute),
        (minutes(120), Bucket::FiveMinutes),
        (minutes(10 * 60), Bucket::QuarterHour),
        // The seed thread: 41 hours.
        (minutes(41 * 60 + 13), Bucket::Hour),
        (minutes(20 * 24 * 60), Bucket::SixHours),
        (minutes(100 * 24 * 60), Bucket::Day),
        (minutes(800 * 24 * 60), Bucket::Week),
        (minutes(9 * 365 * 24 * 60), Bucket::Month),
        (minutes(50 * 365 * 24 * 60), Bucket::Year),
    ] {
        assert_eq!(Bucket::for_span(span, Precision::Second), bucket, "{span}");
    }
    assert_eq!(Bucket::for_span(0, Precision::Day), Bucket::Day);
    assert_eq!(Bucket::for_span(0, Precision::Month), Bucket::Month);
    assert_eq!(Bucket::for_span(0, Precision::Year), Bucket::Year);
}

#[test]
fn an_unknown_width_names_those_that_there_are() {
    let error = Bucket::parse("fortnight").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"no bucket is called fortnight; choose one of minute, 5min, 15min, hour, 6h, day, week, month, year");
}

proptest! {
    #[test]
    fn every_time_lies_in_its_bucket(
        time in -60_000_000_000_000i64..60_000_000_000_000, k in 0usize..Bucket::ALL.len(),
    ) {
        let bucket = Bucket::ALL[k];
        let start = bucket.start(time);
        prop_assert!(start <= time && time < bucket.next(start));
        prop_assert_eq!(bucket.start(start), start);
        prop_assert_eq!(bucket.start(bucket.next(start)), bucket.next(start));
        prop_assert_eq!(bucket.start(bucket.next(start) - 1), start);
        let range = bucket.range(time, bucket.next(bucket.next(start)));
        prop_assert_eq!(range, vec![start, bucket.next(start), bucket.next(bucket.next(start))]);
    }
}
