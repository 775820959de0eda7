//! Dates in the shapes and languages of real pages.

use rejoinder::comment::{Clock, Precision};
use rejoinder::text::dates::{PageDates, find, find_in};

/// Reads the only date of a text, on a page where the day comes first, and prints it.
fn shown(text: &str) -> String {
    let page = PageDates { latest_year: Some(2012), ..PageDates::default() };
    let Some((_, moment)) = find_in(text, &page) else { return String::from("none") };
    let date = chrono::DateTime::from_timestamp_millis(moment.millis).unwrap();
    let zone = if moment.clock == Clock::Utc { "Z" } else { "" };
    match moment.clock {
        Clock::BeforeCapture => format!("{} s, {}", moment.millis / 1000, moment.precision.word()),
        _ if moment.precision == Precision::Day => date.format("%Y-%m-%d").to_string(),
        _ if moment.precision == Precision::Month => date.format("%Y-%m").to_string(),
        _ if moment.precision == Precision::Second => {
            date.format("%Y-%m-%dT%H:%M:%S").to_string() + zone
        }
        _ => date.format("%Y-%m-%dT%H:%M").to_string() + zone,
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (text, shown(text), expected))
        .filter(|(_, found, expected)| found != *expected)
        .collect();
    assert!(wrong.is_empty(), "text, found, expected: {wrong:#?}");
}

#[test]
fn dates_with_the_name_of_the_month() {
    check(&[
        ("bob7, May 5, 2021", "2021-05-05"),
        ("12 مارس، 2019 الساعة 2:05 م", "2019-03-12T14:05"),
        ("12 Μαρτίου 2013 στις 2:05 μ.μ.", "2013-03-12T14:05"),
        ("Bob_1975 May 3, 2019 At 5:40 pm", "2019-05-03T17:40"),
        ("bob842 febbraio 2021 alle ore 11:11", "2021-02-02T11:11"),
        ("Bob4214. Mai 2019", "2019-05-14"),
        ("Mar", "none"),
        ("Mar, 08/05/2012 - 13:31", "2012-05-08T13:31"),
        ("tilly99, May 3, 2021 at 9:20 am", "2021-05-03T09:20"),
        ("January 28, 2019 11:35 am", "2019-01-28T11:35"),
        ("August 3, 2019 at 4:11 am", "2019-08-03T04:11"),
        ("28 Jan 2019 at 11:35", "2019-01-28T11:35"),
        ("on August 22, 2012 at 6:29 pm", "2012-08-22T18:29"),
        ("16. March, 2023 at 16:59", "2023-03-16T16:59"),
        ("09. Jul, 2012", "2012-07-09"),
        ("July 10th, 2012, 1:26 am", "2012-07-10T01:26"),
        ("Jun 20th at 2:41 am", "2012-06-20T02:41"),
        ("23. Juni 2016 um 17:21\u{a0}Uhr", "2016-06-23T17:21"),
        ("23. Juni 2016 um 17:21 Uhr Uhr", "2016-06-23T17:21"),
        ("Juli 30, 2013 um 2:33 pm", "2013-07-30T14:33"),
        ("15. Dezember 2015 at 11:21", "2015-12-15T11:21"),
        ("8. April 2019 @ 11:38", "2019-04-08T11:38"),
        ("Di, 21. April 2020 - 1…", "2020-04-21"),
        ("26 abril 2022 a las 14:02", "2022-04-26T14:02"),
        ("2015年11月23日 8:45 PM", "2015-11-23T20:45"),
        ("2015年11月23日 下午8:45", "2015-11-23T20:45"),
        ("2021年3月5日 20時45分", "2021-03-05T20:45"),
        ("Aug 9, 2012 10:40 AM EDT", "2012-08-09T14:40Z"),
        ("on Monday July 23, @08:25PM", "2012-07-23T20:25"),
        ("Mon Oct 29, 2012 10:07 AM EDT", "2012-10-29T14:07Z"),
        ("Wed Jun 11, 2014 11:28 am", "2014-06-11T11:28"),
        ("Posted 07 December 2015 - 01:13 AM", "2015-12-07T01:13"),
        ("November 9, 2012 12:13 AM |", "2012-11-09T00:13"),
        ("Feb 7, 2014 at 10:53", "2014-02-07T10:53"),
        ("Feb 7 '14 at 10:53", "2014-02-07T10:53"),
        ("Thu Nov  1 11:19:12 2001", "2001-11-01T11:19:12"),
        ("March 14th, 2007 05:12 am (UTC)", "2007-03-14T05:12Z"),
        ("Feb 2023", "2023-02"),
        ("11:19, 1 November 2001 (UTC)", "2001-11-01T11:19"),
        ("le 3 août 2019 à 12h05", "2019-08-03T12:05"),
        ("23 février 2013 à 23 h 57 min", "2013-02-23T23:57"),
        ("22 junio, 2014 en 12:44 am", "2014-06-22T00:44"),
        ("en 2014, el 22 junio 2014 en 4 ciudades", "2014-06-22"),
        ("04/20/16(Wed)18:34:20 No.26738", "2016-04-20T18:34:20"),
        ("3 agosto 2019 alle 14.30", "2019-08-03T14:30"),
        ("3 de agosto de 2019, às 14:30", "2019-08-03T14:30"),
        ("3 augustus 2019 om 14:30 uur", "2019-08-03T14:30"),
        ("3 sierpnia 2019 o 14:30", "2019-08-03T14:30"),
        ("3 августа 2019 г. в 14:30", "2019-08-03T14:30"),
        ("3 серпня 2019 о 14:30", "2019-08-03T14:30"),
        ("3. srpna 2019 v 14:30", "2019-08-03T14:30"),
        ("2019. augusztus 3. 14:30", "2019-08-03T14:30"),
        ("3 Ağustos 2019, 14:30", "2019-08-03T14:30"),
        ("3 augusti 2019 kl. 14:30", "2019-08-03T14:30"),
        ("3 באוגוסט 2019 בשעה 14:30", "2019-08-03T14:30"),
        ("3 أغسطس 2019 الساعة 2:30 م", "2019-08-03T14:30"),
        ("٣ أغسطس ٢٠١٩", "2019-08-03"),
        ("3 اوت 2019", "2019-08-03"),
        ("3 օգոստոսի 2019", "2019-08-03"),
        ("2019년 8월 3일 오후 2:30", "2019-08-03T14:30"),
    ]);
}

