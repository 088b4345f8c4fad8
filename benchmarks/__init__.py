"""Measurements that take too long for tests; ``make bench`` runs :mod:`benchmarks.__main__`."""
