"""Gold against what the stages find -> metrics and plots; and the door for measuring any folder.

In: hand-annotated releases (``data/gold``) and the tables of ingest, extract and themes.
Out: ``reports/metrics/quality.json`` (headline and body), ``quality_all_zones.json`` beside it,
``reports/plots/quality.csv``.
``python -m pipeline.evaluate.score GOLD FOUND`` runs a folder of texts through the stages (``make score``).
"""