#[test]
fn dates_in_numbers() {
    check(&[
        ("14/04/2020 at 3:00 pm", "2020-04-14T15:00"),
        ("on 11/08/2020 at 9:52", "2020-08-11T09:52"),
        ("10/18/2012 at 2:57 pm", "2012-10-18T14:57"),
        ("17.10.2019, 14:14", "2019-10-17T14:14"),
        ("29.07.2020 // 12:56", "2020-07-29T12:56"),
        ("17.07, 2011 @ 13:04", "2011-07-17T13:04"),
        ("04-09-2005, 06:46 PM", "2005-09-04T18:46"),
        ("2011-05-03 04:12 pm (UTC)", "2011-05-03T16:12Z"),
        ("2019-01-28T11:35:07+01:00", "2019-01-28T10:35:07Z"),
        ("192.168.10.11", "none"),
        ("version 1.2.3", "none"),
        ("31/02/2019", "none"),
        ("from 3-4 to 5-6", "none"),
        ("chapter 12 may 7", "none"),
    ]);
}

#[test]
fn ages() {
    check(&[
        ("2 mo. ago", "-5259492 s, month"),
        ("3 years ago", "-94670856 s, year"),
        ("a month ago", "-2629746 s, month"),
        ("vor 2 Stunden", "-7200 s, hour"),
        ("3 Jahre zuvor", "-94670856 s, year"),
        ("1 Stunde 51 Minuten her", "-6660 s, minute"),
        ("il y a 3 ans", "-94670856 s, year"),
        ("3 années il y a", "-94670856 s, year"),
        ("hace 2 horas", "-7200 s, hour"),
        ("há 2 horas", "-7200 s, hour"),
        ("2 ore fa", "-7200 s, hour"),
        ("2 uur geleden", "-7200 s, hour"),
        ("2 godziny temu", "-7200 s, hour"),
        ("2 часа назад", "-7200 s, hour"),
        ("2 години тому", "-7200 s, hour"),
        ("před 2 hodiny", "-7200 s, hour"),
        ("2 saat önce", "-7200 s, hour"),
        ("för 2 timmar sedan", "-7200 s, hour"),
        ("לפני 2 שעות", "-7200 s, hour"),
        ("منذ 2 ساعات", "-7200 s, hour"),
        ("2小时前", "-7200 s, hour"),
        ("2時間前", "-7200 s, hour"),
        ("2h", "-7200 s, hour"),
        ("3y", "-94670856 s, year"),
        ("right now", "0 s, minute"),
        ("gestern", "-86400 s, day"),
        ("for 3 years", "none"),
        ("about 3d printers", "none"),
    ]);
}

