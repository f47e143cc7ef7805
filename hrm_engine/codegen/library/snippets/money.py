"""Money: interest, discount, tax, profit, loans, percentages, splitting bills."""

from __future__ import annotations

from collections.abc import Sequence


def simple_interest(principal: float, rate: float, years: float) -> float:
    """Find the simple interest on an amount at a yearly rate in per cent.

    Also: interest without compounding; principal times rate times time over 100.

    >>> simple_interest(1000, 5, 2)
    100.0
    >>> simple_interest(200, 0, 9)
    0.0
    """
    return principal * rate * years / 100


def compound_amount(principal: float, rate: float, years: float) -> float:
    """Find the amount after compound interest at a yearly rate in per cent.

    Also: future value of savings; compounded once a year.

    >>> compound_amount(1000, 50, 2)
    2250.0
    >>> compound_amount(100, 0, 5)
    100.0
    """
    amount: float = principal * (1 + rate / 100) ** years
    return amount


def compound_interest(principal: float, rate: float, years: float) -> float:
    """Find the compound interest on an amount at a yearly rate in per cent.

    Also: interest earned with compounding, the principal left out; interest on interest.

    >>> compound_interest(1000, 50, 2)
    1250.0
    >>> compound_interest(100, 0, 5)
    0.0
    """
    interest: float = principal * ((1 + rate / 100) ** years - 1)
    return interest


def compound_amount_with_periods(
    principal: float, rate: float, years: float, periods: int
) -> float:
    """Find the amount after interest compounded several times a year.

    Also: future value with monthly or quarterly compounding; rate in per cent.

    >>> compound_amount_with_periods(100, 100, 1, 2)
    225.0
    >>> compound_amount_with_periods(1000, 0, 3, 12)
    1000.0
    """
    amount: float = principal * (1 + rate / 100 / periods) ** (periods * years)
    return amount


def present_value(amount: float, rate: float, years: float) -> float:
    """Find the present value of an amount paid in some years.

    Also: discounted value at a yearly rate in per cent; what future money is worth today.

    >>> present_value(225, 50, 2)
    100.0
    >>> present_value(50, 0, 3)
    50.0
    """
    value: float = amount / (1 + rate / 100) ** years
    return value


def monthly_payment(principal: float, rate: float, months: int) -> float:
    """Find the monthly payment of a loan at a yearly rate in per cent.

    Also: EMI; instalment; mortgage annuity.

    >>> monthly_payment(1200, 0, 12)
    100.0
    >>> monthly_payment(1000, 12, 12)
    88.8487886783416
    """
    monthly = rate / 1200
    if monthly == 0:
        return principal / months
    payment: float = principal * monthly / (1 - (1 + monthly) ** -months)
    return payment


def net_present_value(rate: float, flows: Sequence[float]) -> float:
    """Find the net present value of yearly cash flows, the first one now.

    Also: NPV at a yearly rate in per cent; discounted sum of cash flows.

    >>> net_present_value(100, [-10, 20, 40])
    10.0
    >>> net_present_value(0, [1, 2])
    3.0
    """
    total: float = sum(flow / (1 + rate / 100) ** year for year, flow in enumerate(flows))
    return total


def discounted_price(price: float, percent: float) -> float:
    """Find the price after a discount in per cent.

    Also: sale price; reduce a price by a percentage.

    >>> discounted_price(200, 25)
    150.0
    >>> discounted_price(80, 0)
    80.0
    """
    return price * (100 - percent) / 100


def discount_percent(original: float, sale: float) -> float:
    """Find the discount in per cent from the original and the sale price.

    Also: by how many per cent was a price reduced; percentage off.

    >>> discount_percent(200, 150)
    25.0
    >>> discount_percent(80, 80)
    0.0
    """
    return (original - sale) * 100 / original


def price_with_tax(price: float, percent: float) -> float:
    """Find the price including tax.

    Also: add VAT or sales tax in per cent; gross from net.

    >>> price_with_tax(100, 19)
    119.0
    >>> price_with_tax(50, 0)
    50.0
    """
    return price * (100 + percent) / 100


def price_without_tax(gross: float, percent: float) -> float:
    """Find the price before tax from the price including tax.

    Also: remove VAT; net from gross.

    >>> price_without_tax(119, 19)
    100.0
    >>> price_without_tax(50, 0)
    50.0
    """
    return gross * 100 / (100 + percent)


def tip(bill: float, percent: float) -> float:
    """Find the tip for a bill.

    Also: gratuity in per cent; how much to tip a waiter.

    >>> tip(50, 10)
    5.0
    >>> tip(80, 15)
    12.0
    """
    return bill * percent / 100


