"""Descriptive statistics: averages, spread, percentiles, correlation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any


def mean(values: Sequence[float]) -> float:
    """Find the mean of a list of numbers.

    Also: average of the elements; arithmetic mean; sum over count.

    >>> mean([1, 2, 3, 4])
    2.5
    >>> mean([5])
    5.0
    """
    return sum(values) / len(values)


def mean_or_zero(values: Sequence[float]) -> float:
    """Find the average of a list of numbers, 0 for an empty list.

    Also: mean without an error for no elements; average that allows an empty list.

    >>> mean_or_zero([2, 4])
    3.0
    >>> mean_or_zero([])
    0.0
    """
    return sum(values) / len(values) if values else 0.0


def median(values: Sequence[float]) -> float:
    """Find the median of a list of numbers.

    Also: middle value of the sorted elements; mean of the two middle ones for an even count.

    >>> median([3, 1, 2])
    2
    >>> median([4, 1, 3, 2])
    2.5
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mode(values: Sequence[Any]) -> Any:
    """Find the mode of a list.

    Also: the most common element; most frequent value; the first one if tied.

    >>> mode([1, 2, 2, 3])
    2
    >>> mode(['a', 'b', 'a'])
    'a'
    """
    return Counter(values).most_common(1)[0][0]


def modes(values: Sequence[Any]) -> list[Any]:
    """List all modes of a list.

    Also: every value that occurs most often; multimode.

    >>> modes([1, 1, 2, 2, 3])
    [1, 2]
    >>> modes([])
    []
    """
    counts = Counter(values)
    most = max(counts.values(), default=0)
    return [value for value in counts if counts[value] == most]


def value_range(values: Sequence[float]) -> float:
    """Find the range of a list of numbers.

    Also: difference between the largest and the smallest element; spread; max minus min.

    >>> value_range([3, 9, 1])
    8
    >>> value_range([5])
    0
    """
    return max(values) - min(values)


def midrange(values: Sequence[float]) -> float:
    """Find the midrange of a list of numbers.

    Also: average of the smallest and the largest element; halfway between minimum and maximum.

    >>> midrange([3, 9, 1])
    5.0
    >>> midrange([2, 5])
    3.5
    """
    return (max(values) + min(values)) / 2


def population_variance(values: Sequence[float]) -> float:
    """Find the population variance of a list of numbers.

    Also: mean of the squared deviations from the mean; variance with n in the denominator.

    >>> population_variance([2, 4, 4, 4, 5, 5, 7, 9])
    4.0
    >>> population_variance([3])
    0.0
    """
    average = sum(values) / len(values)
    return sum((value - average) ** 2 for value in values) / len(values)


def sample_variance(values: Sequence[float]) -> float:
    """Find the sample variance of a list of numbers.

    Also: squared deviations from the mean over n minus one; unbiased variance.

    >>> sample_variance([1, 2, 3, 4, 5])
    2.5
    >>> sample_variance([1, 3])
    2.0
    """
    average = sum(values) / len(values)
    return sum((value - average) ** 2 for value in values) / (len(values) - 1)


def population_deviation(values: Sequence[float]) -> float:
    """Find the population standard deviation of a list of numbers.

    Also: square root of the population variance; spread around the mean.

    >>> population_deviation([2, 4, 4, 4, 5, 5, 7, 9])
    2.0
    >>> population_deviation([1, 3])
    1.0
    """
    return math.sqrt(population_variance(values))


def sample_deviation(values: Sequence[float]) -> float:
    """Find the sample standard deviation of a list of numbers.

    Also: square root of the sample variance; standard deviation with n minus one.

    >>> sample_deviation([1, 2, 3, 4, 5])
    1.5811388300841898
    >>> sample_deviation([1, 3])
    1.4142135623730951
    """
    return math.sqrt(sample_variance(values))


def mean_absolute_deviation(values: Sequence[float]) -> float:
    """Find the mean absolute deviation of a list of numbers.

    Also: average distance from the mean; MAD around the mean.

    >>> mean_absolute_deviation([1, 2, 3, 4])
    1.0
    >>> mean_absolute_deviation([5, 5])
    0.0
    """
    average = sum(values) / len(values)
    return sum(abs(value - average) for value in values) / len(values)


def coefficient_of_variation(values: Sequence[float]) -> float:
    """Find the coefficient of variation of a list of numbers.

    Also: population standard deviation relative to the mean; relative standard deviation.

    >>> coefficient_of_variation([2, 4, 4, 4, 5, 5, 7, 9])
    0.4
    >>> coefficient_of_variation([1, 3])
    0.5
    """
    return population_deviation(values) * len(values) / sum(values)


def geometric_mean(values: Sequence[float]) -> float:
    """Find the geometric mean of a list of positive numbers.

    Also: nth root of the product; average growth factor.

    >>> geometric_mean([1, 4])
    2.0
    >>> geometric_mean([4, 9])
    6.0
    """
    root: float = math.prod(values) ** (1 / len(values))
    return root


