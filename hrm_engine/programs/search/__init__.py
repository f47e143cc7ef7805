"""Search for a program that fits examples: enumeration by cost, from both ends.

Read `enumerate.py` first.
"""
