"""Raw files become releases with zones, title, date and issuer; what cannot is rejected with a reason.

In: every file below ``data/raw`` (hidden files and READMEs are no releases). Out: the tables RELEASES, ZONES,
REJECTED and DUPLICATES of :mod:`pipeline.core.tables`; ingested + rejected = files, always.

The way of one file: ``raw`` reads its bytes, ``guard`` refuses what would do harm, a reader of ``sources`` makes
paragraphs of it, ``take`` puts the final text together, ``anatomy`` finds out what each part of it is.
"""
