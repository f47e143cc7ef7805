"""Where calls are worked on: shared batches, killable processes, the calls that run now."""
