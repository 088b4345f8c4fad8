"""The files of the whole holding: parts of releases joined as they come from the shelf, and the register."""

from __future__ import annotations

from pipeline.archive import rows, spreadsheets
from pipeline.archive.checks import Checker
from pipeline.archive.formats import JOINED
from pipeline.archive.package import HELD, Package

REGISTER = f"{HELD}/csv/register.csv"


def join(package: Package, checker: Checker) -> None:
    """Write the joined files, check them and what can be said of the whole only."""
    facts, settings = package.chosen.facts, package.settings
    for number, form in enumerate(JOINED):
        name = f"{HELD}/{form.path}"
        path = package.put(name, form.join(package.shelf.parts(number), facts, settings))
        if form.frame:
            frame = form.join(package.shelf.frame(number), facts, settings)
            checker.file(name, b"".join(frame), form.frame)
        checker.whole(path, name, form.whole)
    package.put(REGISTER, spreadsheets.entities_csv(rows.register(package.chosen.held), settings))
    checker.delivery(f"{settings.identifier_prefix}{i}" for i in package.chosen.ids)
