"""What people do in films, said after their names: `whatever kaufman wrote`, `alec guinness, that sort of thing`."""

import re
from collections.abc import Mapping

DIRECTOR, CAST, AUTHOR, WRITER = ("director",), ("cast",), ("author",), ("writer",)
BOTH = (*DIRECTOR, *CAST)
ANY = (*BOTH, *AUTHOR)

_DOES: Mapping[str, tuple[str, ...]] = {
    r"wr(?:ote|ites?|itten)|scripted|scripts|penned|['’]s\s+(?:scripts|screenplays|writing)": (
        *WRITER,
        *DIRECTOR,
        *AUTHOR,
    ),
    r"direct(?:ed|s)?": DIRECTOR,
    r"(?:(?:stars?|starred|acts?|acted|appear(?:s|ed)?|plays?|played|is|was)(?:\s+(?:only|also|just))?\s+in)"
    r"|(?:is|was)\s+the\s+lead(?:\s+in)?": CAST,
}
_AFTER = {
    roles: re.compile(
        rf"(?:\s+(?:has|have|had|ever|also|himself|herself|actually|only|just|really))*\s*(?:{verb})(?!\w|\s+by(?!\w))"
        r"(?:,?\s+(?:(?:and|but)\s+)?(?:not|rather\s+than|instead\s+of)\s+(?:(?:just|only|merely|also|those)\s+)*"
        r"(?:starr(?:ed|ing)|act(?:ed|ing)|appear(?:ed|ing)|wrote|produc(?:ed|ing)|direct(?:ed|ing)|is|was|stars|acts)(?:\s+in)?(?!\w))?",
        re.IGNORECASE,
    )
    for verb, roles in _DOES.items()
}
_EXAMPLE = re.compile(
    r"[\s,]+(?:or\s+|and\s+)?(?:(?:that|this)\s+(?:sort|kind|type)\s+of\s+(?:thing|stuff|films?|movies?|vibe)|(?:that|this)\s+sort|(?:and\s+)?(?:the\s+like|so\s+on|such)"
    r"|or\s+(?:similar|so)|similar|etc|(?:kind|sort|type)\s+of\s+(?:thing|stuff|vibe)|(?:kinda|sorta|type)\s+(?:thing|stuff|vibes?)|vibes?|energy|era|style)(?!\w)",
    re.IGNORECASE,
)


def role_after(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Return what somebody is said to do after their name, and where that ends."""
    found = ((roles, form.match(text, at)) for roles, form in _AFTER.items())
    return next(((roles, match.end()) for roles, match in found if match), None)


def example_after(text: str, at: int) -> int | None:
    """Return where words end by which the name before them is but an example."""
    found = _EXAMPLE.match(text, at)
    return found.end() if found else None
