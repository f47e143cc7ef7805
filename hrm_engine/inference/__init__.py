"""From a trained model to an answer: sampling, beams, and solving with the check."""
