"""Times of day and durations: conversions, differences, clock hands. Text times are 24-hour."""

from __future__ import annotations


def hours_to_seconds(hours: float) -> float:
    """Convert hours to seconds.

    Also: how many seconds are in so many hours; seconds from hours.

    >>> hours_to_seconds(2)
    7200
    >>> hours_to_seconds(0.5)
    1800.0
    """
    return hours * 3600


def minutes_to_seconds(minutes: float) -> float:
    """Convert minutes to seconds.

    Also: how many seconds are in so many minutes; seconds from minutes.

    >>> minutes_to_seconds(5)
    300
    >>> minutes_to_seconds(0)
    0
    """
    return minutes * 60


def hours_and_minutes_to_minutes(hours: int, minutes: int) -> int:
    """Convert hours and minutes to minutes.

    Also: duration in minutes; minutes since midnight.

    >>> hours_and_minutes_to_minutes(2, 5)
    125
    >>> hours_and_minutes_to_minutes(0, 59)
    59
    """
    return 60 * hours + minutes


def minutes_to_hours_and_minutes(minutes: int) -> tuple[int, int]:
    """Convert minutes to hours and minutes.

    Also: split a duration; whole hours and the rest.

    >>> minutes_to_hours_and_minutes(125)
    (2, 5)
    >>> minutes_to_hours_and_minutes(59)
    (0, 59)
    """
    return divmod(minutes, 60)


def seconds_to_parts(seconds: int) -> tuple[int, int, int]:
    """Convert seconds to hours, minutes and seconds.

    Also: split a duration into h, m and s; break seconds into hours and minutes.

    >>> seconds_to_parts(3725)
    (1, 2, 5)
    >>> seconds_to_parts(59)
    (0, 0, 59)
    """
    minutes, rest = divmod(seconds, 60)
    return minutes // 60, minutes % 60, rest


def seconds_to_days(seconds: int) -> tuple[int, int, int, int]:
    """Convert seconds to days, hours, minutes and seconds.

    Also: split a long duration into d, h, m and s; break seconds into days and hours.

    >>> seconds_to_days(90061)
    (1, 1, 1, 1)
    >>> seconds_to_days(60)
    (0, 0, 1, 0)
    """
    days, rest = divmod(seconds, 86400)
    return days, rest // 3600, rest // 60 % 60, rest % 60


def format_seconds(seconds: int) -> str:
    """Format seconds as hours, minutes and seconds.

    Also: duration as HH:MM:SS; digital clock.

    >>> format_seconds(3725)
    '01:02:05'
    >>> format_seconds(0)
    '00:00:00'
    """
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def time_to_seconds(text: str) -> int:
    """Convert a time written as hours:minutes:seconds to seconds.

    Also: parse HH:MM:SS; seconds since midnight.

    >>> time_to_seconds('01:02:05')
    3725
    >>> time_to_seconds('00:00:00')
    0
    """
    hours, minutes, seconds = map(int, text.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def time_to_minutes(text: str) -> int:
    """Convert a time written as hours:minutes to minutes.

    Also: parse HH:MM; minutes since midnight.

    >>> time_to_minutes('02:05')
    125
    >>> time_to_minutes('00:00')
    0
    """
    hours, minutes = map(int, text.split(":"))
    return 60 * hours + minutes


def minutes_to_time(minutes: int) -> str:
    """Format minutes since midnight as hours:minutes.

    Also: time of day as HH:MM; wraps after a day.

    >>> minutes_to_time(125)
    '02:05'
    >>> minutes_to_time(1440)
    '00:00'
    """
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def to_24_hours(text: str) -> str:
    """Convert a time such as 02:30 PM to 24-hour form.

    Also: 12-hour clock to military time; AM and PM.

    >>> to_24_hours('02:30 PM')
    '14:30'
    >>> to_24_hours('12:05 AM')
    '00:05'
    """
    clock, half = text.split()
    hours, minutes = clock.split(":")
    return f"{int(hours) % 12 + 12 * (half.upper() == 'PM'):02d}:{minutes}"


def to_12_hours(text: str) -> str:
    """Convert a time such as 14:30 to 12-hour form.

    Also: military time to AM and PM; 24-hour clock.

    >>> to_12_hours('14:30')
    '02:30 PM'
    >>> to_12_hours('00:05')
    '12:05 AM'
    """
    hours, minutes = text.split(":")
    return f"{(int(hours) - 1) % 12 + 1:02d}:{minutes} {'PM' if int(hours) >= 12 else 'AM'}"


def minutes_between(start: str, end: str) -> int:
    """Find the minutes from one time to another, past midnight if need be.

    Also: difference of two times of day in HH:MM; duration of a shift.

    >>> minutes_between('09:30', '11:00')
    90
    >>> minutes_between('23:50', '00:10')
    20
    """
    return (time_to_minutes(end) - time_to_minutes(start)) % 1440


def add_minutes(text: str, minutes: int) -> str:
    """Find the time some minutes after a time of day.

    Also: add minutes to HH:MM; wraps at midnight.

    >>> add_minutes('23:50', 20)
    '00:10'
    >>> add_minutes('10:00', -1)
    '09:59'
    """
    return minutes_to_time(time_to_minutes(text) + minutes)


def clock_angle(hours: int, minutes: int) -> float:
    """Find the smaller angle between the hands of a clock in degrees.

    Also: angle of the hour hand and the minute hand; hands of an analogue clock.

    >>> clock_angle(3, 0)
    90.0
    >>> clock_angle(12, 30)
    165.0
    """
    apart = abs(30 * (hours % 12) + minutes / 2 - 6 * minutes)
    return min(apart, 360 - apart)


def hour_hand_angle(hours: int, minutes: int) -> float:
    """Find the angle of the hour hand of a clock in degrees from twelve.

    Also: where the short hand points; position of the hour hand.

    >>> hour_hand_angle(3, 0)
    90.0
    >>> hour_hand_angle(12, 30)
    15.0
    """
    return 30 * (hours % 12) + minutes / 2


def minutes_to_midnight(text: str) -> int:
    """Find the minutes left until midnight.

    Also: time to the end of the day from HH:MM; how long until the day ends.

    >>> minutes_to_midnight('23:15')
    45
    >>> minutes_to_midnight('00:00')
    1440
    """
    return 1440 - time_to_minutes(text)


def part_of_day(hour: int) -> str:
    """Tell whether an hour is in the morning, afternoon, evening or night.

    Also: greeting by the hour of the day; 5, 12, 17 and 21 begin a part.

    >>> part_of_day(8)
    'morning'
    >>> part_of_day(13)
    'afternoon'
    >>> part_of_day(3)
    'night'
    """
    if 5 <= hour < 12:
        return "morning"
    if 12 <= hour < 17:
        return "afternoon"
    return "evening" if 17 <= hour < 21 else "night"
