"""Forms filled in one line: `1 rating=4/5 text=So tender`."""

import re

from bot.domain.errors import UsageError
from bot.language.grammar.forms import questions
from bot.messages.replies import Form


def values_in(form: Form, rest: str, key: str) -> dict[str, str]:
    """Read `name=value name=value` by field; the last value runs to the end. Raises UsageError."""
    pattern = "|".join(re.escape(each) for each in form.fields)
    starts = list(re.finditer(rf"(?:^|(?<=\s))({pattern})\s*=", rest)) if pattern else []
    if not starts or starts[0].start() > 0:
        example = " ".join(f"{each.name}=…" for each in questions(form))
        raise UsageError(f"Give what it asks for after its number: {key} {example}")
    ends = [each.start() for each in starts[1:]] + [len(rest)]
    pairs = zip(starts, ends, strict=True)
    return {start[1]: rest[start.end() : end].strip() for start, end in pairs}
