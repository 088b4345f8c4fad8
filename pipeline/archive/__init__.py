"""Tables -> a package that an archive takes in: Dublin Core records and spreadsheets in a BagIt bag.

In: the tables of ingest, extract, register and themes, and the raw files themselves.
Out: ``data/archive/``, one bag (RFC 8493) whose payload holds ``dc/<release_id>.xml``, ``csv/*.csv`` and, by
choice, ``original/`` files. Names from contact and letterhead zones never enter: they are not in the register.
"""
