"""What a phrase of plain talk asks for: its slots, read as films, titles and members."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue.titles.index import TitleIndex
from bot.intake.plain_talk.meanings.reminders import PRONOUN
from bot.intake.plain_talk.titles import NO_TITLES, named
from bot.language.grammar.reading import Reading

_NOBODY = NO_TITLES | frozenset(
    """you u your ours anyone anybody someone somebody people folks others everyone everybody latest new recent last
    next first best top critics critic user users member film movie ur whose who long short full much many bad
    honest both other""".split()
)
"""Words that are never a member's name."""

_OF_A_FILM = frozenset(
    {
        "own review",
        "member review",
        "film",
        "series",
        "where to watch",
        "seen",
        "take back film",
        "changed rating",
    }
)
"""Meanings whose words ask for a film: `have i seen airplane` wishes for no films about flying."""

_TAKES_VERBS, _VERBS = frozenset({"never", "list add"}), frozenset({"saw"})
"""Meanings of which a verb is the film: `never suggest saw`."""


@dataclass(frozen=True, slots=True)
class AskedPhrase:
    """A phrase that fits, with what its words are read with."""

    slots: Mapping[str, str]
    reading: Reading
    titles: TitleIndex
    topic: str
    means: str

    @property
    def film(self) -> str | None:
        """The title in the slot for a known film; None where it is none."""
        typed = self.slots.get("film")
        if typed is None:
            return None
        if self.means in _TAKES_VERBS and typed.lower() in _VERBS and self.titles.is_title(typed):
            return typed
        if (
            self.means in _OF_A_FILM
            and self.titles.is_title(typed)
            and typed.lower() not in NO_TITLES
        ):
            return typed
        return named(typed, self.titles)

    @property
    def title(self) -> str:
        """The title in either slot, known or not; empty where only a pronoun stands."""
        typed = self.slots.get("title") or self.slots.get("film") or ""
        if (known := named(typed, self.titles)) is not None:
            return known
        return "" if PRONOUN.fullmatch(typed) else typed.strip(' .,!?"“”')

    @property
    def member(self) -> str:
        """The name in the slot for a member; empty for a word that is none."""
        name = self.slots.get("member", "")
        return "" if name.lower() in _NOBODY or not re.search(r"[^\W\d_]", name) else name
