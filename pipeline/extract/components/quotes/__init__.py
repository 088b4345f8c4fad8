"""Direct and indirect speech and its speaker.

`marks` finds what stands between quotation marks, `shape` says whether that is speech, `speaker` reads who said it
from the words around it; what is left open continues the last speaker; `indirect` reads "X betont, dass ..." and
"..., so X". Runs in linear time.

>>> text = "„Der Park wird schöner“, sagt Jana Musterfeld."
>>> [(q.speaker, q.cue) for q in find(text, [(0, len(text))], [NameSpan(30, 45, "Jana Musterfeld", "PER")])]
[('Jana Musterfeld', 'sagt')]
"""

from pipeline.extract.components.quotes.attribute import find
from pipeline.extract.components.quotes.span import NameSpan, QuoteSpan

__all__ = ["NameSpan", "QuoteSpan", "find"]
