"""Words that all stages share. Imports no spaCy, scikit-learn, Jinja or lxml: a stage pays for what it uses."""
