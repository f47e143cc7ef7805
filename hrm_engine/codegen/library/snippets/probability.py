"""Probability: chances, expected values, distributions, dice, coins, Bayes; errors of estimates."""

from __future__ import annotations

import math
from collections.abc import Sequence


def probability(favourable: int, possible: int) -> float:
    """Find the probability of an event from its favourable and all possible outcomes.

    Also: chance; likelihood of equally likely cases.

    >>> probability(1, 4)
    0.25
    >>> probability(0, 6)
    0.0
    """
    return favourable / possible


def complement_probability(p: float) -> float:
    """Find the probability that an event does not happen.

    Also: complement of a chance; one minus p.

    >>> complement_probability(0.25)
    0.75
    >>> complement_probability(1)
    0
    """
    return 1 - p


def union_probability(a: float, b: float) -> float:
    """Find the probability that at least one of two independent events happens.

    Also: chance of a or b; union of independent events.

    >>> union_probability(0.5, 0.5)
    0.75
    >>> union_probability(0, 0.25)
    0.25
    """
    return a + b - a * b


def at_least_once(p: float, trials: int) -> float:
    """Find the probability that an event happens at least once in so many trials.

    Also: chance of one or more successes in n attempts; one minus the chance of no success.

    >>> at_least_once(0.5, 2)
    0.75
    >>> at_least_once(0.5, 0)
    0.0
    """
    return 1 - float(1 - p) ** trials


def binomial_probability(n: int, k: int, p: float) -> float:
    """Find the probability of exactly k successes in n independent trials.

    Also: binomial distribution; k heads in n coin tosses.

    >>> binomial_probability(4, 2, 0.5)
    0.375
    >>> binomial_probability(2, 0, 0.25)
    0.5625
    """
    return math.comb(n, k) * math.pow(p, k) * math.pow(1 - p, n - k)


def binomial_at_most(n: int, k: int, p: float) -> float:
    """Find the probability of at most k successes in n independent trials.

    Also: cumulative binomial distribution; chance of k or fewer hits.

    >>> binomial_at_most(3, 1, 0.5)
    0.5
    >>> binomial_at_most(2, 2, 0.25)
    1.0
    """
    return sum(binomial_probability(n, i, p) for i in range(k + 1))


def geometric_probability(k: int, p: float) -> float:
    """Find the probability that the first success comes at trial k.

    Also: geometric distribution; waiting time for a success.

    >>> geometric_probability(2, 0.5)
    0.25
    >>> geometric_probability(1, 0.25)
    0.25
    """
    return math.pow(1 - p, k - 1) * p


def poisson_probability(k: int, rate: float) -> float:
    """Find the probability of k events for a mean number of events.

    Also: Poisson distribution; rare events.

    >>> poisson_probability(0, 1)
    0.36787944117144233
    >>> poisson_probability(2, 3)
    0.22404180765538775
    """
    return math.exp(-rate) * math.pow(rate, k) / math.factorial(k)


def hypergeometric_probability(population: int, marked: int, drawn: int, k: int) -> float:
    """Find the probability of k marked items among those drawn without replacement.

    Also: hypergeometric distribution; aces in a hand; defective items in a sample.

    >>> hypergeometric_probability(10, 4, 2, 1)
    0.5333333333333333
    >>> hypergeometric_probability(4, 2, 2, 2)
    0.16666666666666666
    """
    ways = math.comb(marked, k) * math.comb(population - marked, drawn - k)
    return ways / math.comb(population, drawn)


def normal_density(x: float, mean: float, deviation: float) -> float:
    """Find the density of the normal distribution at a point.

    Also: Gaussian bell curve; probability density of a Gaussian.

    >>> normal_density(0, 0, 1)
    0.3989422804014327
    >>> normal_density(1, 0, 1)
    0.24197072451914337
    """
    z = (x - mean) / deviation
    return math.exp(-z * z / 2) / (deviation * math.sqrt(2 * math.pi))


def normal_cumulative(x: float, mean: float, deviation: float) -> float:
    """Find the probability that a normal variable is not above a value.

    Also: cumulative normal distribution; Gaussian distribution function.

    >>> normal_cumulative(0, 0, 1)
    0.5
    >>> normal_cumulative(1, 0, 1)
    0.8413447460685429
    """
    return (1 + math.erf((x - mean) / (deviation * math.sqrt(2)))) / 2


