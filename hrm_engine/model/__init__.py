"""The models. Read `recursion.py` first, then `sequence.py`, then `blocks.py`."""
