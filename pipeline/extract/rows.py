"""A page -> the rows of its release for the seven tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.records import DateMention, Event, Finding, Mention, Quote, Sentence, Term
from pipeline.extract import terms
from pipeline.extract.authority import Authority
from pipeline.extract.components import date_roles, dates, events, findings, mentions, quotes
from pipeline.extract.components.page import Page, Span


@dataclass(slots=True)
class Rows:
    """What a release gives."""

    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    doubted: list[Mention] = field(default_factory=list)  # initiatives that only another release can prove


def of_page(release_id: str, page: Page, authority: Authority) -> Rows:
    """The rows of one release."""
    names, doubted = mentions.look(page, authority)
    people = [
        quotes.NameSpan(s.start, s.end, s.name or "", s.label, authority.gender(s.name or ""))
        for s in names
        if s.label in {"PER", "ORG"}
    ]
    when = dates.find(page.text, page.published)
    seen = list(date_roles.look(page.text, when, page.published, page.units))
    roles = [date_roles.role(what) for what in seen]
    return Rows(
        sentences=[Sentence(release_id, s, e, page.unit_at(s).zone) for s, e in page.sentences],
        mentions=[_mention(release_id, page, span) for span in names],
        dates=[_date(release_id, page, d, role) for d, role in zip(when, roles, strict=True)],
        events=[
            Event(release_id, e.start, e.end, e.title, e.begin, e.finish, e.place, f"rule:{e.rule}")
            for e in events.find(page, when, roles, seen, names)
        ],
        findings=[
            Finding(release_id, f.start, f.end, f.code, f.text, f.fits)
            for f in findings.find(page.text, _sure(page), when, seen)
        ],
        quotes=[
            Quote(
                release_id, q.start, q.end, page.text[q.start : q.end], q.speaker, q.cue, q.kind, f"rule:{q.rule}"
            )
            for q in quotes.find(page.text, page.sentences, people)
        ],
        terms=terms.count(page, release_id, [(s.start, s.end) for s in names] + [(d.start, d.end) for d in when]),
        doubted=[_mention(release_id, page, span) for span in doubted],
    )


def _sure(page: Page) -> str:
    """The publication date, only its year where it is itself a guess: no finding may rest on a guess."""
    return page.published[:4] if page.published_basis == "text" else page.published


def _date(release_id: str, page: Page, found: dates.DateSpan, role: date_roles.Role) -> DateMention:
    return DateMention(
        release_id=release_id,
        start=found.start,
        end=found.end,
        text=page.text[found.start : found.end],
        type=found.type,
        value=found.value,
        zone=page.unit_at(found.start).zone,
        found_by=f"rule:{found.rule}",
        role=role.role,
        role_by=f"rule:{role.rule}",
    )


def _mention(release_id: str, page: Page, span: Span) -> Mention:
    text = page.text[span.start : span.end]
    return Mention(
        release_id=release_id,
        start=span.start,
        end=span.end,
        label=span.label,
        text=text,
        name=span.name or " ".join(text.split()),
        title=span.title,
        role=span.role,
        kind=span.kind,
        zone=page.unit_at(span.start).zone,
        found_by=span.found_by,
        confidence=span.confidence,
    )
