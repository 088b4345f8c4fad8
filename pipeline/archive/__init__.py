"""Tables -> a package that an archive takes in: descriptions in several formats, checked, in BagIt bags.

In: the tables of ingest, extract, register and themes, decisions of people in data/curation, and, by choice, raw
files. A release is described once, through the privacy gate; ``formats`` lists what is made of the description.
Out: ``data/archive/``, a bag a year and one of the holding, and ``validation.html``. Mappings: docs/archive.md.
"""
