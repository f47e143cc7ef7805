"""The tools a dialogue offers: the derivative, and others that teach the model to choose.

Most of the others exist in no product yet. Their names, descriptions and order vary, so that the
model reads the offered lines instead of knowing them by heart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrm_agents.embedded.dialogues.dice import Dice

DERIVATIVE = "calculate_derivative"
Tool = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of tool: names and descriptions it may have, and how people ask for it.

    ask: phrases with a slot for each argument; topic: what the model has no tool for without it.
    """

    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    arguments: tuple[tuple[str, str], ...]
    ask: tuple[str, ...]
    topic: str


DESCRIPTIONS = (
    "Differentiate an expression",
    "Differentiate an expression exactly and check the answer",
    "Find the derivative of an expression",
    "The derivative of an expression, checked exactly",
    "Symbolic differentiation",
    "Compute derivatives",
    "Exact derivative with a verified answer",
    "Calculate the derivative of a mathematical expression with respect to a variable",
    "Derivative of an expression, found by a small reasoner and checked exactly",
    "",
    "Differentiate an expression exactly",
)
MATHS = ("expression", "string"), ("variable", "string")
KINDS = {
    "integral": Kind(
        ("calculate_integral", "integrate", "calculate_integral", "find_antiderivative"),
        ("Integrate an expression", "Find an antiderivative", "Symbolic integration", ""),
        MATHS,
        (
            "{integrate|what is the integral of|find the integral of|compute the integral of|"
            "antiderivative of|what is the antiderivative of|find the antiderivative of|∫|integral|"
            "find an antiderivative for|calculate the indefinite integral of|primitive of|"
            "undo the derivative: which function has derivative|area under|anti-derivative of|"
            "give me the integral of|can you integrate|please integrate|integral of|"
            "reverse differentiate|what function differentiates to|what's the integral of} <e>"
            "[ {dx|with respect to x|, the integral not the derivative}]",
            "<e>{ - |, |: }{integrate this|integral please|integrate|the antiderivative|integral?}",
            "∫ <e> dx",
            "∫<e> dx",
            "f'(x) = <e>, {find f(x)|what is f(x)|what is f|find f}",
            "the derivative {of f is|is} <e>, what "
            "{is f|was the function|is the original function}",
        ),
        "integrals",
    ),
    "solve": Kind(
        ("solve_equation", "solve", "equation_solver"),
        ("Solve an equation", "Find the roots of an equation", ""),
        (("equation", "string"),),
        (
            "{solve|find the roots of|find the zeros of|where is|solve for x:|what x solves|"
            "what are the solutions of|find x if|for which x is|roots of|please solve} <e> = 0",
            "{solve|find x:|solve for x:|when does} <e> = <n>",
            "{zeros|roots|x-intercepts|zeroes} of <e>",
        ),
        "equations",
    ),
    "simplify": Kind(
        ("simplify", "simplify_expression", "expand_expression"),
        ("Simplify an expression", "Rewrite an expression", ""),
        (("expression", "string"),),
        (
            "{simplify|please simplify|expand|factor|factorise|factorize|rewrite|can you simplify|"
            "expand the brackets in|complete the square in|simplify the expression|reduce} <e>",
            "<e>{ - |, |: }{simplify|simplify it|expand|factor this|in simplest form}",
        ),
        "algebra",
    ),
    "evaluate": Kind(
        ("calculator", "evaluate"),
        ("Evaluate a numeric expression", "A calculator", ""),
        (("expression", "string"),),
        (
            "{what is|what's|calculate|compute|evaluate|how much is} <a>[ {equal to|=}]",
            "what is the value of <e> {at|when|for} x = <n>",
            "{evaluate|plug in|compute} <e> {at|for} x = <n>",
            "what do i get for <e> {at|if} x = <n>",
        ),
        "arithmetic",
    ),
    "limit": Kind(
        ("calculate_limit", "limit"),
        ("Find a limit", ""),
        (("expression", "string"), ("point", "string")),
        (
            "{limit of|what is the limit of|find the limit of|compute the limit of|lim} <e> "
            "{as x goes to|as x approaches|as x -> |when x tends to|for x to} <n>",
            "where does <e> {converge|go} {when|as} x {grows|goes to infinity}",
        ),
        "limits",
    ),
    "plot": Kind(
        ("plot_function", "plot", "draw_graph"),
        ("Plot a function", "Draw the graph of a function", ""),
        (("expression", "string"),),
        (
            "{plot|draw|graph|sketch|show me the graph of|draw the graph of|visualise|please plot|"
            "make a plot of|can you draw|what does the graph look like for} <e>",
        ),
        "plots",
    ),
    "series": Kind(
        ("taylor_series", "series"),
        ("Taylor series of an expression", ""),
        (("expression", "string"),),
        (
            "{taylor series of|maclaurin series of|expand in a series|power series for|"
            "fourier series of|find the taylor polynomial of|what is the series expansion of} <e>",
            "{laplace transform of|fourier transform of|inverse of|domain of|range of} <e>",
        ),
        "series",
    ),
    "sudoku": Kind(
        ("solve_sudoku", "solve_sudoku", "solve_sudoku", "sudoku"),
        ("Solve a Sudoku exactly", "Solve a Sudoku of 81 characters", "Solve a Sudoku puzzle", ""),
        (("puzzle", "string"),),
        (),
        "Sudoku",
    ),
    "maze": Kind(
        ("solve_maze", "solve_maze", "solve_maze", "find_path"),
        ("Find a shortest path through a maze", "Find the shortest path in a maze", ""),
        (("maze", "string"),),
        (),
        "mazes",
    ),
    "plan": Kind(
        ("plan", "make_plan"),
        ("Make a plan of steps for a goal", "Plan the steps to reach a goal", ""),
        (("goal", "string"),),
        (
            "{make a plan to|plan how to|plan|give me a plan to|what steps do i need to|"
            "help me plan to|i need a plan to|how should i go about it: } <goal>",
        ),
        "plans",
    ),
    "code": Kind(
        ("generate_code", "write_code"),
        ("Write a Python function", "Generate code from a description", ""),
        (("prompt", "string"),),
        (
            "{write|write me|generate|code|please write|i need|can you write|implement} <code>",
            "{write|generate} {code|a program|python code} {that computes|for} <code>",
        ),
        "code",
    ),
    "weather": Kind(
        ("get_weather", "weather"),
        ("Current weather of a city", "Weather forecast", ""),
        (("city", "string"),),
        (
            "{what's the weather in|weather in|how is the weather in|will it rain in|"
            "is it cold in|what is the temperature in|do i need an umbrella in|"
            "forecast for} <city>",
        ),
        "the weather",
    ),
    "search": Kind(
        ("search_web", "web_search", "google"),
        ("Search the web", ""),
        (("query", "string"),),
        (
            "{search for|look up|google|search the web for|find information about|"
            "who wrote|tell me about|what do you know about|find an article about} <topic>",
            "{when was|who invented|where is|what is the history of} <topic>",
        ),
        "web search",
    ),
    "convert": Kind(
        ("unit_convert", "convert_units"),
        ("Convert a quantity between units", ""),
        (("value", "string"), ("unit", "string")),
        (
            "{convert|how much is|what is|change} <n> {<unit1>|<unit1>} {to|in|into} <unit>",
            "how many <unit> are <n> <unit1>",
        ),
        "unit conversion",
    ),
}
NOUNS = {"derivative": "derivative", "sudoku": "Sudoku", "maze": "maze"}
"""What the tools of this project answer; how people are asked for it is in `puzzles.py`."""
GOALS = (
    "move house", "bake a cake", "learn French", "clean the garage", "pass my driving test",
    "organise a party", "repair my bike", "visit Rome", "write a book", "plant a garden",
    "paint the kitchen", "run a marathon", "launch a website", "stack three blocks",
    "sell my car", "prepare for the interview", "save money", "train my dog", "build a shelf",
)  # fmt: skip
CODE = (
    "a function that reverses a string", "a program that sorts a list",
    "a python function for primes",
    "a script that renames files", "a function that adds two numbers", "a class for a stack",
    "code that counts words", "a function to check palindromes", "a loop that prints numbers",
    "a regex for emails", "quicksort in python", "a function that finds the maximum",
    "a program for the fibonacci numbers", "a html page", "a sql query", "a unit test",
)  # fmt: skip
CITIES = (
    "Paris", "London", "Berlin", "Tokyo", "Madrid", "Oslo", "Rome", "Delhi", "Cairo", "Lima",
    "Vienna", "Prague", "Boston", "Chicago", "Sydney", "Seoul", "Dublin", "Warsaw", "Athens",
)  # fmt: skip
TOPICS = (
    "the moon landing", "Isaac Newton", "electric cars", "the Roman empire", "black holes",
    "the best pizza", "climate change", "football results", "quantum computers", "Leibniz",
    "the stock market", "interest rates", "the French revolution", "machine learning",
    "the tallest mountain", "penicillin", "the speed of light", "Ada Lovelace", "jazz music",
    "derivatives trading", "the housing market", "the president", "bread", "the telephone",
)  # fmt: skip
UNITS = (
    "km", "miles", "meters", "feet", "inches", "cm", "kg", "pounds", "grams", "ounces",
    "celsius", "fahrenheit", "liters", "gallons", "hours", "minutes", "seconds", "euros", "dollars",
)  # fmt: skip


