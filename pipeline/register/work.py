"""The stage in one function: tables, gazetteer, authority and ledger in, register out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from pipeline.core import records as r
from pipeline.register import candidates, corrections, initiatives, offices, organisations, people, places, rows
from pipeline.register.authority import Authority, unique_names
from pipeline.register.clusters import Cluster, Releases, Source
from pipeline.register.draft import Draft, Entry, assign_ids
from pipeline.register.facts import initiative_facts
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.ledger import Correction, Faulty
from pipeline.register.looks import Looks, look_at
from pipeline.register.names import fold
from pipeline.register.privacy import classify, in_contact, standing
from pipeline.register.settings import RegisterParams
from pipeline.register.settle import settle


@dataclass(frozen=True, slots=True)
class Found:
    """What the earlier stages found; sentences and quotes are gone through more than once."""

    mentions: Iterable[r.Mention]
    releases: Iterable[Source]
    sentences: Iterable[r.Sentence] = ()
    quotes: Iterable[r.Quote] = ()
    looks: Looks | None = None  # what was seen in the texts; looked at now where it is not given
    said: Iterable[str] = ()  # all names, once the mentions were gone through


@dataclass(frozen=True, slots=True)
class Given:
    """What people give: the gazetteer, their table of identifiers, their corrections."""

    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    authority: Authority = field(default_factory=Authority)
    ledger: Sequence[Correction | Faulty] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The finished register; ``left_out`` counts private persons that do not stand in it."""

    entities: list[r.Entity]
    mentions: rows.MentionRows  # in the order of the table
    facts: list[r.InitiativeFact]
    corrections: list[r.CorrectionResult]
    candidates: str
    left_out: int


def build(found: Found, given: Given, settings: RegisterParams) -> Register:
    """Mentions of the wanted zones -> entities, corrected by hand, each with its mentions."""
    releases = {release.release_id: release for release in found.releases}
    wanted, contacts = list[r.Mention](), set[str]()
    for mention in found.mentions:
        if mention.zone in settings.zones:
            wanted.append(mention)
        if in_contact(mention):
            contacts.add(mention.name)
    draft = Draft(cluster(wanted, releases, given.gazetteer, found.sentences, found.looks))
    results = corrections.apply(draft, given.ledger, releases)
    entries = [entry for entry in draft.entries if entry.members]
    known = standing(contacts, found.quotes, releases)
    privacy = {id(e): classify(e, known) for e in entries if e.type == "person"}
    hidden = [e for e in entries if id(e) in privacy and not _is_public(e, privacy[id(e)][0], settings)]
    out = set(map(id, hidden))
    public = [e for e in entries if id(e) not in out and len(e.members) >= settings.min_mentions]
    assign_ids(public)
    _identify(public, given.authority)
    table = [(e, rows.entity_row(e, releases, given.gazetteer, privacy.get(id(e)))) for e in public]
    return Register(
        [row for _, row in table],
        rows.MentionRows(public),
        list(initiative_facts(public, found.sentences, found.quotes, releases, settings.silent_months)),
        corrections.mask(results, given.ledger, hidden),
        candidates.table(table, given.authority, given.gazetteer, releases),
        len(hidden),
    )


def _is_public(entry: Entry, privacy: str, settings: RegisterParams) -> bool:
    """Whether a person may stand in the register; a person's word in the ledger is above the parameter."""
    return privacy != "private" or (settings.include_private and entry.private_line is None)


def _identify(entries: Sequence[Entry], authority: Authority) -> None:
    """Give the ids of the user's table where one row and one entry alone have a name; the ledger goes first."""
    if not authority.rows:
        return
    unique = unique_names([(e.type, e.name) for e in entries])
    for entry in entries:
        known = authority.exact(entry.type, entry.name)
        if known and (entry.type, fold(entry.name)) in unique:
            entry.authority = {"gnd": known.gnd, "wikidata": known.wikidata, **entry.authority}


def cluster(
    mentions: Sequence[r.Mention],
    releases: Releases,
    gazetteer: Gazetteer,
    sentences: Iterable[r.Sentence] = (),
    looks: Looks | None = None,
) -> list[Cluster]:
    """Mentions -> entities of all four types, in an order that depends on their content only."""
    ordered = sorted(mentions, key=attrgetter("release_id", "start", "end", "label"))
    looks = looks or look_at(ordered, releases, gazetteer.regions)
    labelled = settle(ordered, releases, gazetteer, looks)
    return [
        *offices.join(people.group(labelled["PER"], releases), releases, sentences, looks),
        *places.group(labelled["LOC"], releases, gazetteer, looks),
        *organisations.group(labelled["ORG"], releases, looks),
        *initiatives.group(labelled["INITIATIVE"], releases),
    ]
