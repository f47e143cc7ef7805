"""Conversions between units: temperature, length, mass, speed, volume, area, data, energy."""

from __future__ import annotations


def celsius_to_fahrenheit(celsius: float) -> float:
    """Convert degrees Celsius to degrees Fahrenheit.

    Also: temperature from centigrade to Fahrenheit; C to F.

    >>> celsius_to_fahrenheit(100)
    212.0
    >>> celsius_to_fahrenheit(-40)
    -40.0
    """
    return celsius * 9 / 5 + 32


def fahrenheit_to_celsius(fahrenheit: float) -> float:
    """Convert degrees Fahrenheit to degrees Celsius.

    Also: temperature from Fahrenheit to centigrade; F to C.

    >>> fahrenheit_to_celsius(212)
    100.0
    >>> fahrenheit_to_celsius(32)
    0.0
    """
    return (fahrenheit - 32) * 5 / 9


def celsius_to_kelvin(celsius: float) -> float:
    """Convert degrees Celsius to kelvin.

    Also: absolute temperature; centigrade to K.

    >>> celsius_to_kelvin(0)
    273.15
    >>> celsius_to_kelvin(-273.15)
    0.0
    """
    return celsius + 273.15


def kelvin_to_celsius(kelvin: float) -> float:
    """Convert kelvin to degrees Celsius.

    Also: absolute temperature to centigrade; K to C.

    >>> kelvin_to_celsius(273.15)
    0.0
    >>> kelvin_to_celsius(0)
    -273.15
    """
    return kelvin - 273.15


def fahrenheit_to_kelvin(fahrenheit: float) -> float:
    """Convert degrees Fahrenheit to kelvin.

    Also: absolute temperature from Fahrenheit; F to K.

    >>> fahrenheit_to_kelvin(32)
    273.15
    >>> fahrenheit_to_kelvin(212)
    373.15
    """
    return (fahrenheit - 32) * 5 / 9 + 273.15


def miles_to_kilometers(miles: float) -> float:
    """Convert miles to kilometres.

    Also: kilometers from miles; distance in km.

    >>> miles_to_kilometers(1)
    1.609344
    >>> miles_to_kilometers(10)
    16.09344
    """
    return miles * 1.609344


def kilometers_to_miles(kilometers: float) -> float:
    """Convert kilometres to miles.

    Also: miles from kilometers; distance in mi.

    >>> kilometers_to_miles(1.609344)
    1.0
    >>> kilometers_to_miles(10)
    6.2137119223733395
    """
    return kilometers / 1.609344


def inches_to_centimeters(inches: float) -> float:
    """Convert inches to centimetres.

    Also: cm from inches; length in centimeters.

    >>> inches_to_centimeters(10)
    25.4
    >>> inches_to_centimeters(0)
    0.0
    """
    return inches * 2.54


def centimeters_to_inches(centimeters: float) -> float:
    """Convert centimetres to inches.

    Also: inches from cm; length in inches.

    >>> centimeters_to_inches(25.4)
    10.0
    >>> centimeters_to_inches(100)
    39.37007874015748
    """
    return centimeters / 2.54


def feet_to_meters(feet: float) -> float:
    """Convert feet to metres.

    Also: meters from feet; length in m.

    >>> feet_to_meters(10)
    3.048
    >>> feet_to_meters(1)
    0.3048
    """
    return feet * 0.3048


def meters_to_feet(meters: float) -> float:
    """Convert metres to feet.

    Also: feet from meters; height in feet.

    >>> meters_to_feet(3.048)
    10.0
    >>> meters_to_feet(1)
    3.280839895013123
    """
    return meters / 0.3048


def feet_and_inches_to_centimeters(feet: float, inches: float) -> float:
    """Convert a height in feet and inches to centimetres.

    Also: body height to cm; 12 inches to the foot.

    >>> feet_and_inches_to_centimeters(5, 10)
    177.8
    >>> feet_and_inches_to_centimeters(0, 1)
    2.54
    """
    return (12 * feet + inches) * 2.54


def pounds_to_kilograms(pounds: float) -> float:
    """Convert pounds to kilograms.

    Also: kg from lb; weight in kilos.

    >>> pounds_to_kilograms(1)
    0.45359237
    >>> pounds_to_kilograms(100)
    45.359237
    """
    return pounds * 0.45359237


