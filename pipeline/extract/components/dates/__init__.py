"""German dates, times, durations and repetitions -> TIMEX3 types with ISO 8601 values.

>>> [(s.type, s.value) for s in find("Vom 02. – 03.09.2019 tagt der Rat.", "2019-08-20")]
[('DATE', '2019-09-02/2019-09-03')]

`scan` finds and reads expressions by the rules of patterns/dates_*.toml, the makers turn each reading into a
value, `context` says where an incomplete one lies, `join` puts ranges and day + time together. Linear time.
"""

from pipeline.extract.components.dates.calendar import is_value
from pipeline.extract.components.dates.join import find
from pipeline.extract.components.dates.span import DateSpan

__all__ = ["DateSpan", "find", "is_value"]
