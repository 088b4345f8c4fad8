"""Mentions of persons -> one cluster a person.

Whole names meet by key, near ones ("A. Muster", "Hans Peter Muster") by points. A bare surname joins the one
person of that name in its release, or the one who held the office then, or stays alone. Who stands in a release as
party to an incident meets nobody of another release: a victim is not the mayor who has the same name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.records import Mention
from pipeline.register import rules
from pipeline.register.clusters import Cluster, Member, Releases, Source, best_name, same_or
from pipeline.register.names import PersonName, fold, person, surname
from pipeline.register.privacy import in_a_case, is_office
from pipeline.register.tenure import Tenures, attested

_AND = re.compile(r"\s(?:und|&)\s")


@dataclass(slots=True)
class _Form:
    """All mentions of one whole name, and what is known about its bearer."""

    name: PersonName
    members: list[Member] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    held: set[tuple[str, str, str]] = field(default_factory=set)  # issuer, office as written, day

    def add(self, member: Member, release: Source) -> None:
        """Take one more mention, with what its release says."""
        self.members.append(member)
        self.releases.add(release.release_id)
        self.issuers |= {release.issuer} if release.issuer else set()
        if member.mention.role:
            self.roles.add(fold(member.mention.role))
            self.held.add((release.issuer or "", member.mention.role, release.published))

    def take(self, other: _Form, reason: str) -> None:
        """Join another form's mentions, for a reason."""
        self.members += [Member(m.mention, reason) for m in other.members]
        self.releases |= other.releases
        self.issuers |= other.issuers
        self.roles |= other.roles
        self.held |= other.held


def group(mentions: Sequence[Mention], releases: Releases) -> list[Cluster]:
    """Mentions labelled PER -> persons."""
    whole: dict[str, _Form] = {}
    apart: dict[tuple[str, str], _Form] = {}
    bare: list[Mention] = []
    cases = _cases(mentions, releases)
    for mention in mentions:
        name = person(mention.name)
        if not name.first:
            bare.append(mention)
            continue
        here = (mention.release_id, name.key)
        form = apart.setdefault(here, _Form(name)) if here in cases else whole.setdefault(name.key, _Form(name))
        form.add(Member(mention, "spelling"), releases[mention.release_id])
    bare = _take_coordinated(bare, mentions, whole, releases)
    forms = [*_merge_near(whole), *apart.values()]
    alone = _place_bare(bare, forms, releases)
    return [_cluster(form) for form in (*forms, *alone)]


def _take_coordinated(
    bare: Sequence[Mention], mentions: Sequence[Mention], whole: dict[str, _Form], releases: Releases
) -> list[Mention]:
    """``Anna und Peter Muster``: the first name is Anna Muster, where she has her whole name somewhere else."""
    begins = {(m.release_id, m.start): person(m.name) for m in mentions if person(m.name).first}
    left = []
    for mention in bare:
        release = releases[mention.release_id]
        linked = _AND.match(release.text, mention.end)
        other = begins.get((mention.release_id, linked.end())) if linked else None
        form = whole.get(f"{person(mention.name).last} {other.last}") if other else None
        ties = _circumstances(_alone(mention, release), form) if form else ()
        if form and rules.enough(evidence := ["coordinated", *ties]):
            form.members.append(Member(mention, rules.because(evidence)))
        else:
            left.append(mention)
    return left


def _alone(mention: Mention, release: Source) -> _Form:
    form = _Form(PersonName((), ""))
    form.add(Member(mention, ""), release)
    return form


def _cases(mentions: Sequence[Mention], releases: Releases) -> set[tuple[str, str]]:
    """(release, name) of those who are party to an incident there and have no office there."""
    keyed = [(m, (m.release_id, person(m.name).key)) for m in mentions]
    officials = {key for m, key in keyed if m.role and is_office(m.role)}
    return {key for m, key in keyed if key not in officials and in_a_case(m, releases[m.release_id])}


def _merge_near(whole: dict[str, _Form]) -> list[_Form]:
    """Forms that the rules take for one person join; a form with two equally good partners joins none."""
    kept = dict(whole)
    # the fuller of the lesser forms go first: "Eva M. Muster" finds "Eva Maria Muster", then "Eva Muster" only one
    for key, rivals in sorted(_near(whole).items(), key=lambda pair: (-len(whole[pair[0]].name.key), pair[0])):
        form = whole[key]
        found = {other: ev for other, ev in rivals.items() if other in kept and rules.enough(ev)}
        if len(found) == 1:
            ((other, evidence),) = found.items()
            kept[other].take(form, rules.because(evidence))
            del kept[key]
    return list(kept.values())


