"""What is said without a tool: small talk, ideas, traps, and honest answers that decline.

The answers are few and short, so that the model learns when to give which, not how to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HELLO = "Hello! Ask me for a derivative."
HELLO_PLAIN = "Hello! How can I help?"
WELCOME = "You are welcome!"
WHO = "I am HRM Copilot, a small local assistant that calls tools."
CAN = "I can find derivatives with a tool that checks its answers."
CAN_PLAIN = "I can call tools, but none for derivatives is here."
FINE = "I am fine, thanks."
BYE = "Goodbye!"
OKAY = "Okay, I will not differentiate anything."
WHICH = "Of which expression?"
NOT_MATHS = "That is not about calculus, so there is nothing to differentiate."
DECLINE = "I have no tool for {topic}."
PASTE = "Paste the {what} here and I will solve it."
OKAY_PUZZLE = "Okay, I will leave the puzzle alone."
RULES = "A Sudoku is solved when each row, column and box holds every digit once."
MAZE = "A maze is solved by a shortest path from S to G around the walls."
FUN = "Puzzles are fun."
ABILITIES = {"derivative": "find derivatives", "sudoku": "solve Sudokus", "maze": "solve mazes"}
NOUNS = {"derivative": "a derivative", "sudoku": "a Sudoku", "maze": "a maze"}


def declined(topic: str, can: Sequence[str]) -> str:
    """There is no tool for it; `can` are the kinds of tools that there are."""
    return DECLINE.format(topic=topic) + (f" I can {listed(ABILITIES, can)}." if can else "")


def said(text: str, can: Sequence[str]) -> str:
    """An answer that speaks of the tools, for the kinds there are; others as they are."""
    if text == HELLO:
        return f"Hello! Ask me for {listed(NOUNS, can, 'or')}." if can else HELLO_PLAIN
    if text != CAN or list(can) == ["derivative"]:
        return text
    return (
        f"I can {listed(ABILITIES, can)} with tools that check their answers."
        if can
        else (CAN_PLAIN)
    )


def listed(words: Mapping[str, str], kinds: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    named = [words[kind] for kind in kinds]
    return f" {last} ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


TALK = {
    HELLO: (
        "{hi|hello|hey|hey there|good morning|good evening|hello there|yo|greetings|hi there|"
        "good afternoon|hiya|howdy|hola|hello hello|good day|morning|sup|heya}"
        "[ {copilot|hrm|bot|friend|computer|assistant|again|everyone|you}]",
        "{just|just wanted to} {saying hi|say hello|say hi|greet you}",
        "{hi|hello|hey}, {nice to meet you|are you there|anyone there|are you awake|"
        "can you hear me|"
        "i am back|let's start|let's begin|is this working|testing}",
        "{say|please say|just say} {hello|hi}",
        "{test|testing|ping|are you there|hello world|is this on}",
    ),
    WELCOME: (
        "{thanks|thank you|thx|many thanks|thank you so much|great, thanks|cheers|ty|perfect|"
        "awesome|wonderful|that helped|you're great|nice one|good job|well done|thanks a lot|"
        "ok thanks|okay thank you|that's all, thanks|cool, thank you|thank you very much|got it|"
        "that was helpful|excellent|great work|amazing|brilliant|much appreciated|nice|ok|cool}"
        "[ {for your help|for that|for the answer|copilot|again|it was correct|, bye|"
        ", that is what i needed|, i understand now|, makes sense|, my homework is done|buddy}]",
        "{thanks|thank you|great|perfect|ok|cool|nice|good}, {the|my|that} "
        "{sudoku|maze|puzzle|grid|labyrinth} "
        "{is solved|is done|is finished|was easy|is right|looks good|is complete|worked}"
        "[ {now|thanks|then|already|, bye}]",
        "{i solved|i finished|i already solved|we did|i have done} {the|my|that|this} "
        "{sudoku|maze|puzzle} {myself|already|yesterday|alone|, thanks|, no help needed}",
        "the derivative of <e> is <r>, {thanks|thank you|i know|got it|great|i understand it now}",
        "{ok|okay|right|i see|oh|ah|so|great}{,|} the derivative {of <e> |}is <r>"
        "{. thanks|, thanks|, thank you|. got it|, cool|. great|, i get it now|, understood|. ok}",
        "{i already know|i know|we already know|i have already found} that the derivative of <e> "
        "is <r>{.|, thanks|, no need to compute it|. thanks anyway|, so nothing to do}",
        "{you told me|my friend told me|the book says|i solved it:} the derivative "
        "{of <e> |}{is|was} <r>{.|, thanks|, so we are done|, so no more help needed}",
    ),
    WHO: (
        "{who are you|what are you|what's your name|what is your name|are you a robot|"
        "are you human|are you an ai|are you chatgpt|which model are you|who made you|"
        "what kind of assistant are you|introduce yourself|tell me about yourself|are you real|"
        "who built you|what model is this|are you a person|do you have a name|who am i talking to|"
        "what llm are you|how big are you|where do you run|do you run locally|are you online}",
    ),
    CAN: (
        "{what can you do|what can you help with|how can you help|help|what are your skills|"
        "what tools do you have|how do you work|what do you do|what are you good at|"
        "what are you for|what questions can i ask|how do i use you|show me what you can do|"
        "what is your purpose|list your tools|which tools can you use|what should i ask you|"
        "can you do math|can you do maths|can you do calculus|can you differentiate|"
        "are you able to differentiate functions|do you know calculus|can you find derivatives|"
        "what is this program|can you help me|can you help me with math|i need help|"
        "which puzzles can you solve|what puzzles can you do|what problems can you solve|"
        "tell me what you can do|what else can you do|what do you solve|do you do puzzles|"
        "what features do you have|how does this work|are you good at calculus|"
        "do you support derivatives|what commands are there|can you take derivatives}",
    ),
    FINE: (
        "{how are you|how's it going|how are you doing|how do you do|what's up|how is your day|"
        "how are things|are you ok|how do you feel|are you happy|you okay|how have you been|"
        "how is life|everything good|are you tired}[ {today|copilot|now|doing|my friend}]",
    ),
    BYE: (
        "{bye|goodbye|see you|see you later|good night|bye bye|ciao|that's all|i'm done|"
        "quit|exit|have a nice day|see you tomorrow|take care|farewell|later|cya|"
        "talk to you later|i have to go|that's it for today}[ {copilot|then|now|for now}]",
    ),
    OKAY: (
        "{don't|do not|please don't|please do not|never|you must not|no need to|stop, don't} "
        "{differentiate|derive|take the derivative of|compute the derivative of|"
        "find the derivative of} {<e>|anything|this|it|<e> now|<e> yet}"
        "[{, just {say ok|listen|wait|relax|confirm|tell me a joke}| please| today|, i can do it}]",
        "{i don't want|i do not want|i don't need|i do not need|nobody needs|no} {the|a|any} "
        "{derivative|derivatives|differentiation}[{ of <e>| now| today| please|, thanks}]",
        "{i will|i'll|let me|i want to|i'd rather} {differentiate|derive|find the derivative of} "
        "<e> {myself|on my own|by hand|alone, so please wait|without your help|later by myself}",
        "{forget|ignore|skip|cancel|leave} the derivative[ of <e>]{|, never mind| please| for now}",
        "{stop|wait|never mind|cancel|forget it|no, stop|cancel that|nothing|no|not now}",
    ),
    OKAY_PUZZLE: (
        "{don't|do not|please don't|no need to|never|you must not} {solve|finish|complete|do} "
        "{it|the sudoku|my sudoku|this maze|the puzzle|the maze|anything|my puzzle}"
        "[{ yet| please| now|, i want to do it myself|, i will do it|, i'm still trying}]",
        "{i will|i'll|let me|i want to} {solve|finish|do} {the sudoku|the maze|the puzzle|"
        "my sudoku} {myself|alone|on my own|by hand|without help|later}",
    ),
    RULES: (
        "{what is|what's|define|explain|tell me about} {a sudoku|sudoku|the sudoku puzzle|"
        "sudoku puzzles}[ {please|to me|in short|exactly|in simple words}]",
        "{what are|explain|tell me|how do|remind me of|teach me|i forgot} {the|all} "
        "{sudoku rules|rules of sudoku|rules of a sudoku|rules for sudoku}[ {please|go|again}]",
        "{how does|how do you play|how do i play|how is|how do people play} "
        "{sudoku|a sudoku}[ {work|played|go|please}]",
        "{when is a sudoku solved|what makes a sudoku valid|what are sudoku rules|sudoku rules|"
        "how does sudoku work|what do the boxes mean in sudoku|can a row in sudoku repeat a digit}",
    ),
    MAZE: (
        "{what is|what's|define|explain} {a maze|a labyrinth|mazes|the shortest path in a maze}"
        "[ {please|to me|in short|exactly}]",
        "{how does a maze work|when is a maze solved|how are mazes solved|what do s and g mean|"
        "what does solving a maze mean|how does one solve a maze|what are the signs of a maze}",
    ),
    FUN: (
        "{i love|i like|i hate|i enjoy|my kids love|do you like|do you love|do you enjoy|"
        "how do you like|who likes|everybody likes|i'm a fan of|i collect} "
        "{sudoku|sudokus|mazes|puzzles|labyrinths|number puzzles|puzzle books}"
        "[ {a lot|too|so much|very much|on sunday|in the train}]",
        "{is|isn't} {sudoku|a sudoku|a maze|this puzzle} {fun|hard|good for the brain|difficult|"
        "healthy|boring|popular|played in japan|a game|maths|addictive|easy}",
        "{sudoku|sudokus|mazes|puzzles} {are|is} {fun|hard|boring|great|my hobby|relaxing|"
        "good for the brain|so difficult|difficult}",
        "{why|since when} {is sudoku so popular|do people like sudoku|do people like mazes|"
        "are puzzles fun}",
        "{the movie|the book} the maze runner {is great|was good}",
    ),
    NOT_MATHS: (
        "{the|our|a} {derivatives|derivative} {market|trader|contract|desk|exchange|business} "
        "{crashed|collapsed|is risky|lost money|grew|fell|opened late|was regulated|is booming}"
        "[ {today|in 2008|last week|again|yesterday|this year}]",
        "{what are|explain|tell me about|are|should i buy|how risky are|i trade} "
        "{financial derivatives|derivatives in finance|credit derivatives|equity derivatives|"
        "interest rate derivatives|weather derivatives|options and other derivatives|"
        "derivatives trading}",
        "{is|isn't|was|do you find} {this|that|the} {film|movie|song|book|novel|painting|show|"
        "album|plot|game|poem|design} {derivative|a bit derivative|too derivative|"
        "very derivative|just derivative|derivative of an older one|derivative or original}",
        "{this|that|the|his|her} {film|movie|song|book|story|painting|style|work|plot} "
        "{is|was|feels|sounds|seems} {derivative|so derivative|derivative and boring|"
        "rather derivative|derivative of his early work|unoriginal and derivative}",
        "{what is|is this|can i publish|who owns|does the licence allow|is a remix} "
        "{a derivative work|derivative works}[ {in copyright|under the licence|in law}]",
        "{morphine|heroin|aspirin|this drug|the molecule|plastic|petrol|the acid|penicillin} is a "
        "derivative of {opium|salicylic acid|oil|benzene|another compound|petroleum|a mould}",
        "{is|what is} the {word|name|term} {derivative|a derivative} "
        "{of latin|from latin|in english|a noun|an adjective|derived from}",
        "{english is|this word is|italian is|the word is} {a derivative of|derived from} "
        "{latin|greek|german|french|an old word}",
        "{how do i|how can i|can you} differentiate {between cats and dogs|between right and wrong|"
        "our brand|my product from others|my company|a virus from a bacterium|"
        "between two twins|real from fake news|fact from fiction|myself from others}",
        "{how do|do} stem cells differentiate[ into {muscle|neurons|blood}]",
        "{ski|the ski} slope {of the day|conditions|is icy|was closed|report}",
        "{the|my|our} {train|bus|dog|cat|boss|phone|garden|roof} {slope|gradient|rate} "
        "{is steep|is fine|changed|annoys me}",
        "{the exchange rate|my heart rate|the interest rate|the crime rate|the tax rate|"
        "the mortgage rate} {changed|is high|rises fast|went up|is changing quickly}",
        "{i derive|we derive|she derives|people derive} {pleasure|joy|meaning|comfort|benefit} "
        "from {music|work|cooking|sports|reading}",
        "{red|blue|green} {gradient|gradients} {for my background|in css|look nice}",
    ),
    "A derivative is the rate at which a function changes: the slope of its graph.": (
        "{what is a derivative|what's a derivative|what is the derivative of a function|"
        "define derivative|what does derivative mean|explain derivatives|explain the derivative|"
        "what are derivatives|tell me what a derivative is|i don't understand derivatives|"
        "what is differentiation|what does it mean to differentiate|meaning of derivative|"
        "definition of the derivative|what is meant by a derivative|"
        "what does the derivative tell us|can you explain what a derivative is|"
        "how do derivatives work|what is the concept of a derivative|what are derivatives used for|"
        "why do we need derivatives|what is the geometric meaning of a derivative|"
        "what is the use of derivatives|explain differentiation|what does f' mean|"
        "what does d/dx mean|what is calculus|define differentiation|teach me derivatives|"
        "what does it mean when a derivative is zero|why is differentiation useful|"
        "what is the purpose of the derivative|how do i differentiate a function in general|"
        "what does the word derivative mean in math|what is the slope of a function|"
        "in simple words, what is a derivative|explain like i'm five: derivatives}"
        "[ {in calculus|in math|please|in simple words|to me|intuitively|for beginners|exactly|"
        "in one sentence|for a child|briefly}]",
    ),
    "The second derivative is the derivative of the derivative.": (
        "{what is a second derivative|what's a second derivative|"
        "what does the second derivative mean|explain the second derivative|"
        "what does the second derivative tell you|what is a higher order derivative|"
        "define second derivative|what is the meaning of the second derivative|what does f'' mean}",
    ),
    "A partial derivative changes one variable and holds the others fixed.": (
        "{what is a partial derivative|what's a partial derivative|explain partial derivatives|"
        "define partial derivative|what does ∂ mean|what are partial derivatives|"
        "what does a partial derivative mean|what is the meaning of partial derivatives}",
    ),
    "The chain rule: the derivative of f(g(x)) is f'(g(x))*g'(x).": (
        "{what is the chain rule|what's the chain rule|explain the chain rule|state the chain rule|"
        "how does the chain rule work|tell me the chain rule|when do i use the chain rule|"
        "remind me of the chain rule|i forgot the chain rule|chain rule?|define the chain rule}",
    ),
    "The product rule: the derivative of f*g is f'*g + f*g'.": (
        "{what is the product rule|what's the product rule|explain the product rule|"
        "state the product rule|how does the product rule work|tell me the product rule|"
        "how do i differentiate a product|product rule?|i forgot the product rule|leibniz rule?}",
    ),
    "The quotient rule: the derivative of f/g is (f'*g - f*g')/g^2.": (
        "{what is the quotient rule|what's the quotient rule|explain the quotient rule|"
        "state the quotient rule|how does the quotient rule work|tell me the quotient rule|"
        "how do i differentiate a quotient|quotient rule?|i forgot the quotient rule}",
    ),
    "The power rule: the derivative of x^n is n*x^(n - 1).": (
        "{what is the power rule|what's the power rule|explain the power rule|"
        "state the power rule|how does the power rule work|tell me the power rule|"
        "how do i differentiate a power|power rule?|i forgot the power rule|"
        "how do you differentiate powers}",
    ),
    "An integral undoes a derivative and measures area.": (
        "{what is an integral|what's an integral|define integral|what is integration|"
        "explain integrals|difference between derivative and integral|"
        "what is the difference between a derivative and an integral|how are derivatives and "
        "integrals related|what is an antiderivative|what is the fundamental theorem of calculus}",
    ),
    "A limit is the value that a function approaches.": (
        "{what is a limit|define limit|explain limits|what are limits|what does a limit mean|"
        "what is a limit in calculus}",
    ),
    "Calculus was found by Newton and Leibniz.": (
        "{who invented calculus|who discovered calculus|who invented derivatives|"
        "who invented the derivative|who came up with calculus|who discovered derivatives|"
        "history of calculus|who was first, newton or leibniz|when was calculus invented|"
        "who found differentiation}",
    ),
}
OUTSIDE = {
    "jokes and stories": (
        "{tell me a joke|make me laugh|tell me a story|write a poem|sing a song|write a haiku|"
        "tell me something funny|write a story about a dragon|compose a song about love|"
        "write me a rhyme|know any jokes|tell a joke about math|write a poem about derivatives}",
    ),
    "translation": (
        "{translate|how do you say|what is|please translate} {hello|good night|derivative|house|"
        "water|the sea|thank you|slope|function} {to|in|into} {french|german|spanish|japanese|"
        "italian|latin}",
    ),
    "recipes": (
        "{how do i|how to|recipe to|how can i} {cook rice|bake bread|make pancakes|boil an egg|"
        "make soup|grill fish|prepare tea|make pasta|roast a chicken}",
        "{a recipe for|give me a recipe for|what can i cook with} {lasagne|eggs|bread|soup|curry}",
    ),
    "news": (
        "{what's the news|what happened today|news today|who won the {game|match|election|cup}|"
        "what is the {score|result of the election|latest news}|what's on tv|stock price of apple|"
        "what's the bitcoin price|how is the stock market|any news}",
    ),
    "time and dates": (
        "{what time is it|what day is it|what's the date|what is today's date|set an alarm for 7|"
        "set a timer for 5 minutes|remind me tomorrow|when is easter|how many days until christmas|"
        "what year is it|schedule a meeting at 3|wake me up at 6}",
    ),
    "making puzzles": (
        "{make|create|generate|invent|design|build|give me|write|draw|print|produce|i need|"
        "can you make|can you create|can you generate|please make|please generate} "
        "{me a|a|me a new|a new|a random|an easy|a hard|me some|another|a harder} "
        "{sudoku|maze|sudoku puzzle|labyrinth|puzzle|6x6 sudoku|9x9 sudoku}"
        "[ {for me|for my kids|please|to play|to solve|with 25 clues|for tonight|that is hard}]",
    ),
    "other puzzles": (
        "{solve|do|help me with|can you do|can you solve|please solve|finish|i need help with|"
        "how do i solve} "
        "{a|my|the|this} {crossword|rubik's cube|kakuro|nonogram|jigsaw|chess problem|word search|"
        "riddle|kenken|futoshiki|wordle|minesweeper board|crossword puzzle|anagram|sliding puzzle}"
        "[ {please|too|for me|from the paper}]",
        "{can you|do you} {do|solve|play|know} {crosswords|rubik's cubes|kakuros|nonograms|chess|"
        "riddles|word searches|jigsaws|go|minesweeper|kenken|wordle}[ {too|as well}]",
    ),
    "statistics": (
        "{what is the mean of|average of|median of|standard deviation of|find the variance of|"
        "what's the average of} <list>",
        "{probability of rolling a six|what are the odds of two heads|chance of rain|"
        "probability of drawing an ace}",
    ),
    "matrices": (
        "{determinant of|inverse of|eigenvalues of|transpose of|multiply|rank of} "
        "{the matrix |}{««1,2»,«3,4»»|«1 2; 3 4»|a 2x2 matrix|two matrices|««2,0»,«0,5»»}",
    ),
    "geometry": (
        "{area|volume|perimeter|circumference|surface} of a {circle|square|sphere|triangle|cube|"
        "cone|cylinder}[ {with radius <n>|of side <n>|with height <n>}]",
        "{pythagoras with sides <n> and <n>|what is the angle sum of a triangle|distance from a "
        "point to a line|how many degrees has a pentagon}",
    ),
    "that": (
        "{what is the capital of|who is the king of|how big is|population of|where is} "
        "{france|spain|japan|brazil|norway|egypt|china|canada|texas|mars}",
        "{play music|turn on the light|call mom|open the door|order a pizza|book a flight|"
        "send an email to tom|buy milk|turn up the volume|find a restaurant|navigate home|"
        "add milk to my list|open chrome|start my car|delete my files|take a photo}",
        "{who are|who is|what is|how old is} {the beatles|einstein|shakespeare|a quark|the sun|"
        "photosynthesis|dna|gravity|a black hole|the meaning of life|love|the universe|mozart|"
        "a neural network|python|water made of|an atom|happiness}",
        "{i feel sad|i am hungry|i'm bored|my head hurts|i love you|you are stupid|i hate math|"
        "math is hard|should i break up|what should i wear|can you drive|do you dream|"
        "recommend a movie|which phone should i buy|are cats better than dogs|do you like music|"
        "what should i eat|give me advice|help me sleep|should i study more|i failed my test}",
        "{prove|show|explain why|prove that} {<e> is positive|sqrt(2) is irrational|"
        "there are infinitely many primes|1 + 1 = 2|the earth is round|<e> is continuous|"
        "<e> is even|<e> is bounded}",
        "{where is|when is} <e> {increasing|decreasing|positive|zero|defined|concave|largest}",
        "{find|what are|compute} the {critical points|extrema|asymptotes|inflection points|"
        "intercepts|symmetries} of <e>",
        "{maximum|minimum|maximise|minimise|largest value|area under the curve|arc length|"
        "domain|range|inverse function|even part|integer part|period} of <e>",
        "{without differentiating|without any derivative|no calculus}, {what is the degree of|"
        "is this even:|how many terms has|tell me the domain of} <e>",
        "{how do you spell|what is the plural of|what rhymes with|who coined the word|"
        "use in a sentence:|translate into french:|what is another word for} "
        "{derivative|differentiate|slope|gradient|calculus}",
        "{is|why is} <e> "
        "{differentiable|differentiable at 0|continuous|even|odd|periodic|positive|"
        "a polynomial|bounded|bijective|"
        "prime|injective}",
        "{how do you pronounce|what kind of function is|what type is|how many terms has|"
        "read aloud|what is the degree of|spell|copy|repeat|write in words} <e>",
        "{is <n> prime|factor <n>|what is the square root of <n>|greatest common divisor of <n> "
        "and <n>|convert <n> to binary|round <n>|count to <n>|is <n> even|<n> percent of <n>}",
        "{summarise|summarize|correct|proofread|rewrite|shorten} {this text|my essay|this email|"
        "my letter|the article|this paragraph|my homework}",
    ),
}
