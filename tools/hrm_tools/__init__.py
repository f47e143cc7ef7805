"""What a language model can ask of the co-processor.

Read `spec.py` first (what a tool is), then `invoke.py` (how one is called); each tool has
a file of its own, listed in `registry.py`.
"""