def kilograms_to_pounds(kilograms: float) -> float:
    """Convert kilograms to pounds.

    Also: lb from kg; weight in pounds.

    >>> kilograms_to_pounds(0.45359237)
    1.0
    >>> kilograms_to_pounds(10)
    22.046226218487757
    """
    return kilograms / 0.45359237


def grams_to_ounces(grams: float) -> float:
    """Convert grams to ounces.

    Also: oz from g; ounces from grams.

    >>> grams_to_ounces(28.349523125)
    1.0
    >>> grams_to_ounces(100)
    3.5273961949580412
    """
    return grams / 28.349523125


def gallons_to_liters(gallons: float) -> float:
    """Convert US gallons to litres.

    Also: liters from gallons; volume in l.

    >>> gallons_to_liters(1)
    3.785411784
    >>> gallons_to_liters(10)
    37.85411784
    """
    return gallons * 3.785411784


def liters_to_gallons(liters: float) -> float:
    """Convert litres to US gallons.

    Also: gallons from liters; volume in gallons.

    >>> liters_to_gallons(3.785411784)
    1.0
    >>> liters_to_gallons(10)
    2.6417205235814842
    """
    return liters / 3.785411784


def kmh_to_ms(speed: float) -> float:
    """Convert a speed from kilometres per hour to metres per second.

    Also: km/h to m/s; speed in metres per second.

    >>> kmh_to_ms(36)
    10.0
    >>> kmh_to_ms(90)
    25.0
    """
    return speed / 3.6


def ms_to_kmh(speed: float) -> float:
    """Convert a speed from metres per second to kilometres per hour.

    Also: m/s to km/h; speed in kilometres per hour.

    >>> ms_to_kmh(10)
    36.0
    >>> ms_to_kmh(0.5)
    1.8
    """
    return speed * 3.6


def hectares_to_square_meters(hectares: float) -> float:
    """Convert hectares to square metres.

    Also: land area in square meters; 10000 to the hectare.

    >>> hectares_to_square_meters(2)
    20000
    >>> hectares_to_square_meters(0.5)
    5000.0
    """
    return hectares * 10_000


def acres_to_square_meters(acres: float) -> float:
    """Convert acres to square metres.

    Also: land area in square meters from acres; acre to m2.

    >>> acres_to_square_meters(1)
    4046.8564224
    >>> acres_to_square_meters(2)
    8093.7128448
    """
    return acres * 4046.8564224


def bytes_to_kilobytes(size: float) -> float:
    """Convert bytes to kilobytes of 1024 bytes.

    Also: KB from bytes; data size.

    >>> bytes_to_kilobytes(2048)
    2.0
    >>> bytes_to_kilobytes(512)
    0.5
    """
    return size / 1024


def megabytes_to_bytes(size: int) -> int:
    """Convert megabytes to bytes, 1024 to the step.

    Also: bytes from MB; data size.

    >>> megabytes_to_bytes(1)
    1048576
    >>> megabytes_to_bytes(3)
    3145728
    """
    return size * 1024**2


def bits_to_bytes(bits: int) -> int:
    """Convert bits to whole bytes, rounded up.

    Also: how many bytes hold so many bits; bytes needed for bits.

    >>> bits_to_bytes(16)
    2
    >>> bits_to_bytes(9)
    2
    """
    return -(-bits // 8)


def calories_to_joules(calories: float) -> float:
    """Convert calories to joules.

    Also: energy from cal to J; joules from calories.

    >>> calories_to_joules(1)
    4.184
    >>> calories_to_joules(250)
    1046.0
    """
    return calories * 4.184


def horsepower_to_watts(power: float) -> float:
    """Convert metric horsepower to watts.

    Also: power from PS to W; watts from horsepower.

    >>> horsepower_to_watts(1)
    735.49875
    >>> horsepower_to_watts(2)
    1470.9975
    """
    return power * 735.49875


def atmospheres_to_pascals(pressure: float) -> float:
    """Convert atmospheres to pascals.

    Also: pressure from atm to Pa; pascals from atmospheres.

    >>> atmospheres_to_pascals(1)
    101325
    >>> atmospheres_to_pascals(0.5)
    50662.5
    """
    return pressure * 101_325