def split_bill(bill: float, people: int) -> float:
    """Find what each person pays when a bill is split evenly, rounded to cents.

    Also: share the cost; equal parts.

    >>> split_bill(100, 3)
    33.33
    >>> split_bill(50, 4)
    12.5
    """
    return round(bill / people, 2)


def profit_or_loss(cost: float, selling: float) -> float:
    """Find the profit of a sale, negative for a loss.

    Also: gain; selling price minus cost price.

    >>> profit_or_loss(80, 100)
    20
    >>> profit_or_loss(100, 70)
    -30
    """
    return selling - cost


def profit_only(cost: float, selling: float) -> float:
    """Find the profit of a sale, 0 if there is none.

    Also: gain from cost and selling price, never negative; amount earned, zero at a loss.

    >>> profit_only(80, 100)
    20
    >>> profit_only(100, 70)
    0
    """
    return max(selling - cost, 0)


def profit_percent(cost: float, selling: float) -> float:
    """Find the profit in per cent of the cost, negative for a loss.

    Also: percentage gain; margin on cost; return on investment.

    >>> profit_percent(80, 100)
    25.0
    >>> profit_percent(100, 70)
    -30.0
    """
    return (selling - cost) * 100 / cost


def percentage(part: float, whole: float) -> float:
    """Find what percentage one number is of another.

    Also: part over whole times 100; marks in per cent.

    >>> percentage(45, 60)
    75.0
    >>> percentage(0, 5)
    0.0
    """
    return part * 100 / whole


def percent_of(percent: float, amount: float) -> float:
    """Find a percentage of an amount.

    Also: how much is p per cent of a number; take a percentage of a number.

    >>> percent_of(25, 80)
    20.0
    >>> percent_of(150, 10)
    15.0
    """
    return amount * percent / 100


def percent_change(old: float, new: float) -> float:
    """Find the change from an old to a new value in per cent.

    Also: percentage increase or decrease; growth rate.

    >>> percent_change(50, 75)
    50.0
    >>> percent_change(80, 60)
    -25.0
    """
    return (new - old) * 100 / old


def years_to_double(rate: float) -> int:
    """Count the whole years until an amount at a yearly rate in per cent has doubled.

    Also: doubling time with compound interest; how long until savings double.

    >>> years_to_double(10)
    8
    >>> years_to_double(100)
    1
    """
    if rate <= 0:
        raise ValueError("the rate must be positive")
    amount, years = 1.0, 0
    while amount < 2:
        amount *= 1 + rate / 100
        years += 1
    return years


def straight_line_depreciation(cost: float, salvage: float, years: float) -> float:
    """Find the yearly depreciation by the straight-line method.

    Also: loss of value a year; cost minus residual value over the useful life.

    >>> straight_line_depreciation(1000, 200, 4)
    200.0
    >>> straight_line_depreciation(500, 500, 2)
    0.0
    """
    return (cost - salvage) / years


def progressive_tax(income: float, brackets: Sequence[tuple[float, float]]) -> float:
    """Find the tax on an income from brackets of a lower limit and a rate in per cent.

    Also: progressive income tax; marginal rates, brackets in ascending order.

    >>> progressive_tax(3000, [(0, 10), (1000, 20)])
    500.0
    >>> progressive_tax(500, [(0, 10), (1000, 20)])
    50.0
    """
    limits = [limit for limit, _ in brackets[1:]] + [income]
    taxed = zip(brackets, limits, strict=True)
    return sum(max(min(income, top) - low, 0) * rate for (low, rate), top in taxed) / 100


def change_in_coins(amount: int, coins: Sequence[int]) -> dict[int, int]:
    """Pay an amount with coins, always taking the largest that fits.

    Also: give change greedily; how many notes of each denomination; ATM.

    >>> change_in_coins(67, [1, 5, 10, 25])
    {25: 2, 10: 1, 5: 1, 1: 2}
    >>> change_in_coins(0, [1])
    {}
    """
    given = {}
    for coin in sorted(coins, reverse=True):
        times, amount = divmod(amount, coin)
        if times:
            given[coin] = times
    if amount:
        raise ValueError("these coins leave a rest")
    return given


def body_mass_index(weight: float, height: float) -> float:
    """Find the body mass index from weight in kilograms and height in metres.

    Also: BMI; weight over height squared.

    >>> body_mass_index(72, 2)
    18.0
    >>> body_mass_index(100, 2)
    25.0
    """
    return weight / height**2
