"""Commands of plain talk: what was said without asking for anything that can be done at once."""

from dataclasses import dataclass
from enum import StrEnum

from bot.messages.commands import Command


class Manner(StrEnum):
    """The manner of something said in passing."""

    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    SORRY = "sorry"
    YES = "yes"
    NO = "no"
    PRAISE = "praise"
    BLAME = "blame"
    REACTION = "reaction"
    LANGUAGE = "language"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class SmallTalkCommand(Command, name="small-talk", reads_only=True, opened_by="help"):
    """Answer something said in passing; `film`: the known title that it is, too, or that it is about."""

    manner: str
    film: str = ""


@dataclass(frozen=True, slots=True)
class UnclearCommand(Command, name="unclear", reads_only=True, opened_by="help"):
    """Ask what is meant by a line that nothing could be made of.

    `mood`: what of it may be a wish. `title`: what of it may be the title of an unknown film. `meant`: the
    action id of the command that was probably meant. `chat`: it tells the others something, and asks for no film.
    """

    line: str
    mood: str = ""
    title: str = ""
    meant: str = ""
    chat: bool = False


@dataclass(frozen=True, slots=True)
class AskAboutFilmCommand(Command, name="ask-film", reads_only=True, opened_by="film"):
    """Ask what is meant by a line that names a film and says nothing clear of it.

    `others`: further films that it names. `loved`: whether it may say of these, at most five, that the member loves
    them; `sure`: whether it does.
    """

    film: str = ""
    others: tuple[str, ...] = ()
    loved: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class TakeBackCommand(Command, name="take-back", reads_only=True, opened_by="review"):
    """Offer to take back what the member did last, or their review of one film.

    `other`: another film was meant than the last answer's.
    """

    film: str = ""
    other: bool = False
