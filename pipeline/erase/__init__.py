"""A door of its own, no stage: a release is taken out of the project for good, and a search proves it.

``make erase ID=… REASON=…``. In: ids of releases. ``needles`` says what of them could be found again, ``removal``
takes them out of ``data/raw``, ``leftovers`` out of everything else that people and programs keep, the pipeline
runs anew, and ``search`` opens every file below the project and looks for the needles. What remains in the open is
named with its place and is an error. The tombstone in ``data/curation/erased.csv`` holds no content.
"""
