"""Mentions become entities of the corpus: people, places, organisations and initiatives, merged and corrected.

In: mentions (extract), releases (ingest), ``data/authority/places.csv``, ``data/curation/corrections.csv``.
Out: entities, entity mentions and what became of each correction (:mod:`pipeline.core.tables`).

Names meet by folded keys, never by comparing all with all. Every merge adds up the points of ``rules.toml`` and
says which rules spoke for it; unsure names stay apart until a person decides in the correction ledger.
"""
