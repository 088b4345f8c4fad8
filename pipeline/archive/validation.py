"""What was checked -> a page that press staff and archivists read: data/archive/validation.html."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.archive import rules
from pipeline.archive.checks import Tally, fingerprint
from pipeline.archive.days import german
from pipeline.archive.parts import Facts
from pipeline.archive.schemas import SCHEMAS, available
from pipeline.archive.settings import ArchiveParams
from pipeline.core.errors import DeliveryError

_MASKED = {
    "contact": "Kontaktblöcke",
    "phone": "Telefonnummern",
    "mail": "Mailadressen",
    "name": "Namen von Privatpersonen",
}


def page(tally: Tally, facts: Facts, held: Mapping[str, str], settings: ArchiveParams) -> str:
    """The whole page; nothing on it depends on the machine or the day."""
    environment = Environment(loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("validation.html.j2").render(
        holding=settings.holding,
        facts=facts,
        as_of=german(facts.as_of) if facts.as_of else "–",
        schemas=_schemas(tally, settings),
        rules=_rules(tally),
        problems=tally.problems,
        notes=[(rule, text, n, tally.first[rule, text]) for (rule, text), n in sorted(tally.notes.items())],
        errors=tally.broken.total(),
        masked=[(words, tally.masked[kind]) for kind, words in _MASKED.items() if tally.masked[kind]],
        held=[(i, german(until)) for i, until in sorted(held.items())],
    )


def stop(tally: Tally, report: Path) -> None:
    """Refuse a delivery that breaks a schema or a rule.

    Raises DeliveryError with the first files, lines and rules; the page has them all.
    """
    if failed := tally.broken.total():
        first = "; ".join(map(str, tally.problems[:3]))
        raise DeliveryError(f"{failed} checks failed, see {report}: {first}")


def _schemas(tally: Tally, settings: ArchiveParams) -> list[dict[str, object]]:
    folder = Path(settings.schemas) if settings.schemas else None
    rows: list[dict[str, object]] = []
    for key, schema in SCHEMAS.items():
        why = available(schema, folder)
        edition = fingerprint(key, folder) if folder and why is None else ""
        rows.append({"title": schema.title, "checked": tally.checked[key], "broken": tally.broken[key],
                     "why": why, "edition": edition})  # fmt: skip
    return rows


def _rules(tally: Tally) -> list[dict[str, object]]:
    """Our own rules; what a rule warns of does not count as broken."""
    known = [(rule.id, rule.says) for rule in rules.DESCRIPTION]
    known.append(("leer", "Kein Element eines XML-Dokuments ist leer."))
    known.append(("eindeutig", "Jede Kennung kommt einmal vor."))
    known.append(("angaben", "Die Angaben zur Institution in params.yaml sind vollständig."))
    warned: Counter[str] = Counter()
    for (rule, _), number in tally.notes.items():
        warned[rule] += number
    return [
        {"id": k, "says": says, "checked": tally.checked[k], "broken": tally.broken[k], "warned": warned[k]}
        for k, says in known
    ]
