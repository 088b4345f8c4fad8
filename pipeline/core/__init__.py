"""Words that all stages share: records, tables, parameters, errors, text, execution.

Imports no spaCy, scikit-learn, Jinja or lxml, so that a stage pays only for what it uses.
"""
