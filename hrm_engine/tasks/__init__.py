"""The kinds of problems: one file each, over the contract in `base.py`."""
