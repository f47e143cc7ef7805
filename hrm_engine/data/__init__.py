"""Data: what models are trained on, drawn in numbered pools and cut into batches."""
