"""Who calls the tools: an agent loop, adapters to language models, and a chat demo.

The package knows nothing of the engine: it reaches tools over MCP or REST, so that the PC that
holds the language model needs neither torch nor our weights.

Read `loop.py` first (the whole algorithm), then `messages.py` (the two things it runs over), then
`chat.py` (what `hrm chat` adds to it).
"""
