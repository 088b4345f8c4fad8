"""Hits that name a day, month, year, season, quarter or holiday -> values."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.extract.components.dates import calendar, words
from pipeline.extract.components.dates.context import Context, infer_year, tendency
from pipeline.extract.components.dates.lexicon import WORDS, Hit

Made = list[tuple[int, int, str | None]]
_FAR = 120  # days from which on a holiday without a sign of time means no certain year
_QUARTER_WORDS = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4}


def whole(hit: Hit, value: str | None) -> Made:
    """One value for the whole hit."""
    return [(hit.start, hit.end, value)]


def said_year(hit: Hit, ctx: Context) -> int | None:
    """The year a hit names: "2019", "19", "dieses Jahres", "d. J."; None if it names none."""
    for key in ("y", "y2", "y3"):
        if key in hit.groups:
            return words.full_year(hit.groups[key], ctx.year)
    if "yn" in hit.groups:
        return ctx.named_year or ctx.year
    if "yw" in hit.groups:
        return int(words.number(hit.groups["yw"]) or 0) or None
    if "ys" not in hit.groups:
        return None
    return ctx.year + (-1 if hit.groups["ys"].endswith("Vorjahres") else words.shift(hit.groups["ys"]))


def point(hit: Hit, ctx: Context) -> Made:
    """From "3. September 2022", "September", "2022" -> a day, month or year."""
    g = hit.groups
    if "mo" not in g:
        named = said_year(hit, ctx)
        return whole(hit, calendar.iso(named)) if named else []
    month = words.month(g["mo"])
    number = int(g["d"]) if "d" in g else int(words.lookup("ordinal", g["dw"]) or 0) if "dw" in g else None
    weekday = words.weekday(g["wd"]) if "wd" in g else None
    year = said_year(hit, ctx)
    if year is None:
        year = infer_year(ctx, hit, month, number, weekday)
    value = calendar.iso(year, month, number)
    return whole(hit, value) if value else []


def days(hit: Hit, ctx: Context) -> Made:
    """From "2. bis 5. Juni" -> a range; "2. und 5. Juni" -> two days, because the days between are not meant."""
    g = hit.groups
    last_month = words.month(g.get("mo2", g["mo"]))
    op = g.get("op", "bis").strip()
    first_month, first, last = words.month(g["mo"]), int(g["d"]), int(g["d2"])
    year = said_year(hit, ctx)
    if year is None:
        year = infer_year(ctx, hit, last_month, last, None)
    end = calendar.day(year, last_month, last)
    begin = calendar.day(year - (first_month > last_month), first_month, first)
    if not begin or not end or begin > end:
        return []
    apart = op in ("und", "&", "+", "/", "sowie", "oder") and end - begin != timedelta(1)
    if not apart and op != "oder":
        return whole(hit, f"{begin}/{end}")
    second = hit.spans["wd2" if "wd2" in hit.spans else "d2"][0]
    return [(hit.start, hit.spans["d"][1] + 1, str(begin)), (second, hit.end, str(end))]


def listed(hit: Hit, ctx: Context) -> Made:
    """The "3." of "3., 10. und 17. Juni 2022" -> its day."""
    return point(hit, ctx)


def months(hit: Hit, ctx: Context) -> Made:
    """From "Mai bis Juli 2024", "Mai/Juni" -> a range of months; "März und Juni" -> two months."""
    g = hit.groups
    first, last = words.month(g["mo"]), words.month(g["mo2"])
    end_year = words.full_year(g["y2"], ctx.year) if "y2" in g else None
    begin_year = words.full_year(g["y"], ctx.year) if "y" in g else None
    if end_year is None:
        end_year = begin_year + (first > last) if begin_year else infer_year(ctx, hit, last, None, None)
    if begin_year is None:
        begin_year = end_year - (first > last)
    begin, end = f"{begin_year}-{first:02d}", f"{end_year}-{last:02d}"
    if g["op"].strip() in ("und", "&", "sowie", "oder") and last - first != 1:
        between = ctx.text[max(0, hit.start - 12) : hit.start]
        if "zwischen" not in between:
            return [(hit.start, hit.spans["mo"][1], begin), (hit.spans["mo2"][0], hit.end, end)]
    return whole(hit, f"{begin}/{end}") if begin <= end else []


def month_shifted(hit: Hit, ctx: Context) -> Made:
    """From "im vergangenen September" -> the last one that is over; "kommenden" -> the next that has not begun."""
    month, by = words.month(hit.groups["mo"]), words.shift(hit.groups["shift"])
    now = ctx.month or 1
    year = ctx.year
    if by:
        year += (month <= now) if by > 0 else -(month >= now)
    return whole(hit, calendar.iso(year, month))


def years(hit: Hit, ctx: Context) -> Made:
    """From "2021–2027", "2019/20" -> a range of years."""
    first = int(hit.groups["y"])
    raw = hit.groups["y2"]
    last = int(raw) if len(raw) == 4 else first // 100 * 100 + int(raw)
    if len(raw) == 2 and last < first:
        last += 100
    short = len(raw) == 2 and last != first + 1
    return whole(hit, f"{first}/{last}") if first < last and not short and ctx.year else []


def decade(hit: Hit, ctx: Context) -> Made:
    """From "1960er Jahre", "neunziger Jahren" -> 196X."""
    raw = hit.groups["dec"]
    tens = int(raw) if raw.isdigit() else int(WORDS["decade"][raw.lower()])
    if tens < 100:
        tens += 1900 if tens > (ctx.year + 5) % 100 else 2000
    return whole(hit, f"{tens // 10}X")


def century(hit: Hit, _ctx: Context) -> Made:
    """From "17. Jahrhundert" -> 16XX."""
    g = hit.groups
    number = int(g["c"]) if "c" in g else int(words.number(g["cw"]) or 1)
    return whole(hit, f"{number - 1:02d}XX")


def season(hit: Hit, ctx: Context) -> Made:
    """From "Herbst 2022", "kommenden Herbst" -> 2022-FA."""
    name = hit.groups["se"].lower()
    code = str(WORDS["season"].get(name) or {"s": "SU", "w": "WI"}[name[0]])
    year = said_year(hit, ctx)
    if year is not None:
        return whole(hit, f"{year}-{code}")
    by = words.shift(hit.groups.get("shift", ""))
    return whole(hit, calendar.season(code, ctx.year, ctx.month or 7, by))


def season_bare(hit: Hit, ctx: Context) -> Made:
    """From "im Herbst" to a certain one only if the sentence says whether it is over or to come."""
    lean = tendency(ctx, hit)
    if lean == 0:
        return whole(hit, None)
    code = str(WORDS["season"][hit.groups["se"].lower()])
    current = calendar.season(code, ctx.year, ctx.month or 7, 0)
    begun = calendar.season(code, ctx.year, ctx.month or 7, 1) != current
    by = (-1 if lean < 0 and not begun else 0) if lean < 0 else 0
    over = calendar.season(code, ctx.year, ctx.month or 7, -1) == current
    return whole(hit, calendar.season(code, ctx.year, ctx.month or 7, 1 if lean > 0 and over else by))


def _count(hit: Hit) -> int:
    g = hit.groups
    digits = g.get("q") or g.get("q2")
    return int(digits) if digits else _QUARTER_WORDS.get(g["qw"].lower(), 0)


def quarter(hit: Hit, ctx: Context) -> Made:
    """From "dritten Quartal 2022" -> 2022-Q3; "letzten Quartal" -> the one before the publication's."""
    number, year = _count(hit), said_year(hit, ctx)
    if number == 0:
        if year is not None:
            return whole(hit, f"{year}-Q4")
        now = ((ctx.month or 1) - 1) // 3
        return whole(hit, f"{ctx.year}-Q{now}" if now else f"{ctx.year - 1}-Q4")
    if year is None:
        year = infer_year(ctx, hit, 3 * number - 1, None, None)
    return whole(hit, f"{year}-Q{number}")


