"""The typed program language: small functions as data, to be run, printed, read and sampled."""