#[test]
fn ages_resolve_against_the_capture() {
    // 2024-02-29T12:00Z
    let page = PageDates { captured_at: Some(1_709_208_000_000), ..PageDates::default() };
    let at = |text: &str| {
        let (_, moment) = find_in(text, &page).unwrap();
        assert!(moment.is_dated());
        (
            chrono::DateTime::from_timestamp_millis(moment.millis).unwrap().to_string(),
            moment.precision,
        )
    };
    assert_eq!(at("a year ago"), ("2023-02-28 12:00:00 UTC".into(), Precision::Year));
    assert_eq!(at("3 months ago"), ("2023-11-29 12:00:00 UTC".into(), Precision::Month));
    assert_eq!(at("90 minutes ago"), ("2024-02-29 10:30:00 UTC".into(), Precision::Minute));
    assert_eq!(at("yesterday at 5:30 pm"), ("2024-02-28 17:30:00 UTC".into(), Precision::Minute));
}

#[test]
fn the_page_decides_between_day_and_month() {
    let order = |lines: &[&str]| {
        let written: Vec<_> = lines.iter().flat_map(|line| find(line)).collect();
        let page = PageDates::decide(&written);
        (page.moment(&written[0]).map(|m| m.millis / 86_400_000), page.is_order_guessed)
    };
    let april_ninth = 12_882;
    assert_eq!(order(&["04-09-2005", "04-13-2005"]), (Ok(april_ninth), false));
    assert_eq!(order(&["09/04/2005", "13/04/2005"]), (Ok(april_ninth), false));
    assert_eq!(order(&["04-09-2005", "04-10-2005", "04-11-2005"]), (Ok(april_ninth), true));
    assert_eq!(order(&["04/09/2005 9:15 AM"]), (Ok(april_ninth), true));
    // Full stops speak for the day, unless a number proves otherwise; slashes are another matter.
    assert_eq!(order(&["09.04.2005", "09.05.2005"]), (Ok(april_ninth), false));
    assert_eq!(order(&["04.09.05", "04.13.05", "09/14/2005"]), (Ok(april_ninth), false));
    assert_eq!(order(&["09.04.2005", "14.04.2005", "04.13.2005"]), (Ok(april_ninth), false));
}

#[test]
fn glued_dates_can_be_split() {
    for (line, before, after) in [
        ("AnnMay 30, 2019 at 1:06 PM", "Ann", ""),
        ("Sana6. Juni 2015 um 10:23", "Sana", ""),
        ("radler_773. September 2018 um 02:03", "radler_77", ""),
        ("小鱼儿20192020-10-12", "小鱼儿2019", ""),
        ("Jana K.12.03.2019 18:40", "Jana K.", ""),
        ("ann 39 points 6 years ago* (4 children)", "ann 39 points ", "* (4 children)"),
        ("Like · Reply · 3y", "Like · Reply · ", ""),
    ] {
        let found = find(line);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert_eq!(&line[..found[0].span.start], before);
        assert_eq!(&line[found[0].span.end..], after);
    }
}

#[test]
fn dates_without_a_year_take_the_first_one_that_fits() {
    let written = |text: &str| find(text).into_iter().next().unwrap();
    let guessed = |texts: &[&str], least| {
        let dates: Vec<_> = texts.iter().map(|text| written(text)).collect();
        let mut page = PageDates::default();
        page.guess_years(dates.iter(), least);
        page.latest_year
    };
    // The 24th of July was a Tuesday in 2012, and before in 2007 and 2001.
    assert_eq!(guessed(&["Tuesday July 24, 9:32 am", "Monday July 23, 8:25 pm"], 2008), Some(2012));
    assert_eq!(guessed(&["Tuesday July 24, 9:32 am"], 2005), Some(2007));
    // Without weekdays nothing speaks for a later year.
    assert_eq!(guessed(&["July 24, 9:32 am"], 2008), Some(2008));
    // No year fits: a Monday and a Tuesday on the same day.
    assert_eq!(guessed(&["Tuesday July 24, 9:32 am", "Monday July 24, 9:40 am"], 2008), Some(2008));
}
