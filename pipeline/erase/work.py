"""Take releases out of the project: look first, then do, then look again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.core import tables as t
from pipeline.core.errors import InputError
from pipeline.core.records import Release
from pipeline.erase import leftovers, needles, removal, search, telling, tombstone
from pipeline.erase.needles import Trace
from pipeline.erase.search import Find
from pipeline.ingest.settings import IngestParams

ROOT = Path()
# what no release is the author of: a name that stands there too was not put there by one
_OF_OURS = ("pipeline/", "models/", "data/authority/", "tests/", "docs/")
Say = Callable[[str], None]


def erase(ids: Iterable[str], reason: str, when: str, settings: IngestParams, say: Say) -> int:
    """Erase releases and prove it; how many files were searched. Raises InputError with what is in the way."""
    releases = _named(list(ids))
    known = needles.Known(t.RELEASES.read(), t.MENTIONS.read(), t.QUOTES.read())
    traced = needles.trace(known, [release.release_id for release in releases])
    traced = _without_own_words(traced)
    for line in (telling.sought(traced), *telling.shared(traced)):
        say(line)
    removals = removal.plan(known.releases, t.REJECTED.read(), traced.shas, settings)
    outs = leftovers.outputs(ROOT)
    try:
        ignored = _ahead([removed.file for removed in removals], traced, outs)
    except InputError:
        for removed in removals:
            removed.undo()
        raise
    tracked = _tracked([*(removed.file.as_posix() for removed in removals)])
    for removed in removals:
        removed.do()
    tracked += _by_hand(traced, say)
    for path in ignored:
        (ROOT / path).unlink(missing_ok=True)
    tombstone.bury(ROOT, releases, reason, when)
    results = leftovers.derived(ROOT)
    leftovers.clear(ROOT, outs)
    for result in results:
        result.unlink()
    _purge(traced, [path for path in (ROOT / ".dvc/cache").rglob("*") if path.is_file()])
    # looked for twice: should the run below fail, it is certain all the same that nothing is left
    _searched(traced)
    say("Nichts ist geblieben. Auswertung ohne die Mitteilung …")
    leftovers.dvc("repro")
    _purge(traced, leftovers.unused(ROOT))
    searched = _searched(traced)
    for line in (*telling.proof(searched), *telling.history(tracked), *telling.elsewhere()):
        say(line)
    return searched


def _named(ids: Sequence[str]) -> list[Release]:
    found = {release.release_id: release for release in t.RELEASES.read() if release.release_id in ids}
    missing = [name for name in ids if name not in found]
    if missing or not ids:
        raise InputError(
            f"no release {', '.join(missing) or '(ID is empty)'}; the id stands in the report, on the page of"
            " the release, and behind its prefix in pressemitteilungen.csv of the archive package"
        )
    return list(found.values())


def _ahead(raw: Sequence[Path], traced: Trace, outs: Sequence[str]) -> list[str]:
    """What lies about and goes, because git ignores it; raises InputError for what only a person can decide."""
    finds = [f for f in search.search(ROOT, search.files(ROOT), _strict(traced)) if Path(f.path) not in raw]
    spared = {path.as_posix() for path in (*leftovers.gold(finds), *leftovers.LISTS, tombstone.FILE)}
    spec = leftovers.ignored(ROOT)
    going, open_ = [], []
    for find in finds:
        if leftovers.made(find.path, [*outs, ".cache", ".dvc/cache"]) or find.path in spared:
            continue
        if spec.match_file(find.path) or find.path.startswith(".dvc/tmp/"):
            going.append(find.path)
        elif not _harmless(find):
            open_.append(find)
    if open_:
        lines = "\n".join(telling.remains(open_))
        raise InputError(
            f"these files hold it too and nobody but you can change them; nothing was erased:\n{lines}"
        )
    return going


def _strict(traced: Trace) -> list[needles.Needle]:
    """Everything but the ids, which the list of deliveries and the tombstone keep."""
    return [needle for needle in traced.needles if needle.kind != "id"]


def _by_hand(traced: Trace, say: Say) -> list[str]:
    """Take the release out of gold and out of lists; the files that changed."""
    finds = list(search.search(ROOT, sorted(leftovers.GOLD.glob("*")), _strict(traced)))
    changed = []
    for path in leftovers.gold(finds):
        path.unlink()
        changed.append(path.as_posix())
        say(f"Gelöscht: {path.as_posix()}")
    for file in filter(Path.exists, leftovers.LISTS):
        text, lines = leftovers.rows(file, traced)
        if lines:
            file.write_text(text, encoding="utf-8", newline="")
            changed.append(file.as_posix())
            say(f"{file.as_posix()}: Zeile {', '.join(map(str, lines))} gelöscht")
    return _tracked(changed)


def _tracked(paths: Sequence[str]) -> list[str]:
    """Those of the paths that git keeps a history of."""
    if not paths or not (ROOT / ".git").exists():
        return []
    command = ["git", "ls-files", "-z", "--", *paths]
    listed = subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603  our own paths
    return [path for path in listed.decode("utf-8", "surrogateescape").split("\0") if path]


def _without_own_words(traced: Trace) -> Trace:
    """Names that stand in the program itself ("Rathaus") would be found in every report, whoever was erased."""
    code = [path for path in search.files(ROOT) if path.relative_to(ROOT).as_posix().startswith("pipeline/")]
    names = [needle for needle in traced.needles if needle.kind == "name"]
    own = {needle for find in search.search(ROOT, code, names) for needle in find.needles}
    return replace(traced, needles=tuple(needle for needle in traced.needles if needle not in own))


def _purge(traced: Trace, objects: Iterable[Path]) -> None:
    """Delete objects of DVC's cache that hold something of it."""
    for find in list(search.search(ROOT, objects, traced.needles)):
        (ROOT / find.path).unlink(missing_ok=True)


def _searched(traced: Trace) -> int:
    """The number of files in which nothing of it is left; raises InputError with those in which something is."""
    files = list(search.files(ROOT))
    left = [find for find in search.search(ROOT, files, _strict(traced)) if not _harmless(find)]
    if left:
        lines = "\n".join(telling.remains(left))
        raise InputError(
            f"the release is erased, but something of it still stands here; see to it by hand:\n{lines}"
        )
    return len(files)


def _harmless(find: Find) -> bool:
    return find.path.startswith(_OF_OURS) and find.kinds() <= {"name"}