def schema(name: str, description: str, arguments: dict[str, str]) -> Tool:
    """An OpenAI-style tool."""
    properties = {key: {"type": kind} for key, kind in arguments.items()}
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    return {
        "type": "function",
        "function": {"name": name, "description": description, "parameters": parameters},
    }


def derivative_tool(dice: Dice) -> Tool:
    """The derivative tool, under one of its descriptions."""
    arguments = {"expression": "string", "variable": "string", "order": "integer"}
    return schema(DERIVATIVE, dice.pick(DESCRIPTIONS), arguments)


def other_tool(kind: str, dice: Dice) -> Tool:
    """A tool of another kind, under one of its names."""
    known = KINDS[kind]
    return schema(dice.pick(known.names), dice.pick(known.descriptions), dict(known.arguments))


def offer(
    dice: Dice, *, derivative: bool = True, without: str = "", wanted: str = ""
) -> list[Tool]:
    """A shuffled set of tools: with or without the derivative, never `without`, always `wanted`."""
    if derivative and not without and wanted in ("", "sudoku", "maze") and dice.chance(0.55):
        return ours(dice)
    count = dice.weighted({0: 50, 1: 20, 2: 16, 3: 9, 4: 5})
    kinds = [kind for kind in KINDS if kind not in (without, wanted)]
    tools = [other_tool(kind, dice) for kind in dice.shuffled(kinds)[:count]]
    if wanted:
        tools.append(other_tool(wanted, dice))
    if derivative:
        tools.append(derivative_tool(dice))
    return dice.shuffled(tools)