def _near(whole: dict[str, _Form]) -> dict[str, dict[str, list[str]]]:
    """Lesser form -> {fuller form: evidence}; only forms of one block, a letter and a surname, are compared."""
    blocks: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key, form in whole.items():
        for part in surname(form.name.last).split():
            blocks[form.name.first[0][0], part.rstrip("s")].add(key)
    near: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for block in blocks.values():
        for less, more in _ordered_pairs(sorted(block)):
            if rule := compare(whole[less].name, whole[more].name):
                near[less][more] = [rule, *_circumstances(whole[less], whole[more])]
    return near


def _ordered_pairs(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((a, b) for a in keys for b in keys if a != b)


def compare(less: PersonName, more: PersonName) -> str | None:
    """The rule by which one whole name may be a lesser form of another."""
    if less.first == more.first:
        if less.last == more.last + "s":
            return "genitive"
        return "double_name" if less.last in more.last.split() and less.last != more.last else None
    if less.last != more.last or not _covered(less.first, more.first):
        return None
    return "initial" if less.initial else "middle_name"


def _covered(less: Sequence[str], more: Sequence[str]) -> bool:
    """Whether all first names of one form, perhaps as letters, stand in the other in their order.

    >>> _covered(("eva", "m"), ("eva", "maria")), _covered(("hans",), ("peter", "hans"))
    (True, False)
    """
    if len(less) > len(more) or not _same_first(less[0], more[0]):
        return False
    left = iter(more)
    return all(any(_same_first(name, other) for other in left) for name in less)


def _same_first(less: str, more: str) -> bool:
    return less == more or (len(less) == 1 and more.startswith(less))


def _circumstances(one: _Form, other: _Form) -> Iterable[str]:
    if one.releases & other.releases:
        yield "same_release"
    if one.roles & other.roles:
        yield "same_role"
    # a release has one issuer, which would be counted twice
    if one.issuers & other.issuers and not one.releases & other.releases:
        yield "same_issuer"


def _place_bare(bare: Sequence[Mention], forms: Sequence[_Form], releases: Releases) -> list[_Form]:
    """Bare surnames join the one person they can mean; the others stay alone, a form a release."""
    by_surname: defaultdict[str, list[_Form]] = defaultdict(list)
    within: defaultdict[tuple[str, str], list[_Form]] = defaultdict(list)
    for form in forms:
        for part in {form.name.last, surname(form.name.last)}:
            by_surname[part].append(form)
            for release_id in form.releases:
                within[part, release_id].append(form)
    alone: dict[tuple[str, str], _Form] = {}
    tenures = attested((issuer, role, day, f.name.key) for f in forms for issuer, role, day in f.held)
    joined: list[tuple[_Form, Member]] = []
    for mention in bare:
        last, release = person(mention.name).last, releases[mention.release_id]
        known = last if last in by_surname else last.removesuffix("s")
        candidates = within.get((known, mention.release_id)) or by_surname.get(known, [])
        if chosen := _choose(mention, candidates, release, tenures):
            joined.append((chosen[0], Member(mention, rules.because(chosen[1]))))
        else:
            form = alone.setdefault((last, mention.release_id), _Form(PersonName((), last)))
            form.add(Member(mention, "same_name"), release)
    # only now, so that what a person is known by does not depend on the order of mentions
    for form, member in joined:
        form.members.append(member)
    return list(alone.values())


def _choose(
    mention: Mention, candidates: Sequence[_Form], release: Source, tenures: Tenures
) -> tuple[_Form, list[str]] | None:
    found = [(form, ["surname", *_ties(mention, form, release, tenures)]) for form in candidates]
    found = [pair for pair in found if rules.enough(pair[1])]
    return found[0] if len(found) == 1 else None


def _ties(mention: Mention, form: _Form, release: Source, tenures: Tenures) -> Iterator[str]:
    """What speaks for a bare surname being that person: the same release, or the office at that time."""
    if release.release_id in form.releases:
        yield "same_release"
        return
    if mention.role and tenures.holder(release.issuer, mention.role, release.published) == form.name.key:
        yield "in_office"
    if release.issuer in form.issuers:
        yield "same_issuer"


def _cluster(form: _Form) -> Cluster:
    whole = [m.mention.name for m in form.members if person(m.mention.name) == form.name]
    genitive = [m.mention.name for m in form.members if m.because.startswith("genitive")]
    # "Anna Musters" may be her name after all: then it is the form that most mentions have
    shown = best_name(genitive if len(genitive) > len(whole) else whole)
    members = (
        Member(m.mention, same_or(m.mention.name, shown, m.because) if m.because == "spelling" else m.because)
        for m in form.members
    )
    return Cluster("person", shown, tuple(members))
