"""Mentions of organisations -> one cluster an organisation, seen through inflection, legal form and acronym."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.core.records import Mention
from pipeline.register import rules, shorter
from pipeline.register.beside import plain as acronym_of
from pipeline.register.clusters import Cluster, Member, Releases, best_name, nominative
from pipeline.register.looks import Looks, look_at
from pipeline.register.names import initials, is_acronym, organisation
from pipeline.register.nominative import nominative as nominative_form

Key = tuple[str, str]  # name without legal form, legal form

_WITHIN = re.compile(r"^(.{4,}?)\s*\(([\wÄÖÜäöüß&-]{2,12})\)$")


@dataclass(slots=True)
class _Known:
    """What a corpus says about acronyms."""

    here: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    anywhere: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def group(mentions: Sequence[Mention], releases: Releases, looks: Looks | None = None) -> list[Cluster]:
    """Mentions labelled ORG -> organisations."""
    looks = looks or look_at(mentions, releases, ())
    written_out = [m for m in mentions if not is_acronym(m.name)]
    groups: defaultdict[Key, list[Member]] = defaultdict(list)
    for mention in written_out:
        groups[organisation(_long(mention.name))].append(Member(mention, "inflection"))
    groups = shorter.join(_join_legal_forms(groups), mentions, releases)
    home = {name: key for key in sorted(groups) for name in [key[0]]}
    known, present = _definitions(written_out, looks), _present(written_out)
    for mention in mentions:
        if is_acronym(mention.name):
            name, evidence = _resolve(mention, known, present)
            if name is None and organisation(acronym_of(mention.name))[0] in home:
                name, evidence = organisation(acronym_of(mention.name))[0], ("legal_form", "only_one")
            groups[home.get(name, (name, "")) if name else (f"={acronym_of(mention.name)}", "")].append(
                Member(mention, rules.because(evidence))
            )
    return [_cluster(members) for members in groups.values() if members]


@lru_cache(maxsize=200_000)
def _long(name: str) -> str:
    match = _WITHIN.match(name)
    return match.group(1) if match else name


def _join_legal_forms(groups: defaultdict[Key, list[Member]]) -> defaultdict[Key, list[Member]]:
    """A name without legal form joins the only legal form that its name has; two different ones stay two."""
    forms: defaultdict[str, list[Key]] = defaultdict(list)
    for key in groups:
        forms[key[0]].append(key)
    for name, keys in forms.items():
        legal = [key for key in keys if key[1]]
        if len(legal) == 1 and len(keys) == 2:
            moved = groups.pop((name, ""))
            groups[legal[0]] += [Member(m.mention, rules.because(("legal_form", "only_one"))) for m in moved]
    return groups


def _definitions(mentions: Sequence[Mention], looks: Looks) -> _Known:
    """``Falkenroder Kulturverein (FKV)`` in a text -> FKV is known, in that release and in the corpus."""
    known = _Known()
    for mention in mentions:
        beside = looks.acronyms.get((mention.release_id, mention.start, mention.end), ())
        for acronym in (*_within(mention.name), *beside):
            name = organisation(_long(mention.name))[0]
            known.here[mention.release_id, acronym].add(name)
            known.anywhere[acronym].add(name)
    return known


@lru_cache(maxsize=200_000)
def _within(name: str) -> tuple[str, ...]:
    """The acronym that a name holds in brackets, if it holds one."""
    match = _WITHIN.match(name)
    return (acronym_of(match[2]),) if match and is_acronym(match[2]) else ()


def _present(mentions: Sequence[Mention]) -> dict[tuple[str, str], set[str]]:
    """(release, initials) -> the organisations of that release that have them."""
    present: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        letters = initials(_long(mention.name))
        if len(letters) > 1:
            present[mention.release_id, letters].add(organisation(_long(mention.name))[0])
    return present


def _resolve(
    mention: Mention, known: _Known, present: dict[tuple[str, str], set[str]]
) -> tuple[str | None, tuple[str, ...]]:
    """An acronym -> the name it stands for and the evidence; None where nothing says it for certain."""
    acronym = acronym_of(mention.name)
    here = (mention.release_id, acronym)
    for rule, names in (
        ("defined_here", known.here.get(here)),
        ("defined_elsewhere", known.anywhere.get(acronym)),
        ("initials_here", present.get((mention.release_id, acronym.upper()))),
    ):
        if names and len(names) == 1 and rules.enough(("acronym", rule)):
            return next(iter(names)), ("acronym", rule)
    return None, ("same_name",)


def _cluster(members: Sequence[Member]) -> Cluster:
    names = [m.mention.name for m in members]
    # the written-out name stands for its acronym, the name that has its brackets cut for the one that has not
    long = [_long(name) for name in names if not is_acronym(name)] or [acronym_of(name) for name in names]
    shown = nominative_form(best_name(nominative(long)))
    return Cluster("organisation", shown, tuple(_told(m, shown) for m in members))


def _told(member: Member, shown: str) -> Member:
    same = member.mention.name == shown and "acronym" not in member.because
    return Member(member.mention, "same_name") if same else member
