"""Mathematical expressions: one tree, its parser, its printers and its calculus.

Read `tree.py` first. Nothing here imports torch.
"""
