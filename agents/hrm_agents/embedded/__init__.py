"""The embedded LLM: a small decoder of our own that calls the tools inside llama.cpp.

    template.py     messages and tools -> segments of text; one renderer for training and use
    dialogues/      the endless stream of synthetic dialogues the model is trained on
    blocks.py       a pasted puzzle gets a short name, and its text back in calls and answers
    spoken.py       "x squared" -> "x^2", before the model sees a question
    spans.py        finds the expressions in a text
    grammar.py      what the model may write: calls with arguments from the text, faithful answers
    llama.py        the chat handler over llama-cpp-python
    resources.py    the shipped weights, checked against their manifest

Read `template.py` first. Nothing here imports torch or any other package of the project.
"""
