"""From logits to answers: sampling, beam search, and the solver that checks.

Read `generate.py` first, then `beam.py`; both continue a `decoder.Decoder`.
"""
