//! The words of dates in some twenty languages: months, weekdays, halves of the day, zones, and
//! the words of ages ("3 years ago").
//!
//! The languages share one table each, because pages mix them (German months in an English
//! pattern) and because hardly any word means two months: where one does, the better known
//! language wins. Words are in lower case, without a closing full stop. Calendars other than the
//! Gregorian one are not supported.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::moment::Precision;

/// A month, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month(pub(super) u32);

/// The month that a word names, in lower case.
pub(super) fn month(word: &str) -> Option<Month> {
    static TABLE: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| number(&MONTHS));
    TABLE.get(word).copied().map(Month)
}

/// The weekday that a word names: Monday is 1.
pub(super) fn weekday(word: &str) -> Option<u32> {
    static TABLE: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| number(&WEEKDAYS));
    TABLE.get(word).copied()
}

/// The offset of a zone's name, in minutes east of UTC.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

/// The half of the day: `Some(true)` after noon.
pub(super) fn is_afternoon(word: &str) -> Option<bool> {
    const FORENOON: &[&str] =
        &["am", "a.m", "a.m.", "上午", "午前", "오전", "ق.ظ", "ص", "öö", "π.μ"];
    const AFTERNOON: &[&str] =
        &["pm", "p.m", "p.m.", "下午", "晚上", "午後", "오후", "ب.ظ", "م", "μ.μ"];
    if AFTERNOON.contains(&word) {
        return Some(true);
    }
    FORENOON.contains(&word).then_some(false)
}

/// A unit of ages: its length in seconds and the precision that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) seconds: i64,
    pub(super) precision: Precision,
    /// A single letter or so (`2h`), which needs company to be believed.
    pub(super) is_short: bool,
}

/// The unit of ages that a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    static TABLE: LazyLock<HashMap<&str, Unit>> = LazyLock::new(|| {
        let mut table = HashMap::new();
        for (seconds, precision, words, short) in UNITS {
            for (words, is_short) in [(words, false), (short, true)] {
                for word in words.split_whitespace() {
                    table.entry(word).or_insert(Unit { seconds, precision, is_short });
                }
            }
        }
        table
    });
    TABLE.get(word).copied()
}

/// Words that stand behind an age and make it one: `3 years ago`.
pub(super) fn is_ago(word: &str) -> bool {
    AGO_BEHIND.contains(&word)
}

/// Words that stand before an age and make it one: `vor 3 Jahren`, `il y a`, `hace`.
pub(super) fn opens_age(word: &str) -> bool {
    AGO_BEFORE.contains(&word)
}

/// Number words that open an age: `a year ago`, `ein Jahr`.
pub(super) fn is_one(word: &str) -> bool {
    ONE.contains(&word)
}

/// How many days back a word lies: `today`, `gestern`; `None` for any other word.
pub(super) fn days_back(word: &str) -> Option<i64> {
    DAYS_BACK.iter().find(|(_, words)| words.contains(&word)).map(|(days, _)| *days)
}

/// Words between a date and its time: `at`, `um`, `a las`, `Uhr` is another thing.
pub(super) fn is_at(word: &str) -> bool {
    AT.contains(&word)
}

/// Words that stand behind a time: `Uhr`, `h`, `klo`.
pub(super) fn is_oclock(word: &str) -> bool {
    matches!(word, "uhr" | "h" | "hs" | "hrs" | "óra" | "uur" | "uhrs" | "час" | "ч" | "น")
}

/// Words between day, month and year, and before a date: `of`, `de`, `del`, `on`.
pub(super) fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "de" | "del" | "d" | "г" | "р" | "года" | "року" | "ב" | "في" | "من" | "թ"
    )
}

