"""Presselese: from a folder of German press releases to a theme report and an archive package.

The words, and what press staff call them:

=============  ====================  =========================================================
code           German                what it is
=============  ====================  =========================================================
release        Pressemitteilung      one text an issuer gave to the press, with its file
issuer         Herausgeber           the office, association or company that speaks
zone           Abschnittsart         letterhead, headline, body, boilerplate, contact, caption
mention        Nennung               one place in a text where a name stands
entity         Registereintrag       the person, place, organisation or initiative behind mentions
initiative     Initiative            something undertaken under a name of its own
dateline       Datumszeile           "Weimar, 3. September 2019." at the start of a text
theme          Thema                 what releases are about; guided (given) or discovered
register       Register              all entities of a corpus, merged and corrected
gold           Goldstandard          releases annotated by hand, to measure against
=============  ====================  =========================================================

Each stage is a package run as ``python -m pipeline.<stage>``; ``dvc.yaml`` is the table of contents.
"""
