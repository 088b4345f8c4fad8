"""Releases -> sentences, mentions, dates, events, findings, quotes and terms.

In: ``data/ingest/releases.parquet``, ``data/ingest/zones.parquet``, ``data/authority/``, the German model.
Out: ``data/extract/{sentences,mentions,dates,events,findings,quotes,terms}.parquet``.

``nlp`` turns a release into a :class:`~pipeline.extract.components.page.Page` of units, sentences, words and the
names that the model sees; ``components`` are pure functions over that page, their rules are tables in
``patterns``; ``rows`` makes the records. The model's word is one witness among several: rules repair the
boundaries of its names, the gazetteers in ``data/authority`` speak for and against them.

Confidence of a mention says what stands behind it:

====  =======================================================================
1.0   spelled out by the text itself (title, office, legal form, post code)
0.9   model and a rule or gazetteer agree, or a rule that is hardly ever wrong
0.8   the model alone, or a gazetteer name in a place's position
0.6   a rule that is usually right
0.5   a weaker hint, or the repetition of a name found elsewhere in the release
====  =======================================================================
"""