fn number(rows: &[&'static str]) -> HashMap<&'static str, u32> {
    let mut table = HashMap::new();
    for (i, words) in rows.iter().enumerate() {
        for word in words.split_whitespace() {
            table.entry(word).or_insert(i as u32 + 1);
        }
    }
    table
}

/// English, German, French, Italian, Spanish, Portuguese, Dutch, Polish, Russian, Ukrainian,
/// Czech, Hungarian, Turkish, Swedish, Danish and Norwegian, Finnish, Romanian, Greek, Hebrew,
/// Arabic, Persian, Armenian, Indonesian; full names, cases and abbreviations.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jaenner jän janvier janv gennaio gen enero ene janeiro januari \
     styczeń stycznia sty января январь янв січня січень січ leden ledna led január ocak oca \
     ianuarie ian ιανουαρίου ιανουάριος ιαν ינואר בינואר ינו يناير كانون ژانویه ژانویهٔ հունվար \
     հունվարի հնվ tammikuu tammikuuta tammi",
    "february feb februar février fevrier févr fév fevr fev febbraio febrero fevereiro februari \
     febr luty lutego lut февраля февраль фев февр лютого лютий лют únor února úno február \
     şubat şub februarie φεβρουαρίου φεβρουάριος φεβ פברואר בפברואר פבר فبراير شباط فوریه \
     փետրվար փետրվարի փտվ helmikuu helmikuuta helmi",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt marzec marca марта март мар \
     березня березень бер březen března bře március márc mart martie μαρτίου μάρτιος μαρ מרץ \
     במרץ مارس آذار مارچ մարտ մարտի մրտ maaliskuu maaliskuuta maalis maret",
    "april apr avril avr aprile abril abr kwiecień kwietnia kwi апреля апрель апр квітня \
     квітень кві квіт duben dubna dub április ápr nisan nis aprilie απριλίου απρίλιος απρ אפריל \
     באפריל אפר أبريل ابريل إبريل نيسان آوریل ապրիլ ապրիլի ապր huhtikuu huhtikuuta huhti",
    "may mai maggio mag mayo maio mei maj maja мая май травня травень тра трав květen května kvě \
     május máj mayıs μαΐου μάιος μαϊ maí מאי במאי مايو أيار مه مهٔ մայիս մայիսի մյս toukokuu \
     toukokuuta touko",
    "june jun juni juin giugno giu junio junho czerwiec czerwca cze июня июнь июн червня червень \
     чер черв červen června čvn június jún haziran haz iunie ιουνίου ιούνιος ιουν יוני ביוני \
     يونيو يونيه حزيران ژوئن հունիս հունիսի հնս kesäkuu kesäkuuta kesä",
    "july jul juli juillet juil luglio lug julio julho lipiec lipca lip июля июль июл липня \
     липень лип červenec července čvc július júl temmuz tem iulie ιουλίου ιούλιος ιουλ יולי \
     ביולי يوليو يوليه تموز ژوئیه ژوئیهٔ հուլիս հուլիսի հլս heinäkuu heinäkuuta heinä",
    "august aug août aout agosto ago augustus agustus sierpień sierpnia sie августа август авг серпня \
     серпень сер серп srpen srpna srp augusztus ağustos ağu augusti αυγούστου αύγουστος αυγ \
     אוגוסט באוגוסט אוג أغسطس اغسطس آب اوت օգոստոս օգոստոսի օգս elokuu elokuuta elo",
    "september sep sept septembre settembre set septiembre setiembre setembro wrzesień września \
     wrz сентября сентябрь сен сент вересня вересень вер září zář szeptember szept eylül eyl \
     septembrie σεπτεμβρίου σεπτέμβριος σεπ ספטמבר בספטמבר ספט سبتمبر أيلول سپتامبر սեպտեմբեր \
     սեպտեմբերի սեպ syyskuu syyskuuta syys",
    "october oct oktober okt octobre ottobre ott octubre outubro out październik października \
     paź октября октябрь окт жовтня жовтень жов жовт říjen října říj október ekim eki \
     octombrie οκτωβρίου οκτώβριος οκτ אוקטובר באוקטובר אוק أكتوبر اكتوبر تشرين اکتبر հոկտեմբեր \
     հոկտեմբերի հոկ lokakuu lokakuuta loka",
    "november nov novembre noviembre novembro listopad listopada lis ноября ноябрь ноя нояб \
     листопада листопад листоп лис lis kasım kas noiembrie νοεμβρίου νοέμβριος νοε נובמבר \
     בנובמבר נוב نوفمبر نوامبر նոյեմբեր նոյեմբերի նոյ marraskuu marraskuuta marras",
    "december dec dezember dez décembre decembre déc dicembre dic diciembre dezembro grudzień \
     grudnia gru декабря декабрь дек грудня грудень гру груд prosinec prosince pro aralık ara \
     decembrie δεκεμβρίου δεκέμβριος δεκ דצמבר בדצמבר דצמ ديسمبر دسامبر դեկտեմբեր դեկտեմբերի դեկ \
     joulukuu joulukuuta joulu des desember desembre",
];

const WEEKDAYS: [&str; 7] = [
    "monday mon montag mo lundi lun lunedì lunes segunda maandag ma poniedziałek pon понедельник \
     пн понеділок pondělí po hétfő pazartesi pzt måndag mån mandag man maanantai 星期一 周一 月曜日 \
     月 월요일 שני الاثنين",
    "tuesday tue tues dienstag di mardi martedì martes terça dinsdag wtorek wt вторник вт \
     вівторок úterý út kedd salı sal tisdag tis tirsdag tir tiistai 星期二 周二 火曜日 火 화요일 \
     שלישי الثلاثاء",
    "wednesday wed mittwoch mi mercredi mer mercoledì miércoles mié quarta woensdag wo środa śr \
     среда ср середа středa st szerda çarşamba çar onsdag ons keskiviikko 星期三 周三 水曜日 水 \
     수요일 רביעי الأربعاء",
    "thursday thu thur thurs donnerstag do jeudi jeu giovedì gio jueves jue quinta donderdag \
     czwartek czw четверг чт четвер čtvrtek čt csütörtök perşembe per torsdag tors tor torstai \
     星期四 周四 木曜日 木 목요일 חמישי الخميس",
    "friday fri freitag fr vendredi ven venerdì viernes vie sexta vrijdag vr piątek pt пятница \
     пт п'ятниця pátek pá péntek cuma fredag fre perjantai 星期五 周五 金曜日 金 금요일 שישי الجمعة",
    "saturday sat samstag sonnabend sa samedi sam sabato sab sábado sáb zaterdag za sobota sob \
     суббота сб субота so szombat cumartesi cmt lördag lör lørdag lør lauantai 星期六 周六 土曜日 \
     土 토요일 שבת السبت",
    "sunday sun sonntag dimanche dim domenica dom domingo zondag zo niedziela nd niedz \
     воскресенье вс неділя neděle ne vasárnap pazar paz söndag sön søndag søn sunnuntai 星期日 \
     星期天 周日 日曜日 일요일 ראשון الأحد",
];

/// Minutes east of UTC. `cst` is the North American one, `bst` the British one, `ist` the Indian.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("utc", 0), ("gmt", 0), ("z", 0), ("wet", 0), ("bst", 60), ("cet", 60), ("mez", 60),
    ("west", 60), ("cest", 120), ("mesz", 120), ("eet", 120), ("eest", 180), ("msk", 180),
    ("ist", 330), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660), ("nzst", 720),
    ("nzdt", 780), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420),
    ("mdt", -360), ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600),
    ("brt", -180), ("art", -180),
];

