"""What people, books and language models write, and the one tree each form stands for.

`WRITTEN` holds a form and the unambiguous text of its tree; that this text determines the tree is
shown in `test_printer.py`. `AMBIGUOUS` adds what the note must say.
"""

from __future__ import annotations

import pytest

from hrm_engine.expressions.parser import parse, parse_with_notes
from hrm_engine.expressions.printer import to_text
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
