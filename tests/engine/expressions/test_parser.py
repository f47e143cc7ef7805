"""What people, books and language models write, and the one tree each form stands for.

`WRITTEN` holds a form and the unambiguous text of its tree; that this text determines the tree is
shown in `test_printer.py`. `AMBIGUOUS` adds what the note must say.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrm_engine.errors import ExpressionError
from hrm_engine.expressions.parser import parse, parse_with_notes
from hrm_engine.expressions.printer import to_latex, to_text
from hrm_engine.expressions.tree import ONE, TWO, E, Expr, integer, node, symbol

X, Y = symbol("x"), symbol("y")

#: A form, then "=>" and its tree as plain text.
WRITTEN = r"""
sin(5x) => sin(5*x)
2x^3 => 2*x^3
2x(x+1) => 2*x*(x + 1)
x**2 e^x => x^2*exp(x)
3*x**2 - 4*x + 1 => 3*x^2 - 4*x + 1
ax^2+bx+c => a*x^2 + b*x + c
kx^n => k*x^n
xyz => x*y*z
(x+1)(x-1) => (x + 1)*(x - 1)
x(x+1)^2 => x*(x + 1)^2
(e^x-4)2 => (exp(x) - 4)*2
sin^2 x => sin(x)^2
sin^2x => sin(x)^2
sin^2(x) => sin(x)^2
sin^2 2x => sin(2*x)^2
3sec^2 3x => 3*sec(3*x)^2
sin(x)^2 => sin(x)^2
sin x^2 => sin(x^2)
sin^-1(x) => asin(x)
sin^-1 x => asin(x)
sin^(-1)(x) => asin(x)
tanh^-1 x => atanh(x)
sin^-2 x => sin(x)^(-2)
ln^2 x => ln(x)^2
cos^n x => cos(x)^n
xsin(x) => x*sin(x)
xsinx => x*sin(x)
xcosx => x*cos(x)
xlnx => x*ln(x)
sinxcosx => sin(x)*cos(x)
xe^x => x*exp(x)
te^t => t*exp(t)
sinpix => sin(pi*x)
sinhx => sinh(x)
sin x cos x => sin(x)*cos(x)
sin 2x => sin(2*x)
sin 2x cos x => sin(2*x)*cos(x)
sin 2πx => sin(2*pi*x)
sin nx => sin(n*x)
sin -x => sin(-x)
sin x e^x => sin(x)*exp(x)
sin x + 1 => sin(x) + 1
x sin x x^2 => x*sin(x)*x^2
ln sin x => ln(sin(x))
ln te^t => ln(t)*exp(t)
sqrt 2x => sqrt(2*x)
sqrt x+1 => sqrt(x) + 1
arcsin x => asin(x)
asin(x) => asin(x)
arc sin x => asin(x)
arctg x => atan(x)
tg x => tan(x)
ctg x => cot(x)
cosec x => csc(x)
cotan x => cot(x)
arccosec x => acsc(x)
sine(x) => sin(x)
arsinh x => asinh(x)
arcsinh x => asinh(x)
asinh(x) => asinh(x)
argcosh(x) => acosh(x)
Sin[x] => sin(x)
EXP(x) => exp(x)
ArcTan(x) => atan(x)
np.exp(-x) => exp(-x)
math.sqrt(x) => sqrt(x)
ln|x| => ln(abs(x))
|x| => abs(x)
|x-1||x+1| => abs(x - 1)*abs(x + 1)
||x|-1| => abs(abs(x) - 1)
|x + |x|| => abs(x + abs(x))
|sin x| => abs(sin(x))
x|x| => x*abs(x)
2|x|^3 => 2*abs(x)^3
|x|/x => abs(x)/x
abs(x-1) => abs(x - 1)
sgn(x) => sign(x)
signum(x) => sign(x)
log_2(x) => log_2(x)
log_2 x => log_2(x)
log_{10} x => log_10(x)
log_a x => log_a(x)
log_(x+1)(y) => log_(x + 1)(y)
log(x, 2) => log_2(x)
log2(x) => log_2(x)
log10 x => log_10(x)
lg x => log_10(x)
log_2^3 x => log_2(x)^3
cbrt(x) => cbrt(x)
root(x, 3) => cbrt(x)
nthroot(x, 5) => root_5(x)
root_5(x) => root_5(x)
pow(x, 2) => x^2
exp(2x) => exp(2*x)
e^x => exp(x)
e**(-x) => exp(-x)
e^(2x) => exp(2*x)
e^-x^2 => exp(-x^2)
e => e
(e)^x => (e)^x
pi r^2 => pi*r^2
2pi => 2*pi
0.5x => 1/2*x
0.125 => 1/8
2.50 => 5/2
.5 => 1/2
5. => 5
-x^2 => -x^2
-2x => -2*x
(-2)x => (-2)*x
2^-x => 2^(-x)
x^-1 => x^(-1)
x^-2y => x^(-2)*y
x^2y => x^2*y
x^y^z => x^(y^z)
(x^y)^z => (x^y)^z
x^0.5 => x^(1/2)
x*-y => x*(-y)
--x => -(-x)
+x => x
a - b - c => a - b - c
a/b/c => a/b/c
a/b*c => a/b*c
x_1 + x_{12} => x1 + x12
x1^2 => x1^2
f(x) = x^2 => x^2
f'(x) = 2x => 2*x
y = sin x => sin(x)
y'' = x => x
dy/dx = 2x => 2*x
g(t) := t^2 => t^2
$x^2$ => x^2
$$x^2$$ => x^2
\(x^2\) => x^2
\[x^2\] => x^2
$f(x) = x^2$. => x^2
`x^2` => x^2
"sin(x)" => sin(x)
sin(5x)? => sin(5*x)
[x+1]^2 => (x + 1)^2
theta^2 => θ^2
A sin(ωt+φ) => A*sin(ω*t + φ)
i + d => i + d
√x => sqrt(x)
√(x+1) => sqrt(x + 1)
√x² => sqrt(x^2)
2√x => 2*sqrt(x)
∛x => cbrt(x)
∜x => root_4(x)
x² => x^2
x⁻¹ => x^(-1)
x¹⁰ => x^10
x³ʸ => x^(3*y)
e²ˣ => exp(2*x)
5x²y => 5*x^2*y
sin²x => sin(x)^2
sin⁻¹(x) => asin(x)
x₁+x₂ => x1 + x2
log₂(x) => log_2(x)
½x² => 1/2*x^2
x·y => x*y
3×x => 3*x
x÷2 => x/2
x−1 => x - 1
1⁄x => 1/x
πx => pi*x
𝑥+𝜃 => x + θ
ｓｉｎ（２ｘ） => sin(2*x)
\frac12 => 1/2
\frac12 x^2 => 1/2*x^2
\frac{1}{2}x => 1/2*x
\frac1{x+1} => 1/(x + 1)
\frac x2 => x/2
\dfrac{\sin x}{x} => sin(x)/x
\tfrac{3}{4} => 3/4
x^\frac23 => x^(2/3)
{x+1\over x-1} => (x + 1)/(x - 1)
{1\over 4\sqrt{x}(5-\sqrt{x})^{3/2}} => 1/(4*sqrt(x)*(5 - sqrt(x))^(3/2))
x\over y => x/y
\sqrt{x+1} => sqrt(x + 1)
\sqrt x => sqrt(x)
\sqrt2x => sqrt(2)*x
\sqrt[3]{x} => cbrt(x)
\sqrt[n]{x} => root_n(x)
\root 3 \of x => cbrt(x)
\root 3\of{x+x^3} => cbrt(x + x^3)
\sin^{-1} x => asin(x)
\sin^{2} x => sin(x)^2
\sin{2x}\cos{3x} => sin(2*x)*cos(3*x)
\sin\frac{x}{2} => sin(x/2)
\sin\frac12 x => sin(1/2*x)
\arctan\sqrt{x} => atan(sqrt(x))
\arcsin\left(2x\right) => asin(2*x)
\operatorname{arsinh} x => asinh(x)
\operatorname{sech}^2 x => sech(x)^2
\mathrm{sin}(x) => sin(x)
\mathrm{e}^{x} => exp(x)
\exp\left(-x^2\right) => exp(-x^2)
\ln x e^x => ln(x)*exp(x)
\ln\left|\cos x\right| => ln(abs(cos(x)))
\log_{2}(x) => log_2(x)
\log_{2}^{3} x => log_2(x)^3
\left.\frac{1}{x}\right. => 1/x
\left[\sin x\right]^2 => sin(x)^2
\left\{x\right\} => x
\bigl(x+1\bigr)^2 => (x + 1)^2
{1\over2}(x+1)\Big/\sqrt{x} => 1/2*(x + 1)/sqrt(x)
\lvert x \rvert => abs(x)
\left|x\right|^2 => abs(x)^2
x\cdot y => x*y
x \times y => x*y
x\div 2 => x/2
x\,e^{x} => x*exp(x)
2\;x\!\quad y => 2*x*y
\displaystyle x^{2} => x^2
\theta\sin\theta => θ*sin(θ)
\cos\left(\omega t+\varphi\right) => cos(ω*t + φ)
x_1^2 => x1^2
x^{x^x} => x^(x^x)
{}x{} => x
f(x)=\frac{x}{2} => x/2
\frac{dy}{dx} = x => x
\\frac{1}{x} => 1/x
\mathbf{x} + 1 => x + 1
"""

#: A form, its tree, and a piece of the note.
AMBIGUOUS = r"""
1/2x => 1/2*x => read "1/2x..." as (1/2)*x...
x/2y => x/(2*y) => read "x/2y" as x/(2*y)
1/xy => 1/(x*y) => as 1/(x*y)
sin(x)/2x => sin(x)/(2*x) => as sin(x)/(2*x)
x/2 y => x/2*y => as (x/2)*y...
1/(2a)(x+1) => 1/(2*a)*(x + 1) => as (1/(2*a))*(...
sin x/2 => sin(x)/2 => with the argument x alone
sin 2*x => sin(2)*x => with the argument 2 alone
sin 2(x+1) => sin(2*(x + 1)) => as one argument
e^2x => exp(2)*x => with the exponent 2 alone
x^1/2 => x^1/2 => with the exponent 1 alone
√2x => sqrt(2)*x => as a factor of its own
log x => ln(x) => natural logarithm
log2x => ln(2*x) => natural logarithm
f(x+1) => f*(x + 1) => a product of f and the parentheses
sin(x) dx => sin(x)*d*x => d*x
x \text{ for } y => x*y => left out the words "for"
f(x) = 2 => 2 => left out "f(x) ="
"""

#: Unambiguous in spite of looking like one of the above: no note.
CLEAR = (
    "x^2/2",
    "x^2/\\sqrt{x}",
    "1/2 x",
    "1/(2x)",
    "x/2 + y",
    "sin(x)/2",
    "2^x",
    "e^(2x)",
    "√2 x",
)


def _rows(block: str) -> list[list[str]]:
    return [line.split(" => ") for line in block.strip().splitlines()]


@pytest.mark.parametrize(("form", "expected"), _rows(WRITTEN))
def test_a_written_form_is_read_as_its_author_meant_it(form: str, expected: str) -> None:
    assert to_text(parse(form)) == expected


@pytest.mark.parametrize(("form", "expected", "note"), _rows(AMBIGUOUS))
def test_an_ambiguous_form_is_read_by_rule_and_noted(form: str, expected: str, note: str) -> None:
    parsed = parse_with_notes(form)
    assert to_text(parsed.expr) == expected
    assert any(note in line for line in parsed.notes), parsed.notes


@pytest.mark.parametrize("form", CLEAR)
def test_a_clear_form_carries_no_note(form: str) -> None:
    assert parse_with_notes(form).notes == ()


@pytest.mark.parametrize(
    ("form", "tree"),
    [
        ("sin(5x)", node("sin", integer(5) * X)),
        ("-x^2", -(X**TWO)),
        ("x - y - 1", (X - Y) - ONE),
        ("x^y^2", X ** (Y**TWO)),
        ("log_2(x)", node("log", TWO, X)),
        ("\\sqrt[3]{x}", node("root", integer(3), X)),
        ("e^x", node("exp", X)),
        ("(e)^x", E**X),
        ("0.25", ONE / integer(4)),
        ("|x|", node("abs", X)),
    ],
)
def test_the_tree_itself_has_the_documented_shape(form: str, tree: Expr) -> None:
    assert parse(form) == tree


#: What is wrong, and a piece of the message and of the hint.
WRONG = [
    ("sin(5x", "expected ')' after 'sin(5x', column 7", ""),
    ("(x+1", "expected ')' after '(x+1', column 5", ""),
    ("[x+1)", "expected ']' after '[x+1', column 5", ""),
    ("x)", "')' closes nothing, column 2", ""),
    ("x+", "expected a number, a name or '(' after 'x+', column 3", ""),
    ("*x", "expected a number, a name or '(', column 1", ""),
    ("x^^2", "expected a number, a name or '(' after 'x^', column 3", ""),
    ("()", "expected a number, a name or '('", ""),
    ("|x", "expected '|' after '|x', column 3", ""),
    ("sin", "expected the argument of sin after 'sin', column 4", ""),
    ("\\frac{1}", "expected a number, a name or '(' after '\\frac{1}'", ""),
    ("\\root 3 x", "expected \\of", ""),
    ("\\left(x", "expected ')'", ""),
    ("\\left.x\\right|", "expected '.'", ""),
    ("a+b+c+d+e+f+g+h+k+l+m+n+(", "after '…", ""),
    ("", "the expression is empty", "for example"),
    ("f(x) =", "the expression is empty", ""),
    ("foo", 'unknown name "foo", column 1', "f*o*o"),
    ("2 sim(x)", 'unknown name "sim", column 3', 'did you mean "sin"?'),
    ("derivative of x", 'unknown name "derivative"', "without words"),
    ("x" * 200, 'unknown name "xxxxxxxxxxxxxxxxxxxx…"', ""),
    ("\\operatorname{foo}(x)", 'unknown name "foo"', ""),
    ("\\foo{x}", "unknown command \\foo, column 1", ""),
    ("\\sum x", "unknown command \\sum", "one plain expression"),
    ("90^\\circ", "unknown command \\circ", "radians"),
    ("sin(30°)", 'unexpected character "°", column 7', "radians"),
    ("x!", 'unexpected character "!", column 2', "factorial"),
    ("x'", "unexpected character", "order of the derivative"),
    ("x > 1", 'unexpected character ">"', "comparison"),
    ("∫x", 'unexpected character "∫"', "integrand"),
    ("\x00x", 'unexpected character "U+0000", column 1', "backslash"),
    ("\x0crac{1}{2}", "unexpected control character U+000C, column 1", "a backslash was lost"),
    ("2 \tan x", "unexpected control character U+0009, column 3", "a backslash was lost"),
    ("\\left(x\right)", "unexpected control character U+000D", "a backslash was lost"),
    ("sin x = 1", "an equation is not an expression, column 7", "one side"),
    ("d/dx sin(x)", '"d/dx" is a request', "variable and order are arguments"),
    ("x d / dx x^2", '"d / dx" is a request', ""),
    ("\\frac{d}{dx} x^2", "is a request", ""),
    ("\\frac{d^2}{dx^2} x^2", "is a request", ""),
    ("\\frac{\\partial}{\\partial x} x^2", "is a request", ""),
    ("{d\\over dt}t^5", "is a request", ""),
    ("d(sin x)/dx", "is a request", ""),
    ("1e5", '"e" directly before a number is ambiguous, column 2', "10^5"),
    ("1.5e-3", "ambiguous", "10^5"),
    ("e5", "ambiguous", "e^5"),
    ("2½", "a mixed number is ambiguous", "5/2"),
    ("2 3", "two numbers stand side by side, column 3", "*"),
    ("1,000x", "expected an operator after '1'", "without commas"),
    ("sin(x, y)", "expected ')' after 'sin(x'", ""),
    ("sin_2(x)", "sin takes no subscript here", ""),
    ("log_2(x, 3)", "log takes no subscript here", ""),
    ("root(x)", "root needs two arguments", ""),
    ("arc(x)", "arc is no function", ""),
    ("arc ln x", "no function", ""),
    ("x_n", "a subscript must be a whole number", "x_1"),
    ("x_1_2", "expected an operator after 'x_1'", ""),
    ("erf(x)", 'the function "erf" is not supported', "supported are"),
    ("log1p(x)", 'the function "log1p" is not supported', ""),
    ("max(x, 1)", 'the function "max" is not supported', ""),
    ("\\over x", "\\over stands outside of a group", ""),
    ("1" * 41, "a number has more than 40 digits", "symbol"),
    ("x" + "+x" * 300, "the expression has 601 parts, more than 512", "smaller"),
    ("x" + "+x" * 80, "nested 81 deep, more than 64", "smaller"),
    ("x" * 2001, "the text has 2001 characters, more than 2000", "one expression"),
]


@pytest.mark.parametrize(("text", "problem", "hint"), WRONG)
def test_a_wrong_text_is_refused_with_place_and_reason(text: str, problem: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert problem in caught.value.problem
    assert hint in caught.value.hint


def test_the_column_of_an_error_counts_the_characters_the_user_typed() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("½ + ﬁ @")
    assert caught.value.column == 7


@pytest.mark.parametrize(
    "tower", ["9^9^9^9", "10^(10^39)", "2^(2^(2^9))", "sqrt(2)^(10^9)", "(1+10^-30)^(10^9)",
              "(1/3)^1000", "2^((10^150)*(10^150))", "(2x)^(10^9)", "pi 9^(9^9.5)", "10^-250"]
)  # fmt: skip
def test_a_tower_of_constants_is_refused_before_anything_is_multiplied_out(tower: str) -> None:
    with pytest.raises(ExpressionError, match="digits"):
        parse(tower)


@pytest.mark.parametrize(
    "harmless", ["x^(10^39)", "10^199", "(-1)^(10^39)", "0^-1", "(2x)^1000", "(x+1000)^500",
                 "2^x^9", "3^(1/2)", "e^(10^30)", "sin(9)^(10^30)", "(1/0)^2", "2^(0^-1)",
                 "2^(3-1)", "2^(1+1)", "2^-(4/2)"]
)  # fmt: skip
def test_powers_that_cost_nothing_are_read(harmless: str) -> None:
    assert parse(parse_text := to_text(parse(harmless))) == parse(harmless), parse_text


NESTED = [
    "(" * 1000, "(" * 999 + "x" + ")" * 999, "sin(" * 400, "-" * 1999 + "x", "x^" * 999 + "x",
    "sin " * 499 + "x", "\\sqrt " * 330 + "x", "\\frac" * 399, "|" * 2000, "{" * 1000,
    "log_" * 499 + "x", "sin^" * 499 + "x", "√" * 1999 + "x", "\\left(" * 300, "2^" * 900 + "2",
    "x_" * 900, "\\frac{" * 300, "\\root " * 300, "abs " * 490 + "x", "e^" * 990 + "x",
    "(" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", NESTED, ids=lambda text: f"{text[:6]}x{len(text)}")
def test_deep_nesting_is_one_clear_error_even_on_a_deep_stack(text: str) -> None:
    def at_depth(frames: int) -> None:
        if frames:
            at_depth(frames - 1)
        else:
            parse(text)

    with pytest.raises(ExpressionError):
        at_depth(200)


FRAGMENTS = [
    "x", "y1", "e", "pi", "sin", "log", "ln", "arc", "_", "^", "-", "+", "*", "/", "(", ")", "[",
    "]", "{", "}", "|", ",", "=", ".", "!", "'", "$", " ", "1", "12", ".5", "²", "⁻¹", "½", "√",
    "₂", "θ", "dx", "root(", "log2", "f(x)=", "\u200b", "\x00", "\ud800", "\\frac", "\\sqrt",
    "\\left", "\\right", "\\left(", "\\right)", "\\left|", "\\right|", "\\left.", "\\right.",
    "\\over", "\\root", "\\of", "\\cdot", "\\,", "\\sin", "\\text{a}", "\\mathrm{e}",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=20))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_an_expression_that_prints_back_or_one_clear_error(text: str) -> None:
    try:
        parsed = parse(text)
    except ExpressionError:
        return
    assert parse(to_text(parsed)) == parsed
    assert parse(to_latex(parsed)) == parsed
