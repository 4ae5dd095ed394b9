"""Benchmarks: commands that measure the program on labelled photos; no tests."""
