"""What people do in films, said after their names: `whatever kaufman wrote`, `alec guinness, that sort of thing`."""

from collections.abc import Mapping

from bot.domain.words.templates import Templates

DIRECTOR, CAST, AUTHOR, WRITER = ("director",), ("cast",), ("author",), ("writer",)
BOTH = (*DIRECTOR, *CAST)
ANY = (*BOTH, *AUTHOR)

_SAID = Templates("bot.language.wishes.people", "people.toml")
_ROLES: Mapping[str, tuple[str, ...]] = {
    "wrote": (*WRITER, *DIRECTOR, *AUTHOR),
    "directed": DIRECTOR,
    "appeared": CAST,
}
"""The forms of what people do, and the roles that each stands for."""


def role_after(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Return what somebody is said to do after their name, and where that ends."""
    found = ((roles, _SAID[form].match(text, at)) for form, roles in _ROLES.items())
    return next(((roles, match.end()) for roles, match in found if match), None)


def example_after(text: str, at: int) -> int | None:
    """Return where words end by which the name before them is but an example."""
    found = _SAID["for_example"].match(text, at)
    return found.end() if found else None
