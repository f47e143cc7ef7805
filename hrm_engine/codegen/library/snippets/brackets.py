"""Brackets and expressions: balance, depth, generating, postfix and infix notation."""

from __future__ import annotations

import operator
from collections.abc import Sequence


def is_balanced_parentheses(text: str) -> bool:
    """Check whether the round parentheses of a string are balanced.

    Also: every opening parenthesis has a closing one; matched brackets.

    >>> is_balanced_parentheses('(()())')
    True
    >>> is_balanced_parentheses('())(')
    False
    >>> is_balanced_parentheses('')
    True
    """
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def max_bracket_depth(text: str) -> int:
    """Find the largest nesting depth of the parentheses of a string.

    Also: maximum depth of brackets; how deep parentheses are nested.

    >>> max_bracket_depth('(1+(2*3)+((8)/4))+1')
    3
    >>> max_bracket_depth('abc')
    0
    """
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


def generate_parentheses(pairs: int) -> list[str]:
    """Generate all balanced strings of n pairs of parentheses.

    Also: every valid combination of brackets.

    >>> generate_parentheses(3)
    ['((()))', '(()())', '(())()', '()(())', '()()()']
    >>> generate_parentheses(0)
    ['']
    """
    if pairs == 0:
        return [""]
    return [
        f"({inner}){rest}"
        for inside in range(pairs - 1, -1, -1)
        for inner in generate_parentheses(inside)
        for rest in generate_parentheses(pairs - 1 - inside)
    ]


def longest_valid_parentheses(text: str) -> int:
    """Find the length of the longest balanced part of a string of parentheses.

    Also: longest valid bracket substring.

    >>> longest_valid_parentheses(')()())')
    4
    >>> longest_valid_parentheses('')
    0
    """
    best, open_places = 0, [-1]
    for index, letter in enumerate(text):
        if letter == "(":
            open_places.append(index)
            continue
        open_places.pop()
        if open_places:
            best = max(best, index - open_places[-1])
        else:
            open_places.append(index)
    return best


def min_parentheses_to_add(text: str) -> int:
    """Count the parentheses that must be added to make a string balanced.

    Also: minimum insertions for valid brackets.

    >>> min_parentheses_to_add('())')
    1
    >>> min_parentheses_to_add('((')
    2
    """
    missing = depth = 0
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif letter == ")":
            missing += 1
    return missing + depth


def remove_unmatched_parentheses(text: str) -> str:
    """Remove the parentheses of a string that have no partner.

    Also: delete invalid brackets; make parentheses balanced by deletion.

    >>> remove_unmatched_parentheses('a(b))c(')
    'a(b)c'
    >>> remove_unmatched_parentheses('ab')
    'ab'
    """
    waiting: list[int] = []
    dropped: set[int] = set()
    for index, letter in enumerate(text):
        if letter == "(":
            waiting.append(index)
        elif letter == ")" and waiting:
            waiting.pop()
        elif letter == ")":
            dropped.add(index)
    dropped.update(waiting)
    return "".join(letter for index, letter in enumerate(text) if index not in dropped)


def bracket_pairs(text: str) -> list[tuple[int, int]]:
    """List the positions of matching parentheses of a balanced string.

    Also: pairs of indexes of opening and closing brackets, in order of opening.

    >>> bracket_pairs('(a)(())')
    [(0, 2), (3, 6), (4, 5)]
    >>> bracket_pairs('')
    []
    """
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, letter in enumerate(text):
        if letter == "(":
            waiting.append(index)
        elif letter == ")":
            pairs.append((waiting.pop(), index))
    return sorted(pairs)


def split_balanced_groups(text: str) -> list[str]:
    """Split a string of parentheses into its outermost balanced groups.

    Also: separate top-level bracket groups; primitive decomposition.

    >>> split_balanced_groups('(()())(())')
    ['(()())', '(())']
    >>> split_balanced_groups('')
    []
    """
    groups: list[str] = []
    depth = start = 0
    for index, letter in enumerate(text, start=1):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            groups.append(text[start:index])
            start = index
    return groups