def expected_value(values: Sequence[float], probabilities: Sequence[float]) -> float:
    """Find the expected value of a random variable.

    Also: mean of outcomes weighted by their probabilities; expectation.

    >>> expected_value([0, 10], [0.5, 0.5])
    5.0
    >>> expected_value([1, 2, 4], [0.5, 0.25, 0.25])
    2.0
    """
    return sum(v * p for v, p in zip(values, probabilities, strict=True))


def bayes(prior: float, true_positive: float, false_positive: float) -> float:
    """Find the probability of a cause after a positive test.

    Also: Bayes' theorem; posterior from the prior, the hit rate and the false alarm rate.

    >>> bayes(0.5, 0.5, 0.5)
    0.5
    >>> bayes(0.25, 1, 0)
    1.0
    """
    hit = prior * true_positive
    return hit / (hit + (1 - prior) * false_positive)


def dice_sum_ways(dice: int, total: int) -> int:
    """Count the ways to throw a total with so many six-sided dice.

    Also: outcomes of dice that add up to a sum; combinations of dice with a given total.

    >>> dice_sum_ways(2, 7)
    6
    >>> dice_sum_ways(1, 7)
    0
    """
    ways = [1] + [0] * max(total, 0)
    for _ in range(dice):
        ways = [sum(ways[max(rest - 6, 0) : rest]) for rest in range(len(ways))]
    return ways[total] if total >= 0 else 0


def dice_sum_probability(dice: int, total: int) -> float:
    """Find the probability to throw a total with so many six-sided dice.

    Also: chance of a sum of dice; likelihood of throwing a total.

    >>> dice_sum_probability(2, 7)
    0.16666666666666666
    >>> dice_sum_probability(1, 3)
    0.16666666666666666
    """
    return dice_sum_ways(dice, total) / math.pow(6, dice)


def birthday_probability(people: int) -> float:
    """Find the probability that at least two people share a birthday.

    Also: birthday paradox; 365 days, all equally likely.

    >>> birthday_probability(23)
    0.5072972343239857
    >>> birthday_probability(1)
    0.0
    """
    return 1 - math.prod((365 - k) / 365 for k in range(people))


def odds_to_probability(for_: float, against: float) -> float:
    """Convert odds for and against to a probability.

    Also: chance from betting odds such as 3 to 1; odds in favour as a fraction.

    >>> odds_to_probability(3, 1)
    0.75
    >>> odds_to_probability(1, 1)
    0.5
    """
    return for_ / (for_ + against)


def entropy(probabilities: Sequence[float]) -> float:
    """Find the Shannon entropy of a distribution in bits.

    Also: information content; uncertainty of probabilities.

    >>> entropy([0.5, 0.5])
    1.0
    >>> entropy([0.25, 0.25, 0.25, 0.25])
    2.0
    """
    return math.fsum(p * math.log2(1 / p) for p in probabilities if p > 0)


def mean_squared_error(actual: Sequence[float], predicted: Sequence[float]) -> float:
    """Find the mean squared error of predictions.

    Also: MSE; average squared difference of two lists.

    >>> mean_squared_error([1, 2, 3], [1, 2, 6])
    3.0
    >>> mean_squared_error([1, 2], [1, 2])
    0.0
    """
    return sum((a - b) ** 2 for a, b in zip(actual, predicted, strict=True)) / len(actual)


def mean_absolute_error(actual: Sequence[float], predicted: Sequence[float]) -> float:
    """Find the mean absolute error of predictions.

    Also: MAE; average absolute difference of two lists.

    >>> mean_absolute_error([1, 2, 3], [1, 2, 6])
    1.0
    >>> mean_absolute_error([1, 2], [1, 2])
    0.0
    """
    return sum(abs(a - b) for a, b in zip(actual, predicted, strict=True)) / len(actual)


def accuracy(actual: Sequence[object], predicted: Sequence[object]) -> float:
    """Find the share of predictions that are right.

    Also: accuracy; fraction of equal elements of two lists.

    >>> accuracy([1, 0, 1, 1], [1, 1, 1, 1])
    0.75
    >>> accuracy(['a'], ['b'])
    0.0
    """
    return sum(a == b for a, b in zip(actual, predicted, strict=True)) / len(actual)


def f1_score(precision: float, recall: float) -> float:
    """Find the F1 score from precision and recall.

    Also: harmonic mean of precision and recall; 0 if both are 0.

    >>> f1_score(0.5, 0.5)
    0.5
    >>> f1_score(0, 0)
    0.0
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