def ours(dice: Dice) -> list[Tool]:
    """The tools of a server of this project, seldom with others."""
    tools = [derivative_tool(dice), other_tool("sudoku", dice), other_tool("maze", dice)]
    if dice.chance(0.12):
        others = [kind for kind in KINDS if kind not in NOUNS]
        tools += [other_tool(kind, dice) for kind in dice.shuffled(others)[: 1 + dice.below(2)]]
    return tools if dice.chance(0.7) else dice.shuffled(tools)


def of_kind(offered: list[Tool], kind: str) -> str:
    """The name of the offered tool of this kind; empty when there is none."""
    known = (DERIVATIVE,) if kind == "derivative" else KINDS[kind].names
    names = (tool["function"]["name"] for tool in offered)
    return next((name for name in names if name in known), "")


def abilities(offered: list[Tool]) -> list[str]:
    """Which of the tools of this project are on offer: kinds, in one order."""
    return [kind for kind in NOUNS if of_kind(offered, kind)]


def arithmetic(dice: Dice) -> str:
    """A sum of numbers, nothing to differentiate."""
    parts = [str(1 + dice.below(99))]
    for _ in range(1 + dice.below(3)):
        parts += [dice.pick(("+", "-", "*", "/", " + ", " * ")), str(1 + dice.below(99))]
    return "".join(parts)
