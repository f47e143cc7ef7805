"""Accuracy, measured one way: every figure about a model comes from `evaluate`."""