def half_year(hit: Hit, ctx: Context) -> Made:
    """From "erste Jahreshälfte 2022" -> 2022-01/2022-06."""
    year = said_year(hit, ctx)
    year = ctx.year if year is None else year
    return whole(hit, f"{year}-01/{year}-06" if _count(hit) == 1 else f"{year}-07/{year}-12")


def week_number(hit: Hit, ctx: Context) -> Made:
    """From "KW 12", "12. Kalenderwoche 2022" -> 2022-W12."""
    number = int(hit.groups.get("w") or hit.groups["w2"])
    year = said_year(hit, ctx)
    year = ctx.year if year is None else year
    return whole(hit, f"{year}-W{number:02d}") if 1 <= number <= 53 else []


def holiday(hit: Hit, ctx: Context) -> Made:
    """From "Ostermontag 2024", "an Pfingsten" -> a day."""
    spec = str(words.lookup("holiday", hit.groups["hd"]))
    year = said_year(hit, ctx)
    if year is not None:
        return whole(hit, calendar.holiday(spec, year).isoformat())
    near = [calendar.holiday(spec, y) for y in range(ctx.year - 1, ctx.year + 2)]
    for known in reversed(ctx.days):
        if known in near:
            return whole(hit, known.isoformat())
    now, lean = ctx.today or date(ctx.year, ctx.month or 7, 15), tendency(ctx, hit)
    best = min(near, key=lambda d: _holiday_cost((d - now).days, lean))
    far = not lean and abs((best - now).days) > _FAR
    return whole(hit, None if far else best.isoformat())


def _holiday_cost(distance: int, lean: int) -> int:
    return abs(distance) + (240 if lean * distance < 0 else 0)
