"""Dates and calendars: leap years, days of months, weekdays, differences. Text dates are ISO."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def is_leap_year(year: int) -> bool:
    """Check whether a year is a leap year.

    Also: has February 29 days; divisible by 4 but not by 100 unless by 400.

    >>> is_leap_year(2024)
    True
    >>> is_leap_year(1900)
    False
    >>> is_leap_year(2000)
    True
    """
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leap_years_between(first: int, last: int) -> list[int]:
    """List the leap years between two years, both included.

    Also: which years of a range have 366 days; find leap years in an interval.

    >>> leap_years_between(1896, 1910)
    [1896, 1904, 1908]
    >>> leap_years_between(2001, 2003)
    []
    """
    return [year for year in range(first, last + 1) if is_leap_year(year)]


def next_leap_year(year: int) -> int:
    """Find the first leap year after a year.

    Also: the following leap year; when is the next leap year.

    >>> next_leap_year(2024)
    2028
    >>> next_leap_year(1896)
    1904
    """
    year += 1
    while not is_leap_year(year):
        year += 1
    return year


def days_in_year(year: int) -> int:
    """Find the number of days of a year.

    Also: 365 or 366 in a leap year; how many days a year has.

    >>> days_in_year(2024)
    366
    >>> days_in_year(2023)
    365
    """
    return 366 if is_leap_year(year) else 365


def days_in_month(year: int, month: int) -> int:
    """Find the number of days of a month of a year.

    Also: length of a month; 28, 29, 30 or 31.

    >>> days_in_month(2024, 2)
    29
    >>> days_in_month(2023, 4)
    30
    """
    return calendar.monthrange(year, month)[1]


def month_name(month: int) -> str:
    """Find the name of a month from its number.

    Also: 1 is January; number to month.

    >>> month_name(3)
    'March'
    >>> month_name(12)
    'December'
    """
    return calendar.month_name[month]


def month_number(name: str) -> int:
    """Find the number of a month from its name.

    Also: January is 1; full or short English name to number.

    >>> month_number('March')
    3
    >>> month_number('dec')
    12
    """
    return [each.lower() for each in calendar.month_abbr].index(name[:3].lower())


def season(month: int) -> str:
    """Find the season of a month on the northern half of the Earth.

    Also: spring, summer, autumn or winter from the number of the month; which season a month
    belongs to.

    >>> season(4)
    'spring'
    >>> season(12)
    'winter'
    """
    return ("winter", "spring", "summer", "autumn")[month % 12 // 3]


def quarter_of_month(month: int) -> int:
    """Find the quarter of the year of a month.

    Also: calendar quarter 1 to 4; fiscal quarter.

    >>> quarter_of_month(5)
    2
    >>> quarter_of_month(12)
    4
    """
    return (month + 2) // 3


def day_of_week(year: int, month: int, day: int) -> str:
    """Find the name of the weekday of a date.

    Also: which day of the week it is; Monday to Sunday.

    >>> day_of_week(2000, 1, 1)
    'Saturday'
    >>> day_of_week(2024, 2, 29)
    'Thursday'
    """
    return calendar.day_name[calendar.weekday(year, month, day)]


def weekday_of_text(text: str) -> str:
    """Find the name of the weekday of a date written as year-month-day.

    Also: day of the week from an ISO date string; day name of a date string.

    >>> weekday_of_text('2000-01-01')
    'Saturday'
    >>> weekday_of_text('2024-02-29')
    'Thursday'
    """
    return calendar.day_name[date.fromisoformat(text).weekday()]


def is_weekend(year: int, month: int, day: int) -> bool:
    """Check whether a date is on a weekend.

    Also: is it a Saturday or a Sunday; Saturday or Sunday check.

    >>> is_weekend(2000, 1, 1)
    True
    >>> is_weekend(2000, 1, 3)
    False
    """
    return calendar.weekday(year, month, day) >= 5


def is_calendar_date(year: int, month: int, day: int) -> bool:
    """Check whether year, month and day form a valid date.

    Also: does the day exist in the calendar; validate day, month and year.

    >>> is_calendar_date(2024, 2, 29)
    True
    >>> is_calendar_date(2023, 2, 29)
    False
    >>> is_calendar_date(2023, 13, 1)
    False
    """
    in_range = 1 <= year <= 9999 and 1 <= month <= 12
    return in_range and 1 <= day <= calendar.monthrange(year, month)[1]


def days_between(first: str, second: str) -> int:
    """Find the number of days between two dates written as year-month-day.

    Also: difference of ISO dates; positive whichever comes first.

    >>> days_between('2024-02-28', '2024-03-01')
    2
    >>> days_between('2023-01-01', '2022-01-01')
    365
    """
    return abs((date.fromisoformat(second) - date.fromisoformat(first)).days)


def add_days(text: str, days: int) -> str:
    """Find the date some days after a date written as year-month-day.

    Also: add days to an ISO date; negative to go back.

    >>> add_days('2024-02-28', 2)
    '2024-03-01'
    >>> add_days('2024-01-01', -1)
    '2023-12-31'
    """
    return str(date.fromisoformat(text) + timedelta(days=days))


def day_of_year(year: int, month: int, day: int) -> int:
    """Find the number of a date within its year.

    Also: ordinal day; January 1 is 1.

    >>> day_of_year(2024, 3, 1)
    61
    >>> day_of_year(2023, 12, 31)
    365
    """
    return date(year, month, day).timetuple().tm_yday


def week_number(year: int, month: int, day: int) -> int:
    """Find the ISO week number of a date.

    Also: calendar week 1 to 53; week of the year.

    >>> week_number(2024, 1, 1)
    1
    >>> week_number(2021, 1, 1)
    53
    """
    return date(year, month, day).isocalendar().week


def age_in_years(born: str, today: str) -> int:
    """Find the age in full years on a day, dates written as year-month-day.

    Also: how old someone is from the birth date; compute an age; years since a birthday.

    >>> age_in_years('2000-05-20', '2024-05-19')
    23
    >>> age_in_years('2000-05-20', '2024-05-20')
    24
    """
    birth, now = date.fromisoformat(born), date.fromisoformat(today)
    return now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day))


def century(year: int) -> int:
    """Find the century of a year.

    Also: 1901 to 2000 is the 20th century; which century a year belongs to.

    >>> century(2000)
    20
    >>> century(2001)
    21
    """
    return (year + 99) // 100


def decade(year: int) -> int:
    """Find the first year of the decade of a year.

    Also: round a year down to ten; which decade a year belongs to.

    >>> decade(1987)
    1980
    >>> decade(2000)
    2000
    """
    return year // 10 * 10


def easter(year: int) -> str:
    """Find the date of Easter Sunday of a year as year-month-day.

    Also: Gauss's Easter algorithm; computus of the western church.

    >>> easter(2024)
    '2024-03-31'
    >>> easter(2000)
    '2000-04-23'
    """
    golden, hundreds, rest = year % 19, year // 100, year % 100
    moon = (hundreds - hundreds // 4 - (8 * hundreds + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    leaps = (rest + 100 * hundreds) // 4
    weekday = (year + leaps + moon + 2 - hundreds + hundreds // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return str(date(year, month, shift + 28 - 31 * (month // 4)))


def friday_the_13ths(year: int) -> int:
    """Count the Fridays the 13th of a year.

    Also: unlucky Fridays; how many Fridays fall on a 13th.

    >>> friday_the_13ths(2015)
    3
    >>> friday_the_13ths(2024)
    2
    """
    return sum(calendar.weekday(year, month, 13) == calendar.FRIDAY for month in range(1, 13))


def chinese_zodiac(year: int) -> str:
    """Find the animal of a year in the Chinese zodiac.

    Also: rat, ox, tiger and so on; the Gregorian year is taken as a whole.

    >>> chinese_zodiac(2024)
    'dragon'
    >>> chinese_zodiac(2000)
    'dragon'
    >>> chinese_zodiac(2020)
    'rat'
    """
    animals = "rat ox tiger rabbit dragon snake horse goat monkey rooster dog pig"
    return animals.split()[(year - 4) % 12]


def reformat_date(text: str) -> str:
    """Change a date from year-month-day to day-month-year.

    Also: yyyy-mm-dd to dd-mm-yyyy; reverse the parts of an ISO date.

    >>> reformat_date('2024-02-29')
    '29-02-2024'
    >>> reformat_date('1999-12-01')
    '01-12-1999'
    """
    return "-".join(reversed(text.split("-")))
