"""Who a person is to the public: office holder, press contact, quoted, or private; and the rule that says so.

An office anywhere in the corpus makes an office holder. Who has none is private unless a release gives the
person's own words or names it as its contact; victims, suspects and witnesses are private whatever they say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from pipeline.core.records import Mention, Quote
from pipeline.register.clusters import Releases, Source
from pipeline.register.draft import Entry
from pipeline.register.names import fold, person

_TABLE = tomllib.loads(files(__package__).joinpath("privacy.toml").read_text(encoding="utf-8"))
GIVES: dict[str, str] = {rule["id"]: rule["gives"] for rule in _TABLE["rule"]}
_WORD = re.compile(r"\w+")
_OFFICES = tuple(fold(word) for word in _TABLE["offices"])
_PRESS, _MINOR = (frozenset(map(fold, _TABLE[name])) for name in ("press_roles", "minor_roles"))
_ENDING = r"(?:er|en|em|es|e|s|n|innen)?"
_CASE = re.compile(
    rf"\b(?:{'|'.join(sorted(_TABLE['case_words'], key=len, reverse=True))}){_ENDING}\b", re.IGNORECASE
)
_CASE_ISSUER, _NOT_CASE = (re.compile("|".join(_TABLE[name])) for name in ("case_issuers", "not_case_issuers"))
_AGE_AFTER = re.compile(r"\s?(?:\(|,\s)(\d{1,2})(?:\)|,|\sJahre\b)")
_AGE_BEFORE = re.compile(r"\b(\d{1,2})[- ][jJ]ährige[nrs]?\s(?:\w+\s)?$")
# so many characters beside a name say what it is in the sentence: about four words
_BESIDE = 40
_STOP = re.compile(r"[.!?:;](?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the releases say about who stands where."""

    releases: Releases
    quoted: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (release, name)
    contacts: frozenset[str] = field(default_factory=frozenset)  # keys of whole names


def in_contact(mention: Mention) -> bool:
    """Whether a person stands in a contact zone."""
    return mention.zone == "contact" and mention.label == "PER"


def standing(contacts: Iterable[str], quotes: Iterable[Quote], releases: Releases) -> Standing:
    """Names in contact zones, and all quotes -> who is quoted where, and whose whole name is a contact's."""
    whole = (person(name) for name in contacts)
    return Standing(
        releases,
        frozenset((q.release_id, q.speaker) for q in quotes if q.speaker),
        frozenset(name.key for name in whole if name.first),
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the corpus says about one person."""

    entry: Entry
    known: Standing

    @property
    def mentions(self) -> list[Mention]:
        return [m.mention for m in self.entry.members]

    @property
    def roles(self) -> set[str]:
        # an empty role in the ledger says: no office, whatever the text says
        return {m.role for m in self.mentions if m.role} if self.entry.role_line is None else set()

    def press_role(self) -> bool:
        return any(_is(role, _PRESS) for role in self.roles)

    def minor(self) -> bool:
        releases = self.known.releases
        young = any(_is_young(m, releases[m.release_id]) for m in self.mentions)
        return young or any(_is(role, _MINOR) for role in self.roles)

    def office(self) -> bool:
        return any(map(is_office, self.roles))

    def professor(self) -> bool:
        return any(fold(m.title).startswith(_TABLE["professor"]) for m in self.mentions if m.title)

    def case(self) -> bool:
        return any(in_a_case(m, self.known.releases[m.release_id]) for m in self.mentions)

    def contact_zone(self) -> bool:
        return any(m.zone == "contact" or person(m.name).key in self.known.contacts for m in self.mentions)

    def quoted(self) -> bool:
        # who is given one name only is meant to stay unknown, or was not understood
        whole = (m for m in self.mentions if person(m.name).first)
        return any((m.release_id, m.name) in self.known.quoted for m in whole)


_RULES = (
    ("press_role", _Evidence.press_role),
    ("minor", _Evidence.minor),
    ("office", _Evidence.office),
    ("professor", _Evidence.professor),
    ("case", _Evidence.case),
    ("contact_zone", _Evidence.contact_zone),
    ("quoted", _Evidence.quoted),
)
LAST = "no_office"


def classify(entry: Entry, known: Standing) -> tuple[str, str]:
    """A person -> (class, rule or line of the ledger that said so)."""
    if entry.private_line is not None:
        return "private", f"correction:{entry.private_line}"
    if isinstance(entry.role, str):
        return "press_contact" if _is(entry.role, _PRESS) else "office_holder", f"correction:{entry.role_line}"
    evidence = _Evidence(entry, known)
    rule = next((rule for rule, holds in _RULES if holds(evidence)), LAST)
    return GIVES[rule], f"rule:{rule}"


def _is(role: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_WORD.findall(fold(role)))


@lru_cache(maxsize=50_000)
def is_office(role: str) -> bool:
    """Whether a role names an office: a word of it ends as an office does.

    >>> is_office("Leiterin des Bauamts"), is_office("frühere Straßenbahnfahrerin")
    (True, False)
    """
    words = (word.removesuffix("nen") if word.endswith("innen") else word for word in _WORD.findall(fold(role)))
    return any(word.endswith(_OFFICES) for word in words)


def in_a_case(mention: Mention, release: Source) -> bool:
    """Whether a person stands in a release as party to an incident, or without an office in one of the police."""
    if mention.role and is_office(mention.role):
        return False
    if release.issuer and is_case_issuer(release.issuer):
        return True
    # most names have no such word near: asked of both sides at once before the sentence is looked at
    if not _CASE.search(release.text[max(0, mention.start - _BESIDE) : mention.end + _BESIDE]):
        return False
    before, after = _beside(mention, release.text)
    return bool(_CASE.search(before) or _CASE.search(after))


@lru_cache(maxsize=10_000)
def is_case_issuer(issuer: str) -> bool:
    """Whether an issuer names people for what happened to them: the police, not their union."""
    plain = fold(issuer)
    return bool(_CASE_ISSUER.search(plain)) and not _NOT_CASE.search(plain)


def _beside(mention: Mention, text: str) -> tuple[str, str]:
    """What stands before and after a name in its sentence, a few words of it."""
    before = text[max(0, mention.start - _BESIDE) : mention.start]
    after = text[mention.end : mention.end + _BESIDE]
    return _STOP.split(before)[-1], _STOP.split(after)[0]


def _is_young(mention: Mention, release: Source) -> bool:
    before, after = _beside(mention, release.text)
    found = _AGE_AFTER.match(after) or _AGE_BEFORE.search(before)
    return found is not None and int(found[1]) < _TABLE["of_age"]
