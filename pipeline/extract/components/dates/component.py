"""The date finder as a spaCy component: importing this module registers ``german_dates``.

>>> import spacy
>>> nlp = spacy.blank("de")
>>> _ = nlp.add_pipe("german_dates", config={"published": "2019-08-20"})
>>> doc = nlp("Vom 2. bis 3. September tagt der Rat.")
>>> [(span.text, span.label_, span.kb_id_) for span in doc.spans["dates"]]
[('2. bis 3. September', 'DATE', '2019-09-02/2019-09-03')]

Results lie in ``doc.spans`` only: label = TIMEX3 type, kb_id = ISO 8601 value (empty if open), id = the rule. A
tokenizer is all that it needs. It lies apart from the finder so that nothing else has to load spaCy.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extract.components.dates.join import find
from pipeline.extract.components.dates.lexicon import Style
from pipeline.extract.components.dates.span import DateSpan


@dataclass(frozen=True, slots=True)
class GermanDates:
    """Doc -> the same doc with its dates in ``doc.spans[spans_key]``.

    A doc's own publication date, ``doc.user_data["published"]``, goes before the component's.
    """

    published: str | None
    spans_key: str
    style: Style

    def __call__(self, doc: Doc) -> Doc:
        """Find the dates of one doc. ValueError if nothing says when it was published."""
        published = doc.user_data.get("published", self.published)
        if not published:
            raise ValueError(
                "german_dates: no publication date; set doc.user_data['published'] or the component's config "
                "to an ISO date like 2019-09-03 (2019-09 or 2019 where no more is known)"
            )
        found = find(doc.text, published, self.style)
        doc.spans[self.spans_key] = [_span(doc, one) for one in found]
        return doc


def _span(doc: Doc, one: DateSpan) -> Span:
    """A date as a span of whole tokens."""
    span = doc.char_span(
        one.start, one.end, one.type, kb_id=one.value or "", alignment_mode="expand", span_id=one.rule
    )
    assert span is not None  # "expand" always finds tokens for offsets inside the text
    return span


@Language.factory("german_dates", default_config={"published": None, "spans_key": "dates", "style": "press"})
def make(nlp: Language, name: str, published: str | None, spans_key: str, style: Style) -> GermanDates:  # noqa: ARG001  spaCy hands both over
    """The component, as ``nlp.add_pipe`` makes it."""
    return GermanDates(published, spans_key, style)
