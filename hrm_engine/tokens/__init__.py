"""How problems become token ids: mathematics with references, text with a BPE."""
