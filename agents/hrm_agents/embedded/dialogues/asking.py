"""How people ask for a derivative: a few hundred phrasings, as templates of `dice.Dice`.

Slots: <e> the expression, <v> the variable, <f> the name of a function, <o> an ordinal. Groups are
by what they say (first order, any order, a partial derivative, nothing to differentiate), and by
whether the variable is named in them. Read `FIRST` first.
"""

from __future__ import annotations

ASK = (
    "{what is|what's|whats|what would be|what is|what's|what will be|what are we getting for|"
    "tell me|give me|show me|find|find|compute|compute|calculate|calculate|work out|"
    "get|get me|determine|evaluate|obtain|figure out|can you find|could you find|"
    "can you compute|could you calculate|can you tell me|could you tell me|can you give me|"
    "could you work out|please find|please compute|please give me|pls find|kindly find|"
    "i need|i need to find|i want|i want to know|i would like to know|i'd like|i am looking for|"
    "i'm looking for|i have to find|i must find|we need|we have to compute|we want|help me find|"
    "help me with|help me get|help me to find|do you know|would you mind finding|would you find|"
    "would you kindly compute|may i have|may i know|let me know|let's find|let us compute|"
    "how do i find|how do you find|how to find|how can i calculate|how would i get|remind me of|"
    "quickly compute|state|write down|write|provide|derive for me|try to find|go find|"
    "could i get|can i get|any idea what is|i forgot|i can't find|i cannot work out|"
    "i'm stuck on|i am stuck with|i'm trying to find|trying to get|need|want|check|"
    "what do you get for|what do we get for|what does one get for|is it possible to get}"
)
DO = (
    "{|please |pls |plz |kindly |can you |could you |can you please |could you please |would you |"
    "will you |i need to |i have to |i want to |i'd like to |i would like to |i want you to |"
    "help me |help me to |help me |how do i |how do you |how to |how can i |how would you |let's |"
    "let us |now |first |just |go ahead and |try to |try and |we should |we need to |i must |"
    "i need you to |would you mind to |can we |may you |you should |your task is to |"
    "i was asked to |the task is to |the exercise says |the problem says: |quickly }"
)
VERB = (
    "{differentiate|differentiate|differentiate|differentiate|derive|derive|take the derivative of|"
    "take the derivative of|find the derivative of|do the derivative of|get the derivative of|"
    "compute the derivative of|calculate the derivative of|perform differentiation on|"
    "carry out the differentiation of|apply differentiation to|run the derivative on|"
    "work out the derivative of|evaluate the derivative of|diff|form the derivative of|"
    "calc the derivative of|differentiate the function|differentiate the expression|"
    "take the first derivative of|derivate|make the derivative of|solve the derivative of}"
)
NOUN = (
    "{derivative|derivative|derivative|derivative|derivative|first derivative|"
    "derivative function|differential|derivate|deriv|rate of change|slope|slope function|gradient|"
    "gradient function|instantaneous rate of change|1st derivative|differential coefficient|"
    "derived function|formula for the slope|tangent slope|slope of the tangent|"
    "slope of the tangent line|steepness|growth rate|derivative formula}"
)
OF = (
    "{of|of|of|of|of|of|for|of the function|of the expression|of the curve|of the following: |"
    "of the following function: |of the graph of|of this function: |of this: |of this expression: |"
    "of f(x) =|of y =|of f(x)=|of y=|of the term|of the equation y =|when the function is|"
    "if the function is|to|in the case of|of something like|of the formula}"
)
FIRST = (
    f"{ASK} the {NOUN} {OF} <e>",
    f"{ASK} the {NOUN} {OF} <e>",
    f"{ASK} the {NOUN} {OF} <e>",
    f"{DO}{VERB} <e>",
    f"{DO}{VERB} <e>",
    f"{DO}{VERB} <e>",
    f"{DO}{VERB} {{the function|f(x) =|y =|f =|this:|the following:|this function:|}} <e>",
    f"{ASK} {{me |}}the {NOUN} {{please|pls|}}: <e>",
    "{derivative|derivative|derivative of|the derivative of|deriv of|deriv|d of|diff|diff of|"
    "differentiation of|differential of|derivation of|rate of change of|slope of|gradient of|"
    "derivate of|derivative for|first derivative|first derivative of} <e>",
    "<e>{ - | -- |, |: | -> | => |; |? |. | | ... }{derivative|derivative please|derivative?|"
    "differentiate|differentiate it|differentiate this|differentiate please|its derivative|"
    "what's the derivative|what is its derivative|find the derivative|find its derivative|"
    "the derivative please|derive it|derive|take the derivative|diff|diff it|"
    "slope?|what is the slope|rate of change?|how do i differentiate this|"
    "what do i get when i differentiate that|how fast does it change|compute its derivative|"
    "i need the derivative of this|i need its derivative|get its rate of change|"
    "what is the derivative of that|can you differentiate it|could you differentiate this for me}",
    "{here is|this is|i have|i've got|we have|there is|we are given|given|given is|consider|take|"
    "let us take|look at|suppose we have|my function is|the function is|our function is|"
    "the curve is|the expression is|say we have|imagine} <e>{.|,|:|;|} "
    "{differentiate it|find its derivative|find the derivative|what is its derivative|"
    "what's the derivative|what is the slope|what is its rate of change|now differentiate|"
    "take its derivative|please differentiate|compute the derivative|derive it|"
    "how do i differentiate it|i need its derivative|i need the derivative|"
    "what would its derivative be|and i want the derivative|what is the gradient|"
    "what's its gradient function|please give the derivative|how does one differentiate it}",
    "how {fast|quickly|rapidly|steeply} {does|will|would} <e> {change|grow|vary|rise|increase|"
    "change at x|go up|move|decrease|fall}",
    "at {what|which} rate {does|is} <e> {change|changing|grow|growing|vary|increase}",
    "how {steep|fast|sloped} is {the curve |the graph of |the function |the graph |y = |}<e>"
    "[ {at a point|at each point|anywhere|at any x|in general}]",
    "what {do i|do you|do we|would i|does one|will we} {get|obtain|have|end up with} "
    "{if|when|after|by} {i|you|we|one|i} {differentiate|derive|take the derivative of} <e>",
    "what {happens|comes out|is the result|is the outcome|results} {if|when} "
    "{i|you|we|one} {differentiate|derive|take the derivative of|find the derivative of} <e>",
    "what {function|expression} {is|do you get as|gives} the {derivative|slope|rate of change} "
    "{of|for} <e>",
    "{differentiating|deriving|taking the derivative of} <e> {gives|gives what|gives me what|"
    "yields|results in|leads to what|is equal to what|should give}",
    "<e> {differentiated|derived|differentiates to|when differentiated|after differentiation}"
    "[ {is|gives|equals|what}]",
    "{the |}{tangent line|tangent} to <e> has {what|which} slope",
    "{if|when|given|let|suppose|assume|for|with} {f(x) =|f(x)=|y =|y=|f(x) is|f =|g(x) =|h(x) =|"
    "the function is|a function is} <e>{,|, then|, | then|;|} {what is|what's|find|compute|"
    "give me|determine|calculate|evaluate|tell me|give|get|work out} "
    "{f'(x)|its derivative|the derivative|f'|y'|dy/dx|df/dx|the slope|the gradient|"
    "the rate of change|f prime|f'(x)|the derivative f'(x)|the first derivative|"
    "the derivative of it|its first derivative}",
    "{f'(x)|f'|y'|dy/dx|df/dx|f prime of x|the derivative of f|g'(x)|h'(x)|Df(x)} "
    "{if|when|for|where|given|given that|with|of} {f(x) =|f(x)=|y =|y=|f =|f(x) is|g(x) =|h(x)=|"
    "f is} <e>",
    "{find|compute|what is|calculate|determine|what's|give|i need|get} {f'(x)|f'|y'|dy/dx|df/dx|"
    "f prime|dy/dx|g'(x)|the derivative} "
    "{if|when|for|where|given|given that|with} {f(x) =|f(x)=|y =|y=|f =|f(x) is|g(x)=|f is} <e>",
    "{f(x) =|f(x)=|y =|y=|f(x) :=|g(x) =|h(x) =|f: x ->|f =} <e>{,|;|.| ->| -| =>|} "
    "{f'(x) = ?|f'(x)=?|find dy/dx|find f'(x)|find f'|dy/dx|y' = ?|y'?|f' ?|dy/dx = ?|"
    "what is f'(x)|what is f'|find y'|differentiate|derivative|derivative?|compute dy/dx|"
    "what is dy/dx|then f'(x) is|so f'(x) =|work out dy/dx|calculate y'|find the derivative|"
    "what's the derivative of f|differentiate f|differentiate y|derive|find the gradient}",
    "{d/dx|d/dx of|d/dx:|(d/dx)|find d/dx|find d/dx of|compute d/dx|what is d/dx|"
    "what is d/dx of|what's d/dx of|evaluate d/dx|calculate d/dx of|apply d/dx to|"
    "the d/dx of|ddx|d dx of|d by dx of|find d/dx for} <e>[ {= ?|=|=?|equals what|is}]",
    "{d/dx(<e>)|d/dx « <e> »|d(<e>)/dx|(<e>)'|D(<e>)|derivative(<e>)|diff(<e>)|"
    "derivative of (<e>)|differentiate (<e>)|d/dx (<e>)|diff(<e>, x)|D«<e>, x»|diff <e>, x|"
    "«<e>»'|(<e>)' = ?|d/dx ‹<e>›}[ {= ?|?|please|=}]",
    "{use|apply|using} the {chain rule|product rule|quotient rule|power rule|"
    "rules of differentiation|usual rules} {to|and|to} {differentiate|find the derivative of|"
    "derive} <e>",
    "{differentiate|find the derivative of} <e> {using|with|by} the {chain rule|product rule|"
    "quotient rule|power rule}",
    "{my|our|the|his|her} {teacher|professor|tutor|lecturer|friend|son|daughter|classmate|"
    "student|brother|sister|boss|colleague|book|textbook|worksheet|homework|exam} "
    "{asked|asks|wants|needs|asked me for|wants me to find|says to find|asks for|gave me|"
    "needs me to compute|requires} the {derivative|slope|rate of change} of <e>",
    "{is there|do you have|have you got} {a way to get |}the derivative of <e>",
    "{the position|the distance|the height|the displacement} {is|is given by|equals} <e>{,|.|;} "
    "{what is|find|give me|i need|what's} the {velocity|speed}",
    "{the cost|total cost|the revenue|the profit|my cost function} {is|is given by|equals} "
    "<e>{,|.|;} {what is|find|give me|i need|what's} the marginal {cost|revenue|profit}",
    "{rate of change|slope|gradient|steepness}{ of|:| for| of the curve|} <e>",
    "{find|what is|give me|i need} {an expression|a formula|the function} for the "
    "{slope|gradient|rate of change|derivative} of <e>",
    "{can|could} {<e> be|you get <e>} differentiated",
    "the {function|curve|expression} <e> {needs|has} to be differentiated",
    f"{ASK} the {NOUN} of <e> {{at|when|for|at the point}} x {{= |=|= |is |equals }}"
    "{0|1|2|3|-1|5|10|pi|4}",
    "{slope|gradient|derivative|rate of change} of <e> {at|when|for} {x = |x=|}{0|1|2|3|-1|5|7}",
    "{problem|exercise|question|q|task|ex}[ {1|2|3|4|5|7|12}]{:|.|)} "
    "{differentiate|derivative of|find the derivative of|find f'(x) for f(x) =|derive} <e>",
)
WITH_VARIABLE = (
    f"{DO}{VERB} <e> {{with respect to|with respect to|with respect to|wrt|w.r.t.|w.r.t|in|by|"
    "for|in terms of|regarding|relative to|in the variable|over} {<v>|<v>|the variable <v>}",
    f"{ASK} the {NOUN} of <e> {{with respect to|with respect to|with respect to|wrt|w.r.t.|in|"
    "regarding|relative to|with regard to|in the variable|as <v> changes, with respect to|by} <v>",
    f"{ASK} the {NOUN} with respect to <v> of <e>",
    "{with respect to|wrt} <v>{,| |:} {differentiate|derive|find the derivative of} <e>",
    "{derivative|derivative of|deriv of|diff|slope of} <e> {with respect to|wrt|w.r.t.|in|by} <v>",
    "{d/d<v>|d/d<v> of|(d/d<v>)|find d/d<v> of|compute d/d<v>|what is d/d<v> of|"
    "what's d/d<v>|evaluate d/d<v>|apply d/d<v> to} <e>[ {= ?|=}]",
    "{d/d<v>(<e>)|d(<e>)/d<v>|diff(<e>, <v>)|D«<e>, <v>»|derivative(<e>, <v>)|diff(<e>,<v>)|"
    "Derivative(<e>, <v>)|d/d<v> «<e>»}",
    "how {fast|quickly|} does <e> {change|grow|vary} {with|as|when|in} <v>"
    "[ {changes|varies|increases|moves|grows}]",
    "{<f>(<v>) =|<f>(<v>)=|<f> =|<f>=} <e>{,|;|.|} {find|what is|compute|give me|determine|} "
    "{d<f>/d<v>|<f>'(<v>)|<f>'|the derivative|the derivative of <f>}",
    "{if|when|given|let|suppose|for} {<f>(<v>) =|<f>(<v>)=|<f> =} <e>{,| then|, then|} "
    "{what is|find|what's|compute|give me|calculate} {<f>'(<v>)|d<f>/d<v>|<f>'|its derivative|"
    "the derivative of <f>|the derivative with respect to <v>}",
    "{find|what is|compute|give me|get} {<f>'(<v>)|d<f>/d<v>} {if|when|for|where|given|given that} "
    "{<f>(<v>) =|<f>(<v>)=|<f> =} <e>",
    "{the variable is <v>|<v> is the variable|my variable is <v>}{:|.|,|;} "
    "{differentiate|derivative of|derive|find the derivative of} <e>",
    "{differentiate|derive|derivative of} <e> {where|when|and|,} "
    "{<v> is the variable|the variable is <v>|treat <v> as the variable|<v> is our variable}",
    "{what is|find} the rate of change of <e> {as <v> changes|as <v> varies|per unit <v>|"
    "with <v>|when <v> changes|in <v>}",
)
PARTIAL = (
    "{partial derivative|the partial derivative|partial|what is the partial derivative|"
    "find the partial derivative|compute the partial derivative|partial deriv|"
    "i need the partial derivative|give me the partial|calculate the partial derivative} of <e> "
    "{with respect to|with respect to|wrt|w.r.t.|in|by|for|in the <v> direction, so wrt} <v>",
    "{∂/∂<v>|∂/∂<v> of|partial d/d<v> of|find ∂/∂<v> of|what is ∂/∂<v> of|compute ∂/∂<v>} <e>",
    "{∂f/∂<v>|f_<v>|df/d<v>|find ∂f/∂<v>|find f_<v>|what is ∂f/∂<v>|compute f_<v>} "
    "{if|for|where|when|of|given} {f(x,y) =|f =|f(x, y) =|f(x,y)=|z =|} <e>",
    "{f(x,y) =|f =|f(x, y) =|f(x,y)=|z =|u =} <e>{,|;|.} {find|compute|what is|give me|} "
    "{∂f/∂<v>|f_<v>|the partial derivative with respect to <v>|the partial wrt <v>|∂z/∂<v>}",
    "{differentiate|derive} <e> partially {with respect to|wrt} <v>",
    "{differentiate|derive|derivative of} <e> {with respect to|wrt|in} <v>{,| while| and|} "
    "{holding|keeping|treating} {everything else|the rest|the others|the other letters} "
    "{constant|fixed|as constants}",
)
NTH = (
    f"{ASK} the <o> derivative {OF} <e>",
    f"{ASK} the <o> derivative of <e>",
    f"{ASK} the <o> derivative of <e>",
    f"{ASK} the <o> order derivative of <e>",
    "{|the |find the |compute the |what's the |take the |get the |calculate the }<o> "
    "{derivative|deriv|differential|derivate|derivative} {of|for|of|:|of f(x) =|of y =|} <e>",
    "<e>{ - |, |: | -> |; |. | }{<o> derivative|<o> derivative please|<o> derivative?|"
    "find the <o> derivative|what is the <o> derivative|the <o> derivative of this|"
    "its <o> derivative please|compute its <o> derivative}",
    "{if|when|given|let|suppose|for|with|} {f(x) =|f(x)=|y =|y=|f =|my function is|"
    "the function is} <e>{,|, then|;|.|} {what is|what's|find|compute|give me|determine|"
    "calculate} the <o> derivative[ {of f|of y|of it}]",
)
CHECKS = (
    "{is it true that|is it correct that|can you confirm that|check whether|check that|am i right "
    "that|can you check if|please verify that|is it right that|i think|do you agree that} "
    "the derivative of <e> {is|equals|is equal to|should be|must be} <r>",
    "is the derivative of <e> {equal to |}<r>[ or not]",
    "i {differentiated|derived|took the derivative of} <e> and {got|found|obtained|ended up with} "
    "<r>{, is that right|. is it correct|, can you check|. please check|, am i right|, correct}",
    "my {friend|teacher|calculator|classmate|book|brother} says the derivative of <e> is <r>"
    "{, is that right|. is it true|, can you check|. is he right|, but i don't believe it. check}",
    "is <r> the derivative of <e>",
    "does <e> have the derivative <r>",
)
CHOICES = (
    "f(x) = <e> and g(x) = <g>{. |, |; }{what is|find|compute|give me} {<n>'(x)|<n>'|d<n>/dx|"
    "the derivative of <n>|the derivative of <n>(x)}",
    "{let|suppose|given} f(x) = <e>{, | and }g(x) = <g>{. |, then |; }{differentiate|derive} <n>",
    "i have f(x) = <e> and g(x) = <g>{. |, }{i only need|please find|just give me|what is} "
    "{<n>'(x)|the derivative of <n>|<n>'}",
)
NTH_WITH_VARIABLE = (
    f"{ASK} the <o> derivative of <e> {{with respect to|wrt|w.r.t.|in|by}} <v>",
    "{the |find the |compute the |}<o> {derivative|partial derivative} of <e> "
    "{with respect to|wrt|w.r.t.|in} <v>",
    "{the |find the |}<o> derivative {with respect to|wrt} <v> of <e>",
    f"{DO}{{take|find|compute|calculate|give}} the <o> derivative of <e> "
    "{with respect to|wrt} <v>",
)
ORDINALS = {
    2: ("second", "second", "second", "2nd", "2-nd", "2."),
    3: ("third", "third", "third", "3rd", "3-rd"),
    4: ("fourth", "fourth", "4th", "forth"),
    5: ("fifth", "5th"),
    6: ("sixth", "6th"),
    7: ("seventh", "7th"),
    8: ("eighth", "8th"),
    9: ("ninth", "9th"),
}
SECOND = (
    f"{DO}{{differentiate|derive|diff}} <e> {{twice|twice|two times|2 times|2x times|"
    "and then differentiate again|and differentiate the result again|again and again, so twice|"
    "a second time|twice in a row|two times in a row|and then once more}",
    f"{DO}{{take the derivative of|find the derivative of|compute the derivative of}} <e> "
    "{twice|two times|and then take the derivative again|and then the derivative of that|"
    "and differentiate that again|and then once more}",
    f"{DO}{{twice differentiate|double differentiate}} <e>",
    "{double derivative|double derivative of|twice the differentiation of|"
    "derivative of the derivative of|the derivative of the derivative of|2nd deriv of|"
    "second deriv|second order derivative of|second differential of} <e>",
    "{f''(x)|f''|y''|f double prime|d^2y/dx^2|d²y/dx²|y double prime|f\"(x)} "
    "{if|when|for|where|given|with|of} {f(x) =|f(x)=|y =|y=|f =} <e>",
    "{find|compute|what is|give me|determine|calculate|i need|get} {f''(x)|f''|y''|d^2y/dx^2|"
    "d²y/dx²|f double prime} {if|when|for|where|given} {f(x) =|f(x)=|y =|y=|f =} <e>",
    "{f(x) =|f(x)=|y =|y=|f =|if f(x) =|given y =|let f(x) =} <e>{,|;|.|} "
    "{find f''(x)|f''(x) = ?|what is f''(x)|find y''|y''?|f''?|what is f''|compute f''(x)|"
    "find d^2y/dx^2|d^2y/dx^2 = ?|differentiate twice|what is d²y/dx²|compute y''}",
    "{d^2/dx^2|d²/dx²|d^2/dx^2 of|find d^2/dx^2 of|what is d^2/dx^2 of|compute d²/dx² of|"
    "(d^2/dx^2)|D^2|d2/dx2} <e>[ {= ?|=}]",
    "{d^2/dx^2(<e>)|diff(<e>, x, 2)|D«<e>, ‹x, 2›»|diff(<e>, x, x)|(<e>)''}",
    "{the position|the distance|the height|my position|the displacement} {is|is given by|equals} "
    "<e>{,|.|;} {what is|find|give me|i need|what's} the acceleration",
    "{concavity|curvature term|second order rate of change} of <e>",
    f"{ASK} the {{acceleration|acceleration function}} {{from|for|of|if|given|when|with}} "
    "{|the position |position |s(t) =|x(t) =|s =|the displacement |the path |the motion }<e>",
    "{what would i get|what do i get|what comes out|what happens|what is the result} if i "
    "{differentiate|differentiated|derive|derived} <e> {twice|two times|2 times}",
    "{differentiate|derive} <e>{,| |.} {then|and then|and afterwards} differentiate {again|"
    "the result|the answer|what you get|the result once more|that once more}",
)
THIRD = (
    f"{DO}{{differentiate|derive|diff}} <e> {{three times|3 times|thrice|three times in a row|"
    "three times over}",
    f"{DO}take the derivative of <e> {{three times|3 times|thrice}}",
    f"{ASK} the {{jerk|jolt}} {{from|for|of|if|given|when}} {{|the position |s(t) =|x(t) =}}<e>",
    "{find|compute|what is|give me|determine|i need|get} {f'''(x)|f'''|y'''|d^3y/dx^3} "
    "{if|when|for|where|given} {f(x) =|f(x)=|y =|y=|f =} <e>",
    "{f'''(x)|f'''|y'''|f triple prime|d^3y/dx^3|d³y/dx³} "
    "{if|when|for|where|given|of} {f(x) =|f(x)=|y =|y=|f =} <e>",
    "{f(x) =|f(x)=|y =|y=|f =|if f(x) =} <e>{,|;|.|} {find f'''(x)|f'''(x) = ?|what is f'''|"
    "find y'''|differentiate three times|compute d^3y/dx^3}",
    "{d^3/dx^3|d³/dx³|d^3/dx^3 of|find d^3/dx^3 of|what is d^3/dx^3} <e>",
    "{triple derivative of|the derivative of the second derivative of} <e>",
    "diff(<e>, x, 3)",
)
TIMES = (
    f"{DO}{{differentiate|derive}} <e> <n> times",
    "{the |}derivative of order <n> of <e>",
    "derivative of <e>{,| of| with|} order <n>",
    "{find|compute|what is} the derivative of <e> of order <n>",
    "diff(<e>, x, <n>)",
    "{d^<n>/dx^<n>|d^<n>/dx^<n> of} <e>",
    "{take|find} <n> derivatives of <e>",
)
MISSING = (
    f"{ASK} the {NOUN}",
    f"{DO}{{differentiate|derive|take the derivative|do a derivative|calculate a derivative|"
    "find a derivative|compute the derivative|compute a slope|differentiate a function|"
    "differentiate something}[ for me]",
    f"{DO}{{differentiate|derive|find the derivative of|take the derivative of}} "
    "{this|it|that|this function|this expression|the function|the expression|my function|f(x)|f|"
    "a function|the equation|the following|something|the curve|this thing|y|exercise 3}",
    "{derivative|derivative please|derivative?|the derivative|second derivative|differentiate|"
    "derive|the slope|gradient please|first derivative please|diff|f'(x)|dy/dx|find f'(x)|"
    "find dy/dx|what is f'(x)|what's dy/dx|d/dx|the rate of change}",
    f"{ASK} the {{second|third|}} derivative of {{this|it|that|my function|f|f(x)|the function|"
    "the expression|the following}",
    "{i|we} {need|want|have} {a derivative|to differentiate something|some derivatives|"
    "help with a derivative|a derivative done|to do a derivative|the derivative of a function|"
    "derivative homework|help with my derivatives|help differentiating}",
    "{can|could|will|would} you {help me {with|do} {a derivative|derivatives|my derivatives}|"
    "differentiate {something|a function|an expression}[ for me]|do {a|one} derivative[ for me]}",
    "{i have|i've got|there is} {a function|an expression|a formula} {to differentiate|"
    "that i need to differentiate|whose derivative i need|and i need the derivative}",
)
