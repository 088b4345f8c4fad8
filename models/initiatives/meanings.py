"""What each feature means, in words; a test holds it against the features that have a weight."""

from __future__ import annotations

_GROUPS = {
    "by:initiative": "a rule of patterns/initiatives.toml found it",
    "by:known": "patterns/initiative_known.toml lists it",
    "by:quotation": "stands between quotation marks",
    "by:shape": "has this shape of patterns/initiative_shapes.toml",
    "by:model": "the model takes it for a name of this type",
    "by:body": "was found as an organisation, in this way",
    "rules": "how sure the surest rule that found it is",
    "lead": "what stands before it",
    "tail": "what stands behind it",
    "head": "where it holds a head noun, or of what kind",
    "words": "how many words it has",
    "letters": "what its letters look like",
    "english": "English words in it: all, some, a link, a mere term",
    "german": "a German link word in it",
    "body:legal": "stands elsewhere with a legal form",
    "tail:more": "begins an enumeration of nouns",
    "body": "a word in it that organisations' names are made of",
    "zone": "where in the release it stands",
    "count": "stands at least so often in the release",
    "leans:other": "how likely the model thinks it a name of no person, place or body, in percent",
    "leans:body": "how likely the model thinks it the name of a body, in percent",
    "leans": "the model thinks it likely the name of a place or a person",
    "pos": "what part of speech the model sees",
    "place": "is a place, or holds one",
    "person": "begins with a first name",
    "hyphen": "what stands before its hyphen stands alone elsewhere",
    "adjective": "begins with an adjective",
    "common": "begins with an everyday first part",
    "quoted": "stands between quotation marks, and nothing else does",
    "issuer": "is the issuer, or part of its name",
    "small": "begins with a small letter",
    "sentence-start": "begins a sentence",
}


def meaning(feature: str) -> str:
    """A feature -> what it means.

    >>> meaning("lead:head")
    'what stands before it'
    """
    if " + " in feature:
        return "both at once"
    groups = sorted(_GROUPS, key=len, reverse=True)
    return next(_GROUPS[group] for group in groups if feature.startswith(group))