const AT: &[&str] = &[
    "at",
    "um",
    "a",
    "à",
    "las",
    "la",
    "al",
    "alle",
    "ore",
    "às",
    "as",
    "om",
    "o",
    "kl",
    "klo",
    "en",
    "в",
    "о",
    "об",
    "u",
    "saat",
    "saati",
    "v",
    "ve",
    "în",
    "στις",
    "בשעה",
    "الساعة",
    "ساعت",
    "i",
    "ժամը",
];

const DAY: i64 = 86_400;

/// Average calendar lengths: a month is a twelfth of the Gregorian year of 365.2425 days.
const UNITS: [(i64, Precision, &str, &str); 7] = [
    (
        31_556_952,
        Precision::Year,
        "year years yr yrs jahr jahre jahren an ans année années anno anni año años ano anos jaar \
      jaren rok roku lata lat год года лет рік роки років rok let év éve yıl år שנה שנים سنة سنوات \
      عام أعوام سال 年 տարի tahun vuosi vuotta",
        "y",
    ),
    (
        2_629_746,
        Precision::Month,
        "month months mth mths monat monate monaten mois mese mesi mes meses mês maand maanden \
      miesiąc miesiące miesięcy месяц месяца месяцев місяць місяці місяців měsíc měsíce měsíců \
      hónap hónapja ay månad månader måned måneder חודש חודשים شهر أشهر شهور ماه 个月 か月 ヶ月 \
      개월 ամիս bulan kuukausi kuukautta",
        "mo mos",
    ),
    (
        7 * DAY,
        Precision::Day,
        "week weeks wk wks woche wochen semaine semaines settimana settimane semana semanas weken \
      tydzień tygodnie tygodni неделя недели недель неделю тиждень тижні тижнів týden týdny týdnů \
      hét hete hafta vecka veckor uge uger uke uker שבוע שבועות أسبوع أسابيع هفته 周 週間 շաբաթ \
      minggu viikko viikkoa",
        "w",
    ),
    (
        DAY,
        Precision::Day,
        "day days tag tage tagen jour jours giorno giorni día días dia dias dag dagen dzień dni день \
      дня дней дні днів den dny dní nap napja gün dagar dage dager יום ימים يوم أيام روز 天 日 일 օր \
      hari päivä päivää",
        "d j",
    ),
    (
        3600,
        Precision::Hour,
        "hour hours hr hrs stunde stunden std heure heures ora ore hora horas uur uren godzina \
      godziny godzin час часа часов година години годин hodina hodiny hodin óra órája saat timme \
      timmar time timer שעה שעות ساعة ساعات ساعت 小时 小時 時間 시간 ժամ jam tunti tuntia",
        "h",
    ),
    (
        60,
        Precision::Minute,
        "minute minutes min mins minuten minuto minuti minutos minuut minuta minuty minut минута \
      минуты минут минуту хвилина хвилини хвилин perc perce dakika minuter minutt minutter דקה \
      דקות دقيقة دقائق دقیقه 分钟 分鐘 分 분 րոպե menit minuutti minuuttia",
        "m",
    ),
    (
        1,
        Precision::Second,
        "second seconds sec secs sekunde sekunden seconde secondes secondo secondi segundo segundos \
      seconden sekunda sekundy sekund секунда секунды секунд секунду секунди másodperc saniye \
      sekunder שנייה שניות ثانية ثواني ثانیه 秒 초 վայրկյան detik sekunti sekuntia",
        "s",
    ),
];

