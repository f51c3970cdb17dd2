"""Where a time stands at the end of a line: `on friday at 18:00`, `tomorrow`, `in two weeks`, `2d`.

The words are only found here; `bot.grammar.wall_times` reads what they mean.
"""

import re

_CLOCK = r"(?:\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|noon|midnight)"
_AT = rf"(?:,?\s+(?:at\s+)?{_CLOCK})?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:(?:next|this)\s+)?(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|"
    r"fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))"
)
_COUNT = r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_NAMED = rf"(?:today|tomorrow|tonight|next\s+(?:week|month)){_AT}"
_MARKED = rf"(?:on\s+(?:{_WEEKDAY}|{_DATE}|tomorrow){_AT}|at\s+{_CLOCK}|in\s+{_COUNT}\s+(?:minute|hour|day|week|month)s?)"
_LENGTH = r"(?:\d{1,4}|an?|one)\s?(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)"

MARKED_TIME = re.compile(rf"(?:^|(?<=\s)){_MARKED}$", re.IGNORECASE)
"""A time that a word of its own announces."""

NAMED_TIME = re.compile(rf"(?:^|(?<=\s)){_NAMED}$", re.IGNORECASE)
"""A time that might as well end a title."""

PUT_OFF = re.compile(
    rf"(?P<which>.+?)\s+(?:(?:for|by|until|till|to)\s+)?"
    rf"(?P<until>{_LENGTH}|{_MARKED}|{_NAMED}|(?:{_WEEKDAY}|{_DATE}){_AT}|{_CLOCK})",
    re.IGNORECASE | re.DOTALL,
)
"""What is put off, and for how long or until when."""
