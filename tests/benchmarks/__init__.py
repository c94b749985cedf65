"""Measurements: `make bench`, or `python -m tests.benchmarks [NAME…]`. Never part of the test suite."""
