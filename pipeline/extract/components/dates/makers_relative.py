"""Hits that hang on the publication date or a day named before, durations, repetitions, clock times -> values."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.components.dates import calendar, words
from pipeline.extract.components.dates.context import Context, chronicle_year, nearest_weekday, sentence, tendency
from pipeline.extract.components.dates.lexicon import WORDS, Hit
from pipeline.extract.components.dates.makers_calendar import Made, days, said_year, whole

_SHORT_UNITS = {"jährig": "Y", "monatig": "M", "wöchig": "W", "tägig": "D", "stündig": "H", "minütig": "MIN"}
_LENGTH = {
    "Y": "P{}Y",
    "M": "P{}M",
    "W": "P{}W",
    "WE": "P{}WE",
    "D": "P{}D",
    "H": "PT{}H",
    "MIN": "PT{}M",
    "SEC": "PT{}S",
}
_TIMES = {"DE": ("Y", 10), "CE": ("Y", 100), "Q": ("M", 3), "HY": ("M", 6)}
_SMALLER = {"Y": ("M", 12), "D": ("H", 24), "H": ("MIN", 60)}  # half a year is six months
_RECURRING = re.compile(
    r"\b(?:täglich|jede[nmrs]?|immer|werktags|jeweils|wochentags|Öffnungszeiten|erreichbar|\w+tags)\b"
    r"|\b(?:Mo|Di|Mi|Do|Fr|Sa)\.?\s?[-–]\s?(?:Di|Mi|Do|Fr|Sa|So)\b"
)
_PARTS = {"halb": -30, "viertel nach": 15, "viertel vor": -15, "dreiviertel": -15}


def _part(hit: Hit) -> str:
    said = hit.groups.get("dp") or hit.groups.get("dp2")
    return f"T{words.lookup('daypart', said)}" if said else ""


def _day(hit: Hit, when: date | None) -> Made:
    return whole(hit, when.isoformat() + _part(hit) if when else None)


def deictic(hit: Hit, ctx: Context) -> Made:
    """From "heute", "gestern Abend" -> a day; a release dated to the month knows only the month of "heute"."""
    by = int(WORDS["deictic"][(hit.groups.get("dx") or hit.groups["dx2"]).lower()])
    if ctx.today is None:
        return whole(hit, calendar.iso(ctx.year, ctx.month) if by == 0 and not _part(hit) else None)
    return _day(hit, ctx.today + timedelta(by))


def weekday(hit: Hit, ctx: Context) -> Made:
    """From "am Freitag", "kommenden Montag", "Montagabend" -> a day."""
    number = int(WORDS["weekday"][hit.groups["wd"].lower()])
    if "shift" not in hit.groups:
        return _day(hit, nearest_weekday(ctx, hit, number))
    if ctx.today is None:
        return whole(hit, None)
    by, said = words.shift(hit.groups["shift"]), hit.groups["shift"].lower()
    if said.startswith(("heutig", "morgig", "gestrig")):
        return _day(hit, ctx.today + timedelta(by))
    if by == 0:
        return _day(hit, ctx.today + timedelta(number - ctx.today.isoweekday()))
    when = calendar.on_weekday(ctx.today, number, 1 if by > 0 else -1)
    return _day(hit, when + timedelta(7 * (by - 1 if by > 0 else by + 1)))


def night(hit: Hit, ctx: Context) -> Made:
    """From "Nacht zum Sonntag" -> the night that begins on the day before."""
    when = nearest_weekday(ctx, hit, int(WORDS["weekday"][hit.groups["wd"].lower()]))
    return whole(hit, (when - timedelta(1)).isoformat() + "TNI" if when else None)


def night_of(hit: Hit, ctx: Context) -> Made:
    """From "Nacht vom 3. auf den 4. Mai" to the night of the 3rd."""
    found = days(hit, ctx)
    value = found[0][2] if len(found) == 1 else None
    return whole(hit, f"{value[:10]}TNI") if value else []


def same_day(hit: Hit, ctx: Context) -> Made:
    """From "an diesem Tag", "am Folgetag" -> the day named last, or the one after it."""
    anchor = ctx.last or ctx.today
    return _day(hit, anchor + timedelta("rel" in hit.groups) if anchor else None)


def day_before(hit: Hit, ctx: Context) -> Made:
    """From "am Vortag", "am Tag zuvor" -> the day before the one named last."""
    anchor = ctx.last or ctx.today
    return _day(hit, anchor - timedelta(1) if anchor else None)


def same_year(hit: Hit, ctx: Context) -> Made:
    """From "im selben Jahr", "im Jahr darauf" to the year named last, or the one behind it."""
    on = "darauf" in hit.groups.get("next", "") or "folgend" in ctx.text[hit.start : hit.end]
    return whole(hit, str(ctx.named_year + on) if ctx.named_year else None)


def unit_shifted(hit: Hit, ctx: Context) -> Made:
    """From "kommenden Jahr", "Ende des Monats", "Vorjahr", "Wochenende" -> a year, month, week, quarter ..."""
    rel = hit.groups.get("rel", "")
    unit = re.sub(r"^(?:vor|folge)+|e?s$|n$", "", (hit.groups.get("u") or rel).lower())
    if said_year(hit, ctx):
        return whole(hit, calendar.iso(said_year(hit, ctx) or ctx.year))
    by = words.shift(hit.groups.get("shift", ""))
    if rel:
        by = {"v": -1, "f": 1, "h": 0}[rel[0].lower()] * (2 if rel.startswith("Vorvor") else 1)
    code = str(WORDS["unit"].get(unit) or WORDS["unit"].get(unit + "e") or "Y")
    told = (
        chronicle_year(ctx, hit, tendency(ctx, hit))
        if code == "Y" and not rel and "shift" not in hit.groups
        else None
    )
    if told:
        return whole(hit, str(told))
    return whole(hit, _weekend(hit, ctx, by) if code == "WE" else shifted(ctx, code, by))


def shifted(ctx: Context, unit: str, by: int) -> str | None:
    """The publication's year, month, week ... and so many on."""
    if unit in ("Y", "DE"):
        return str(ctx.year + by) if unit == "Y" else f"{ctx.year // 10 + by}X"
    if unit in ("W", "D"):
        if ctx.today is None:
            return None
        when = ctx.today + timedelta(by * (7 if unit == "W" else 1))
        return calendar.week(when) if unit == "W" else when.isoformat()
    if ctx.month is None:
        return None
    if unit == "M":
        return calendar.iso(*calendar.shift_month(ctx.year, ctx.month, by))
    size = 3 if unit == "Q" else 6
    index = ctx.year * (12 // size) + (ctx.month - 1) // size + by
    year, part = divmod(index, 12 // size)
    return f"{year}-Q{part + 1}" if size == 3 else f"{year}-{6 * part + 1:02d}/{year}-{6 * part + 6:02d}"


def _weekend(hit: Hit, ctx: Context, by: int) -> str | None:
    if ctx.today is None:
        return None
    saturday = ctx.today + timedelta(6 - ctx.today.isoweekday())
    if "shift" not in hit.groups:
        lean = tendency(ctx, hit)
        by = -1 if lean < 0 or (lean == 0 and ctx.today.isoweekday() <= 2) else 0
    elif by > 0:
        by -= ctx.today.isoweekday() < 6
    saturday += timedelta(7 * by)
    return f"{saturday}/{saturday + timedelta(1)}"


def _amount(hit: Hit) -> tuple[int, str] | None:
    found = words.number(hit.groups["n"])
    unit = str(WORDS["unit"][hit.groups["u"].lower()])
    base, times = _TIMES.get(unit, (unit, 1))
    return (int(found) * times, base) if found is not None else None


def ago(hit: Hit, ctx: Context, sign: int = -1) -> Made:
    """From "vor drei Wochen" -> the week it was; the unit says how exact that is."""
    amount = _amount(hit)
    if not amount or (amount[1] == "Y" and amount[0] >= ctx.year) or amount[0] > 9999:
        return whole(hit, None)
    return whole(hit, shifted(ctx, amount[1], sign * amount[0]))


def ahead(hit: Hit, ctx: Context) -> Made:
    """From "in zwei Wochen" -> the week it will be."""
    return ago(hit, ctx, 1)


def _length(number: float, unit: str) -> str:
    base, times = _TIMES.get(unit, (unit, 1))
    if number * times < 1 and base in _SMALLER:
        base, parts = _SMALLER[base]
        times *= parts
    return _LENGTH[base].format(f"{number * times:g}")


def _unit(word: str) -> str:
    key = word.lower()
    found = _SHORT_UNITS.get(key)
    stems = sorted((w for w in WORDS["unit"] if key.startswith(w)), key=len) if not found else []
    return found or str(WORDS["unit"][stems[-1] if stems else key.removesuffix("n")])


def duration(hit: Hit, _ctx: Context) -> Made:
    """From "fünf Jahren", "zweitägig" -> P5Y, P2D; "vergangenen Jahren" -> open."""
    found = words.number(hit.groups["n"]) if "n" in hit.groups else None
    unit = hit.groups.get("u") or hit.groups.get("u2", "")
    return whole(hit, _length(found, _unit(unit)) if found is not None else None)


def whole_unit(hit: Hit, _ctx: Context) -> Made:
    """From "ganzen Tag" -> P1D."""
    return whole(hit, _length(1, _unit(hit.groups["u"])))


def each(hit: Hit, _ctx: Context) -> Made:
    """From "jeden Montag", "täglich", "pro Jahr" -> what repeats."""
    g = hit.groups
    if "wd" in g or "ws" in g:
        number = WORDS["weekday"][g["wd"].lower()] if "wd" in g else WORDS["weekdays"][g["ws"].lower()]
        return whole(hit, f"XXXX-WXX-{number}{_part(hit)}")
    if "w1" in g:
        return whole(hit, "/".join(f"XXXX-WXX-{WORDS['weekday_short'][g[key]]}" for key in ("w1", "w2")))
    if "dps" in g:
        return whole(hit, f"PT{words.lookup('daypart', g['dps'])}")
    unit = g.get("u") or g.get("u2") or g.get("u3")
    if unit:
        found = words.number(g["n"]) if "n" in g else 1.0
        return whole(hit, _length(found, _unit(unit)) if found is not None else None)
    return whole(hit, str(words.lookup("every", g["ev"])) if "ev" in g else "P1Y")


def fixed(hit: Hit, _ctx: Context) -> Made:
    """What the rule's row says, whatever the text around: "damals" -> PAST_REF."""
    return whole(hit, hit.rule.row["gives"])


def clock_time(hit: Hit, ctx: Context) -> Made:
    """A time that stands alone -> on the day named last, else on the day of publication."""
    around = ctx.text[max(0, hit.start - 60) : hit.start] + sentence(ctx.text, hit.start, hit.end)
    anchor = None if _RECURRING.search(around) else ctx.day_of_clock(hit.start, _clock(hit, "t"))
    return whole(hit, on_day(hit, anchor.isoformat() if anchor else ""))


def on_day(hit: Hit, day: str) -> str:
    """A time or part of the day, on a day (or on any day: "")."""
    if "dp" in hit.groups:
        return day + _part(hit)
    begin, end = _clock(hit, "t"), _clock(hit, "t2")
    if not end:
        return f"{day}T{begin}"
    until = (date.fromisoformat(day) + timedelta(1)).isoformat() if day and end < str(begin) else day
    return f"{day}T{begin}/{until}T{end}" if until or str(begin) <= end else f"T{begin}"


def _clock(hit: Hit, key: str) -> str | None:
    g = hit.groups
    if key in g:
        hour, _, minute = g[key].replace(".", ":").partition(":")
        return f"{int(hour):02d}:{minute or '00'}"
    if "t24" in g and key == "t":
        return "24:00"
    spoken = (g.get("tw") or g.get("tw2")) if key == "t" else None
    if not spoken:
        return None
    minutes = int(words.number(spoken) or 0) * 60 + _PARTS.get(" ".join(g.get("part", "").lower().split()), 0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
