"""Terms become themes: the given ones of ``scheme.toml``, and further ones discovered in the corpus.

In: terms, sentences (extract), releases, duplicates (ingest), ``scheme.toml`` beside this file.
Out: themes and assignments (:mod:`pipeline.core.tables`).

A guided theme takes a share of a release by the seed terms it holds; a release may have several or none.
Discovered themes are non-negative factors (NMF) of the TF-IDF matrix; a corpus that is too small gets none.
"""