const AGO_BEHIND: &[&str] = &[
    "ago",
    "zuvor",
    "her",
    "fa",
    "atrás",
    "geleden",
    "temu",
    "назад",
    "тому",
    "önce",
    "قبل",
    "پیش",
    "之前",
    "前",
    "전",
    "առաջ",
    "sedan",
    "siden",
    "sitten",
    "ezelőtt",
    "trước",
    "lalu",
    "לפני",
];

const AGO_BEFORE: &[&str] =
    &["vor", "hace", "há", "לפני", "منذ", "قبل", "před", "för", "for", "acum", "πριν", "ya"];

const ONE: &[&str] = &[
    "a", "an", "one", "ein", "eine", "einem", "einer", "un", "une", "una", "uno", "um", "uma",
    "een", "jeden", "jedna", "bir", "egy", "en", "ett", "et",
];

const DAYS_BACK: &[(i64, &[&str])] = &[
    (
        0,
        &[
            "today",
            "heute",
            "aujourd'hui",
            "aujourd’hui",
            "oggi",
            "hoy",
            "hoje",
            "vandaag",
            "dzisiaj",
            "dziś",
            "сегодня",
            "сьогодні",
            "dnes",
            "ma",
            "bugün",
            "idag",
            "היום",
            "اليوم",
            "امروز",
            "今天",
            "今日",
            "오늘",
            "այսօր",
        ],
    ),
    (
        1,
        &[
            "yesterday",
            "gestern",
            "hier",
            "ieri",
            "ayer",
            "ontem",
            "gisteren",
            "wczoraj",
            "вчера",
            "вчора",
            "včera",
            "tegnap",
            "dün",
            "igår",
            "אתמול",
            "أمس",
            "دیروز",
            "昨天",
            "昨日",
            "어제",
            "երեկ",
        ],
    ),
    (2, &["vorgestern", "anteayer", "anteontem", "позавчера", "前天", "一昨日"]),
];