def remove_outer_parentheses(text: str) -> str:
    """Remove the outermost parentheses of each balanced group of a string.

    Also: strip one level of brackets.

    >>> remove_outer_parentheses('(()())(())')
    '()()()'
    >>> remove_outer_parentheses('()')
    ''
    """
    kept, depth = "", 0
    for letter in text:
        depth -= letter == ")"
        if depth > 0:
            kept += letter
        depth += letter == "("
    return kept


def has_doubled_brackets(text: str) -> bool:
    """Check whether a balanced expression has two pairs of parentheses around the same part.

    Also: duplicate brackets; needless double parentheses.

    >>> has_doubled_brackets('((a+b))')
    True
    >>> has_doubled_brackets('((a)+(b))')
    False
    """
    waiting: list[int] = []
    closed: set[tuple[int, int]] = set()
    for index, letter in enumerate(text):
        if letter == "(":
            waiting.append(index)
        elif letter == ")":
            start = waiting.pop()
            if (start + 1, index - 1) in closed:
                return True
            closed.add((start, index))
    return False


def evaluate_postfix(expression: str) -> float:
    """Evaluate an expression in postfix notation with spaces between its parts.

    Also: reverse Polish notation; calculate with a stack.

    >>> evaluate_postfix('2 3 + 4 *')
    20.0
    >>> evaluate_postfix('7')
    7.0
    """
    known = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    stack: list[float] = []
    for part in expression.split():
        if part in known:
            right, left = stack.pop(), stack.pop()
            stack.append(known[part](left, right))
        else:
            stack.append(float(part))
    return stack.pop()


def infix_to_postfix(expression: str) -> str:
    """Convert an infix expression of single letters or digits to postfix notation.

    Also: shunting yard; reverse Polish notation of an expression.

    >>> infix_to_postfix('a+b*(c-d)')
    'abcd-*+'
    >>> infix_to_postfix('a-b-c')
    'ab-c-'
    """
    priority = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
    result, stack = "", ""
    for letter in expression.replace(" ", ""):
        if letter == "(":
            stack += letter
        elif letter == ")":
            while not stack.endswith("("):
                result, stack = result + stack[-1], stack[:-1]
            stack = stack[:-1]
        elif letter in priority:
            floor = priority[letter] + (letter == "^")
            while stack and priority.get(stack[-1], 0) >= floor:
                result, stack = result + stack[-1], stack[:-1]
            stack += letter
        else:
            result += letter
    return result + stack[::-1]


def is_valid_stack_sequence(pushed: Sequence[int], popped: Sequence[int]) -> bool:
    """Check whether elements pushed in one order to a stack can be popped in another order.

    Also: validate stack sequences of push and pop.

    >>> is_valid_stack_sequence([1, 2, 3, 4, 5], [4, 5, 3, 2, 1])
    True
    >>> is_valid_stack_sequence([1, 2, 3], [3, 1, 2])
    False
    """
    stack: list[int] = []
    done = 0
    for item in pushed:
        stack.append(item)
        while stack and done < len(popped) and stack[-1] == popped[done]:
            stack.pop()
            done += 1
    return not stack and done == len(popped)


def compare_with_backspaces(first: str, second: str) -> bool:
    """Check whether two strings are equal when each # deletes the character before it.

    Also: backspace string compare.

    >>> compare_with_backspaces('ab#c', 'ad#c')
    True
    >>> compare_with_backspaces('a#c', 'b')
    False
    """

    def typed(text: str) -> str:
        kept = ""
        for letter in text:
            kept = kept[:-1] if letter == "#" else kept + letter
        return kept

    return typed(first) == typed(second)


def simplify_path(path: str) -> str:
    """Simplify an absolute path with single and double dots.

    Also: canonical form of a Unix file path.

    >>> simplify_path('/a/./b/../../c/')
    '/c'
    >>> simplify_path('/../')
    '/'
    """
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept)
