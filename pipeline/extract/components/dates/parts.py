"""A range read in one go -> its begin and its end, each with its place in the text."""

from __future__ import annotations

from pipeline.extract.components.dates.lexicon import Hit, compiled
from pipeline.extract.components.dates.span import DateSpan

_SECOND = ("wd2", "d2", "mo2", "y2", "t2")  # groups of a pattern that belong to the end of a range
_CONNECTOR = compiled(
    r"(?: ,? @o (?: [-–—−] | (?i:bis) | und | & | \+ | sowie ) (?: @s (?:zum|einschließlich|inklusive|inkl\.) )?"
    r" (?: @s (?:gegen|ca\.|etwa|Ende|Anfang|Mitte|de[nmr]) )? @o ) \Z"
)


def of_hit(text: str, hit: Hit, span: DateSpan) -> tuple[DateSpan, ...]:
    """From "5. bis 22. November" to "5." and "22. November"; empty for what is no range or has no word between."""
    begin, slash, end = (span.value or "").partition("/")
    starts = [hit.spans[name][0] for name in _SECOND if name in hit.spans]
    if not slash or not starts or not span.start < min(starts) < span.end:
        return ()
    second = min(starts)
    gap = _CONNECTOR.search(text[max(span.start, second - 40) : second]) if _CONNECTOR else None
    if not gap:
        return ()
    first_end = second - len(gap[0])
    return (
        DateSpan(span.start, first_end, span.type, begin, span.rule),
        DateSpan(second, span.end, span.type, end, span.rule),
    )


def flat(*spans: DateSpan) -> tuple[DateSpan, ...]:
    """Spans with those that have parts replaced by them."""
    return tuple(part for span in spans for part in (span.parts or (span,)))