def harmonic_mean(values: Sequence[float]) -> float:
    """Find the harmonic mean of a list of positive numbers.

    Also: reciprocal of the average reciprocal; average speed over equal distances.

    >>> harmonic_mean([2, 6])
    3.0
    >>> harmonic_mean([4, 4])
    4.0
    """
    return len(values) / sum(1 / value for value in values)


def root_mean_square(values: Sequence[float]) -> float:
    """Find the root mean square of a list of numbers.

    Also: quadratic mean; square root of the average square; RMS.

    >>> root_mean_square([1, 7])
    5.0
    >>> root_mean_square([3, 3])
    3.0
    """
    return math.sqrt(sum(value**2 for value in values) / len(values))


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Find the weighted mean of a list of numbers.

    Also: weighted average; grade from marks and their weights.

    >>> weighted_mean([80, 90], [1, 3])
    87.5
    >>> weighted_mean([1, 2, 3], [1, 1, 2])
    2.25
    """
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def trimmed_mean(values: Sequence[float], cut: int) -> float:
    """Find the mean without the smallest and the largest elements, so many at each end.

    Also: trimmed average; drop the lowest and highest scores.

    >>> trimmed_mean([1, 5, 6, 100], 1)
    5.5
    >>> trimmed_mean([2, 4], 0)
    3.0
    """
    kept = sorted(values)[cut : len(values) - cut]
    return sum(kept) / len(kept)


def percentile(values: Sequence[float], percent: float) -> float:
    """Find a percentile of a list of numbers by linear interpolation.

    Also: value below which a percentage of the data lies; quantile.

    >>> percentile([1, 2, 3, 4, 5], 50)
    3.0
    >>> percentile([10, 20], 25)
    12.5
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def percentile_rank(values: Sequence[float], score: float) -> float:
    """Find the percentage of the values that are less than or equal to a score.

    Also: percentile rank; share of the data not above a value.

    >>> percentile_rank([1, 2, 3, 4], 3)
    75.0
    >>> percentile_rank([5, 6], 1)
    0.0
    """
    return 100 * sum(value <= score for value in values) / len(values)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Find the three quartiles of a list of numbers by linear interpolation.

    Also: 25th, 50th and 75th percentile; lower quartile, median, upper quartile.

    >>> quartiles([1, 2, 3, 4, 5])
    (2.0, 3.0, 4.0)
    >>> quartiles([1, 3])
    (1.5, 2.0, 2.5)
    """
    return percentile(values, 25), percentile(values, 50), percentile(values, 75)


def interquartile_range(values: Sequence[float]) -> float:
    """Find the interquartile range of a list of numbers.

    Also: IQR; difference of the upper and the lower quartile.

    >>> interquartile_range([1, 2, 3, 4, 5])
    2.0
    >>> interquartile_range([1, 3])
    1.0
    """
    return percentile(values, 75) - percentile(values, 25)


def z_scores(values: Sequence[float]) -> list[float]:
    """Standardise a list of numbers to mean 0 and population standard deviation 1.

    Also: z-scores; standard scores; normalise by the deviation.

    >>> z_scores([1, 3])
    [-1.0, 1.0]
    >>> z_scores([2, 2, 5, 5])
    [-1.0, -1.0, 1.0, 1.0]
    """
    average, spread = sum(values) / len(values), population_deviation(values)
    return [(value - average) / spread for value in values]


def min_max_scale(values: Sequence[float]) -> list[float]:
    """Scale a list of numbers to the range from 0 to 1.

    Also: min-max normalisation; rescale the data; zeros if all are equal.

    >>> min_max_scale([10, 20, 15])
    [0.0, 1.0, 0.5]
    >>> min_max_scale([7, 7])
    [0.0, 0.0]
    """
    low, high = min(values), max(values)
    return [(value - low) / (high - low or 1) for value in values]


def covariance(x: Sequence[float], y: Sequence[float]) -> float:
    """Find the sample covariance of two lists of numbers.

    Also: how two variables vary together, over n minus one; joint variability of two data sets.

    >>> covariance([1, 2, 3], [2, 4, 6])
    2.0
    >>> covariance([1, 2], [5, 5])
    0.0
    """
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / (len(x) - 1)


def correlation(x: Sequence[float], y: Sequence[float]) -> float:
    """Find the Pearson correlation coefficient of two lists of numbers.

    Also: linear correlation; r of two variables.

    >>> correlation([1, 2, 3], [2, 4, 6])
    1.0
    >>> correlation([1, 2, 3], [3, 2, 1])
    -1.0
    """
    return covariance(x, y) / math.sqrt(covariance(x, x) * covariance(y, y))


def linear_regression(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Find the slope and the intercept of the least squares line.

    Also: linear regression; best-fit straight line; trend line.

    >>> linear_regression([1, 2, 3], [3, 5, 7])
    (2.0, 1.0)
    >>> linear_regression([0, 2], [1, 1])
    (0.0, 1.0)
    """
    slope = covariance(x, y) / covariance(x, x)
    return slope, (sum(y) - slope * sum(x)) / len(x)
