"""A corpus of four invented releases with everything the report shows, stored as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.core import records as r
from pipeline.core import theme_records as tr
from pipeline.report.corpus import USED, Corpus
from pipeline.report.memory import Memory, key
from pipeline.report.pages import Maker, files
from pipeline.report.settings import ReportParams
from tests import builders as b

SETTINGS = ReportParams(title="Themenbericht", list_limit=200, index_rows=500)


def _measured(**values):
    return {"low": None, "high": None, **values}


QUALITY: dict[str, dict[str, Any]] = {
    "PER": _measured(precision=0.91, recall=0.875, f1=0.892, low=0.85, high=0.94, gold=120, found=115),
    "THEMES": _measured(precision=0.6, recall=0.5, f1=0.545, low=0.4, high=0.7, gold=30, found=25),
    "QUOTE": _measured(precision=0.0, recall=0.0, f1=0.0, gold=0, found=0),
}
A, B, C, D = ("a" * 12, "b" * 12, "c" * 12, "d" * 12)
# the report before: without the newest release, and without one of the places
MEMORY = Memory(
    "2022-02-01", frozenset({A, B, C}), frozenset({key("place:Falkenrode"), key("person:Jana Holzapfel")})
)
TEXTS = {
    A: (
        "Falkenrode baut Radwege aus\n\n"
        "Falkenrode, 3. Mai 2021. Bürgermeisterin Dr. Jana Holzapfel stellt den Radplan 2030 vor.\n"
        "„Wir bauen für alle“, sagte Holzapfel. Der Radplan 2030 gilt auch in Ilmtal.\n\n"
        "Kontakt: Pressestelle, Telefon 000 1234, Ina Muster"
    ),
    B: (
        "Radplan 2030 wächst\n\n"
        "Die Stadt Falkenrode erweitert den Radplan 2030. Jana Holzapfel dankt dem Radbund e. V."
    ),
    C: 'Neue Schule <script>alert("x")</script>\n\nIlmtal eröffnet eine Schule & feiert <b>heute</b>.',
    D: "Radplan 2030 wächst weiter\n\nDie Stadt Falkenrode erweitert den Radplan 2030 erneut.",
}
_NAMES = [
    (A, "Falkenrode", "LOC", 1, {}),
    (A, "Jana Holzapfel", "PER", 0, {"title": "Dr.", "role": "Bürgermeisterin"}),
    (A, "Radplan 2030", "INITIATIVE", 0, {"kind": "strategy", "found_by": "rule:plan"}),
    (A, "Holzapfel", "PER", 1, {"name": "Jana Holzapfel", "confidence": 0.83}),
    (A, "Radplan 2030", "INITIATIVE", 1, {"kind": "strategy", "found_by": "rule:plan"}),
    (A, "Ilmtal", "LOC", 0, {"found_by": "gazetteer"}),
    (A, "Ina Muster", "PER", 0, {"zone": "contact"}),
    (B, "Falkenrode", "LOC", 0, {}),
    (B, "Radplan 2030", "INITIATIVE", 1, {"kind": "strategy", "found_by": "rule:plan"}),
    (B, "Radplan 2030", "ORG", 1, {}),
    (B, "Jana Holzapfel", "PER", 0, {}),
    (B, "Radbund e. V.", "ORG", 0, {}),
    (C, "Ilmtal", "LOC", 0, {}),
    (D, "Falkenrode", "LOC", 0, {}),
]


def _find(release_id: str, words: str, nth: int = 0) -> int:
    at = -1
    for _ in range(nth + 1):
        at = TEXTS[release_id].index(words, at + 1)
    return at


def _mention(release_id: str, text: str, label: str, nth: int, values: dict[str, Any]) -> r.Mention:
    return b.mention(text, label, _find(release_id, text, nth), release_id=release_id, **values)


MENTIONS = [_mention(*row) for row in _NAMES]


def _sentences() -> list[r.Sentence]:
    cuts = {
        A: ["Falkenrode baut", "Falkenrode, 3.", "„Wir bauen", "Der Radplan 2030 gilt", "Kontakt"],
        B: ["Radplan 2030 wächst", "Die Stadt", "Jana Holzapfel dankt"],
        C: ["Neue", "Ilmtal"],
        D: ["Radplan", "Die Stadt"],
    }
    rows = []
    for release_id, words in cuts.items():
        text = TEXTS[release_id]
        starts = [text.index(word) for word in words]
        for start, after in zip(starts, [*starts[1:], len(text)], strict=True):
            end = start + len(text[start:after].rstrip())
            rows.append(r.Sentence(release_id, start, end, _zone(release_id, start)))
    return rows


def _zone(release_id: str, at: int) -> str:
    return next((z.zone for z in _zones() if z.release_id == release_id and z.start <= at < z.end), "body")


def _zones() -> list[r.Zone]:
    heads = [b.zone("headline", 0, TEXTS[i].index("\n\n"), i) for i in TEXTS]
    return [*heads, b.zone("contact", _find(A, "Kontakt"), len(TEXTS[A]), A)]


def _entity_rows() -> tuple[list[r.Entity], list[r.EntityMention]]:
    published = {row.release_id: row.published for row in RELEASES}
    entities, links = {}, []
    for m in (m for m in MENTIONS if m.zone != "contact"):
        entity_id = f"{r.ENTITY_TYPES[m.label]}:{m.name}"  # type: ignore[index]
        same = [x for x in MENTIONS if x.name == m.name and x.label == m.label]
        days = sorted(published[x.release_id] for x in same)
        entities[entity_id] = r.Entity(
            entity_id=entity_id,
            type=r.ENTITY_TYPES[m.label],  # type: ignore[index]
            name=m.name,
            title="Dr." if m.name == "Jana Holzapfel" else None,
            role="Bürgermeisterin" if m.name == "Jana Holzapfel" else None,
            kind=m.kind,
            variants=sorted({x.text for x in same} - {m.name}),
            n_mentions=len(same),
            n_releases=len({x.release_id for x in same}),
            first=days[0],
            last=days[-1],
            geonames_id=None,
            latitude=50.98 if m.name == "Ilmtal" else None,
            longitude=11.32 if m.name == "Ilmtal" else None,
            region="Thüringen" if m.label == "LOC" else None,
            ags=None,
        )
        reason = "same_name" if m.text == m.name else "surname"
        links.append(r.EntityMention(m.release_id, m.start, m.end, m.label, entity_id, reason))
    return list(entities.values()), links


RELEASES = [
    b.release(A, TEXTS[A], number="12/2021"),
    b.release(B, TEXTS[B], published="2022-02-01", published_basis="text"),
    b.release(C, TEXTS[C], published="2020-09-14", issuer='Schulamt "Nord" <i>', published_basis="filename"),
    b.release(D, TEXTS[D], published="2022-02-11"),
]
THEMES = [
    tr.Theme("transport", "guided", "Verkehr", ["radweg", "straße"], 3, 0.75),
    tr.Theme("education", "guided", "Bildung", ["schule"], 1, 0.25),
    tr.Theme("neu-01", "discovered", "Rad, Weg", ["rad", "weg"], 1, 0.25),
]
ASSIGNMENTS = [
    tr.ThemeAssignment(A, "transport", 0.8, 1, ["radwege", "radplan"], _find(A, "Der Radplan 2030 gilt")),
    tr.ThemeAssignment(A, "neu-01", 0.5, 1, ["rad"], None),
    tr.ThemeAssignment(B, "transport", 0.7, 1, ["radplan"], _find(B, "Die Stadt")),
    tr.ThemeAssignment(D, "transport", 0.6, 1, ["radplan"], _find(D, "Die Stadt")),
    tr.ThemeAssignment(C, "education", 0.9, 1, ["schule"], _find(C, "Ilmtal")),
]


def _event(release_id: str, words: str, *values: str | None) -> r.Event:
    start = _find(release_id, words)
    return r.Event(release_id, start, start + len(words), *values, "rule:announced")  # type: ignore[arg-type]


EVENTS = [
    _event(A, "3. Mai 2021", "Radfest; Musik, Tanz", "2022-03-05T18:00", "2022-03-05T20:30", "Ilmtal"),
    _event(A, "Ilmtal", "Radplan 2030", "2021-05-08", "2021-05-09", None),
    _event(C, "Ilmtal", 'Neue Schule <script>alert("x")</script>', "2020-09-20", None, None),
    _event(B, "Falkenrode", "Frühere Fassung", "2022-03-07", None, None),
]
FINDINGS = [
    r.Finding(
        A,
        _find(A, "3. Mai 2021"),
        _find(A, "3. Mai 2021") + 11,
        "weekday",
        "Der 3. Mai 2021 ist ein Montag, kein <Dienstag>.",
        "Ein Dienstag ist der 4. Mai 2021.",
    )
]


def write_tables(root: Path, **instead: list[Any]) -> None:
    """The corpus as stored tables; ``instead`` replaces the rows of a table, named by its file's stem."""
    entities, links = _entity_rows()
    quote = _find(A, "Wir bauen für alle")
    day = _find(A, "3. Mai 2021")
    rows: dict[str, list[Any]] = {
        "releases": RELEASES,
        "zones": _zones(),
        "rejected": [r.Rejected("leer.txt", "0" * 64, "empty", "Die Datei enthält keinen Text.", "Empty.")],
        "duplicates": [r.Duplicate(D, B, "near", 0.91, "91 % der Wortfolgen sind gleich")],
        "sentences": _sentences(),
        "mentions": MENTIONS,
        "dates": [
            b.date("3. Mai 2021", "2021-05-03", day, release_id=A, role="publication", role_by="rule:dateline")
        ],
        "events": EVENTS,
        "findings": FINDINGS,
        "quotes": [
            r.Quote(A, quote, quote + 18, "Wir bauen für alle", "Jana Holzapfel", "sagte", "direct", "rule:marks")
        ],
        "entities": entities,
        "entity_mentions": links,
        "initiatives": [],
        "corrections": [
            r.CorrectionResult(2, "rename", "Falkenrod", "applied", "1 Nennung heißt jetzt Falkenrode."),
            r.CorrectionResult(3, "drop", "Nirgends", "unused", "Kein Eintrag heißt Nirgends."),
        ],
        "terms": [
            r.Term(A, "radweg", "Radwege", "NOUN", 1),
            r.Term(A, "städtischer radplan", "städtischer Radplan", "PHRASE", 1),
            r.Term(C, "schule", "Schule", "NOUN", 2),
        ],
        "themes": THEMES,
        "assignments": ASSIGNMENTS,
    }
    for table in USED:
        table.write({**rows, **instead}[table.path.stem], root)


def empty_tables(root: Path) -> None:
    """A corpus without any release."""
    for table in USED:
        table.write([], root)


def corpus(root: Path) -> Corpus:
    """Stored tables -> the corpus."""
    return Corpus({table.path.stem: table.read_arrow(root) for table in USED})


def build(
    root: Path,
    settings: ReportParams = SETTINGS,
    quality: dict[str, Any] = QUALITY,
    memory: Memory = MEMORY,
) -> dict[str, str]:
    """Stored tables -> every file of the site: path -> content."""
    made = files(Maker(corpus(root), quality, memory, settings))
    return {path: "".join(content) for path, content in made}
