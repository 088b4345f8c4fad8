"""``data/curation/themes_accepted.json``: themes of the run that a person accepted (``make accept``).

The stage reads it as an input and never writes it; it writes ``data/themes/model.json`` in the same form, and
accepting copies that over. So a run depends on files only, and what was accepted stands in git.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from pipeline.core.errors import InputError

FORMAT = 1
MAX_TERMS = 60
_REMEDY = "restore it from git, or delete it to start anew"


@dataclass(frozen=True, slots=True)
class AcceptedTheme:
    """A discovered theme as it was accepted."""

    theme_id: str
    label: str
    terms: Mapping[str, float]  # its strongest terms with their weights
    gone: bool = False  # it was not found any more; it may return under its id


def parse(text: str, place: str) -> tuple[AcceptedTheme, ...]:
    """The text of the file -> its themes. Raises InputError with the remedy when it is no such file."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise InputError(f"{place}: has format {data['format']}, known is {FORMAT}; {_REMEDY}")
        return tuple(_theme(entry) for entry in data["themes"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{place}: is not a file of accepted themes ({type(error).__name__}); {_REMEDY}"
        ) from None


def _theme(entry: Mapping[str, object]) -> AcceptedTheme:
    terms = entry["terms"]
    if not isinstance(terms, dict):
        raise TypeError
    weights = {str(term): float(weight) for term, weight in terms.items()}
    return AcceptedTheme(str(entry["theme_id"]), str(entry["label"]), weights, bool(entry["gone"]))


def dump(themes: Iterable[AcceptedTheme]) -> str:
    """Themes -> the text of the file, sorted, so that versions can be compared."""
    entries = [
        {**asdict(theme), "terms": dict(sorted(theme.terms.items(), key=lambda pair: (-pair[1], pair[0])))}
        for theme in sorted(themes, key=lambda theme: theme.theme_id)
    ]
    return json.dumps({"format": FORMAT, "themes": entries}, ensure_ascii=False, indent=1) + "\n"
