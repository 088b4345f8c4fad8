"""What was done and found -> what a person reads, in German; nothing of the erased content is quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.erase.needles import Trace
from pipeline.erase.search import PASSED_OVER, Find

_KINDS = {
    "text": "Wortfolgen", "name": "Namen", "mail": "E-Mail-Adressen", "phone": "Telefonnummern",
    "id": "Kennungen", "path": "Dateinamen",
}  # fmt: skip


def sought(traced: Trace) -> str:
    """What is looked for, counted."""
    counts = Counter(needle.kind for needle in traced.needles)
    return "Gesucht wird nach " + ", ".join(
        f"{counts[kind]} {word}" for kind, word in _KINDS.items() if counts[kind]
    )


def shared(traced: Trace) -> list[str]:
    """Other releases that say some of it too."""
    if not traced.shared:
        return []
    worst = sorted(traced.shared.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    named = ", ".join(f"{key} ({count} Wortfolgen)" for key, count in worst)
    return [
        f"Achtung: {len(traced.shared)} andere Mitteilungen sagen teils dasselbe, am meisten: {named}.",
        "Was auch dort steht, bleibt dort. Sollen sie mit weg: make erase ID='… …'",
    ]


def remains(finds: Sequence[Find]) -> list[str]:
    """Places where something still stands."""
    return [
        f"  {find.path}: {', '.join(_KINDS[kind] for kind in _KINDS if kind in find.kinds())}" for find in finds
    ]


def proof(searched: int) -> list[str]:
    """The search found nothing."""
    skipped = ", ".join(PASSED_OVER)
    return [
        f"Nachgewiesen: In {searched} Dateien dieses Ordners (auch im DVC-Speicher) steht davon nichts mehr.",
        f"Nicht durchsucht: {skipped}.",
    ]


def history(paths: Iterable[str]) -> list[str]:
    """What git still keeps, and the commands that a person would use."""
    named = sorted(paths)
    if not named:
        return []
    options = " ".join(f"--path '{path}'" for path in named)
    return [
        "Die Geschichte in git enthält die Mitteilung weiterhin; das ändert kein Programm ungefragt. Wer sie auch",
        "dort löschen will, übernimmt erst diesen Stand (git commit -a) und schreibt dann die Geschichte neu:",
        f"  git filter-repo --invert-paths {options} --force",
        "Umgeschriebene Dateien, die bleiben sollen, vorher sichern und danach wieder aufnehmen. Jede Kopie des",
        "Repositoriums (Server, Kollegen, Sicherungen) muss ebenso ersetzt werden.",
    ]


def elsewhere() -> list[str]:
    """Where no program of this project reaches."""
    return [
        "Außerhalb dieses Ordners bleibt, was schon weitergegeben ist: abgelieferte Pakete, ein DVC-Remote",
        "(dvc gc --workspace --cloud), Sicherungen. Die nächste Lieferung nennt die Mitteilung als gelöscht.",
    ]
