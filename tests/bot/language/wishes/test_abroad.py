"""Wishes in German, French, Spanish, Italian and Portuguese."""

import pytest

from tests.bot.language.wishes.headings import check_heading
from tests.support import Room

HEADINGS = [
    ("ein kurzer animationsfilm für kinder", "Short animated films for the kids"),
    ("une comédie française", "French comedies"),
    ("film francesi degli anni sessanta", "French films from the 1960s"),
    ("una de vaqueros", "Westerns"),
    ("ein langer historienfilm", "Long historical films"),
    ("etwas trauriges über den krieg", "Sad war films"),
    ("ein alter krimi", "Old crime films"),
    ("ein spionagefilm aus den siebzigern", "Spy films from the 1970s"),
    ("un film court et drôle", "Short and funny films"),
    ("la nouvelle vague", "Films of the French New Wave"),
    ("un film sur l'amitié entre femmes", "Films about female friendship"),
    ("un film sur la guerre, mais pas trop violent", "War films, not violent"),
    ("une comédie québécoise", "Canadian comedies"),
    ("una película de superhéroes que no sea de marvel", "Superhero films, no Marvel films"),
    ("un thriller psicológico", "Psychological thrillers"),
    ("algo en el mar", "Films at sea"),
    ("film italiani dopo il 2010", "Italian films since 2011"),
    ("una storia d'amore che finisce bene", "Love stories with a happy ending"),
    ("un film di zombie", "Zombie films"),
    ("filme sobre um roubo", "Heist films"),
    ("um faroeste", "Westerns"),
]


@pytest.mark.parametrize(("typed", "heading"), HEADINGS)
async def test_the_heading_says_the_wish(typed: str, heading: str, room: Room) -> None:
    await check_heading(typed, heading, room)
