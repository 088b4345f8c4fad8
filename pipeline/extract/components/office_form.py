"""An office as the text has it -> its form without an article, in the nominative."""

from __future__ import annotations

import re

_SUBSTANTIVE = re.compile(r"(vorsitzende|beauftragte|abgeordnete|beigeordnete)(?:n|r)?$", re.IGNORECASE)
_GENITIVE = re.compile(
    r"(meister|minister|sprecher|leiter|führer|direktor|chef|rektor|kanzler|sekretär|senator|trainer|manager|pfarrer"
    r"|bischof|landrat|dekan|kämmerer|kommissar)s$",
    re.IGNORECASE,
)
_N_NOUN = re.compile(
    r"(präsident|dezernent|intendant|referent|kandidat|assistent|student|superintendent|architekt|journalist|jurist"
    r"|kommandant|dozent|dirigent|prokurist|pianist)en$",
    re.IGNORECASE,
)


def nominative(adjectives: str, office: str, determiner: str) -> str:
    """The office and the adjectives before it, as they stand without an article.

    >>> nominative("stellvertretende ", "Landrat", "der"), nominative("", "Präsidenten", "dem")
    ('stellvertretender Landrat', 'Präsident')
    """
    oblique = determiner in {"dem", "den", "des", "einem", "einen", "eines"}
    if office.lower().endswith(("leitung", "vorstand", "mitglied")):
        return adjectives + office
    if office.endswith("innen"):
        return re.sub(r"(?<=[a-zäöüß])en(?= )", "e", adjectives) + office.removesuffix("nen")
    office = _GENITIVE.sub(r"\1", _N_NOUN.sub(r"\1", office))
    feminine = office.endswith("in") or (
        determiner in {"die", "eine", "der"} and _SUBSTANTIVE.search(office) is not None
    )
    if match := _SUBSTANTIVE.search(office):
        ending = "r" if oblique or (determiner == "der" and office.endswith("e")) else ""
        if oblique or determiner in {"der", "die"}:
            office = office[: match.end(1)] + ending
            feminine = not ending
    if feminine:
        return re.sub(r"(?<=[a-zäöüß])en(?= )", "e", adjectives) + office
    if oblique or determiner == "der":
        adjectives = re.sub(r"(?<=[a-zäöüß]{3})e(?:n|m)?(?= )", "er", adjectives)
    return adjectives + office
