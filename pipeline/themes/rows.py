"""What was found and added up -> the rows of the table THEMES and of the fitted model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.core.theme_records import Theme, ThemePassport
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.curation import Named
from pipeline.themes.outcome import Outcome
from pipeline.themes.scheme import GuidedTheme
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally

DIGITS = 6


def guided_rows(scheme: Sequence[GuidedTheme], names: Mapping[str, Named], tally: Tally, size: int) -> list[Theme]:
    """The themes of the scheme that occur -> a row each, with the terms that said so most in this corpus."""
    return [
        Theme(
            t.theme_id,
            "guided",
            names[t.theme_id].label,
            tally.strongest_terms(t.theme_id, size),
            *_extent(t.theme_id, tally),
            names[t.theme_id].label_by,
            t.definition,
            t.iptc,
            sentences=tally.sentences(t.theme_id),
        )
        for t in scheme
        if t.theme_id in tally.numbers
    ]


def discovered_rows(
    found: Outcome,
    named: Sequence[Named],
    scheme: Sequence[GuidedTheme],
    tally: Tally,
    settings: ThemesParams,
) -> list[Theme]:
    """Discovered themes -> a row each; one of which no guided theme has enough is new."""
    iptc = {theme.theme_id: theme.iptc for theme in scheme}
    rows = []
    for i, name in enumerate(named):
        guided, nearness = tally.nearest(name.theme_id) or (None, 0.0)
        tied = guided if nearness >= settings.near_guided else None
        rows.append(
            Theme(
                name.theme_id,
                "discovered",
                name.label,
                list(found.surfaces[i][: settings.terms_per_theme]),
                *_extent(name.theme_id, tally),
                name.label_by,
                None,
                iptc.get(tied or ""),
                tied,
                nearness,
                found.coherence[i],
                tally.sentences(name.theme_id),
            )
        )
    return rows


def model(
    found: Outcome, named: Sequence[Named], passports: Sequence[ThemePassport], accepted: Sequence[AcceptedTheme]
) -> list[AcceptedTheme]:
    """The themes of this run as a person may accept them; those that vanished stay remembered."""
    if not found.number:
        return list(accepted)
    now = [AcceptedTheme(name.theme_id, name.label, found.themes[i].terms) for i, name in enumerate(named)]
    kept = {passport.theme_id for passport in passports if passport.event != "vanished"} | {
        t.theme_id for t in now
    }
    merged = {old for passport in passports if passport.event == "merged" for old in passport.previous}
    gone = [t for t in accepted if t.theme_id not in kept | merged]
    return [*now, *(AcceptedTheme(t.theme_id, t.label, t.terms, gone=True) for t in gone)]


def _extent(theme_id: str, tally: Tally) -> tuple[int, float]:
    """How many releases have a theme, and its share of all of them."""
    return len(tally.numbers[theme_id]), round(tally.shares[theme_id] / max(1, len(tally.ids)), DIGITS)
