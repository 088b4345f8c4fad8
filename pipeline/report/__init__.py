"""Tables -> a German theme report as a web site that opens from disk, without a network.

In: all tables of ingest, extract, register and themes, and ``reports/metrics/quality.json``.
Out: ``reports/site/``. Compute, then render: :mod:`pages` and its siblings decide every word and figure and
yield the frozen records of :mod:`views`; the templates only loop over them.
"""
