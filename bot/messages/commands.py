"""The base of all commands, and how a command declares what a person can give.

A command is a frozen dataclass in the room of its feature. Its fields made with `option` are what a
person can give; the others travel only inside buttons. New fields go last: buttons on old messages
name fields by their places.
"""

from collections.abc import Collection
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, TypedDict, Unpack

from bot.domain.words.text import storable
from bot.messages.visibility import Visibility


class Kind(StrEnum):
    """The kind of value an option holds; each platform offers the input that fits it."""

    FILM = "film"
    RATING = "rating"
    TEXT = "text"
    WORDS = "words"
    MEMBER = "member"
    MEMBERS = "members"
    REGION = "region"
    ZONE = "zone"
    DATE = "date"
    PAST_DATE = "past date"
    DURATION = "duration"
    CLOCK = "time of day"
    TIME = "time to come"
    CHANNEL = "channel"
    NUMBER = "number"
    YES_NO = "yes/no"
    CHOICE = "choice"
    FILE = "file"


class Permission(StrEnum):
    """The members who may give a command."""

    EVERYONE = "everyone"
    MODERATORS = "moderators"
    ADMINS = "admins"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """One option of a command, as its field declares it; `label`: as a form or an error calls it."""

    name: str
    kind: Kind
    help: str
    required: bool
    choices: tuple[str, ...]
    label: str


class Traits(TypedDict, total=False):
    """Traits of a command's class, given behind its base: `class RollCommand(Command, name="roll")`.

    `name` is what people type and what stored action ids carry: it never changes once released.
    One that `reads_only` never changes what is stored; others may say so of some values by `writes`.
    Of a command that is not `remembered`, the member's activity is not stored.
    One that is `opened_by` another has only buttons, on that one's answer; nobody types it.
    The answer to one that is `secret` holds a key, and is not stored: a repeat makes another one.
    `form_title`: the heading of its forms, where that is not the label of what opens them.
    """

    name: str
    opened_by: str
    visibility: Visibility
    permission: Permission
    reads_only: bool
    remembered: bool
    secret: bool
    form_title: str


@dataclass(frozen=True, slots=True)
class Command:
    """Base of all commands. The first line of a command's docstring is its help; `Traits` has the rest."""

    name: ClassVar[str]
    typed: ClassVar[bool] = True
    opened_by: ClassVar[str] = ""
    visibility: ClassVar[Visibility] = Visibility.ONLY_YOU
    permission: ClassVar[Permission] = Permission.EVERYONE
    reads_only: ClassVar[bool] = False
    remembered: ClassVar[bool] = True
    secret: ClassVar[bool] = False
    form_title: ClassVar[str] = ""

    def __init_subclass__(cls, **traits: Unpack[Traits]) -> None:
        """Set the traits of a command's class."""
        for trait, value in traits.items():
            setattr(cls, trait, value)
        cls.typed = not cls.opened_by

    @property
    def writes(self) -> bool:
        """Whether it may change what is stored; decides the kind of transaction."""
        return not self.reads_only

    def usage(self) -> tuple[str, str]:
        """Return the name and the arguments that a person types to give this very command."""
        given = [(each, text) for each, text in self.given() if text]
        if self.has_places():
            return self.name, " ".join(text for _, text in given)
        return self.name, " ".join(f"{each.name} {text}" for each, text in given)

    def given(self) -> tuple[tuple[OptionSpec, str], ...]:
        """Return the options that hold a value of their own, each as it is typed."""
        defaults = {each.name: each.default for each in fields(self)}
        return tuple(
            (each, _typed(each, getattr(self, each.name)))
            for each in self.options()
            if getattr(self, each.name) != defaults[each.name]
        )

    def answers(self, fields_: Collection[str]) -> bool:
        """Tell whether one of a form's fields holds an answer; a flag alone is none."""
        asked = set(fields_) - {"film"} or {"film"}
        defaults = {each.name: each.default for each in fields(self)}
        return any(
            getattr(self, name) not in (defaults[name], "") and not isinstance(defaults[name], bool)
            for name in asked & defaults.keys()
        )

    @classmethod
    def has_places(cls) -> bool:
        """Tell whether values are typed without names: one option is a film, or there is only one."""
        options = cls.options()
        return len(options) < 2 or any(each.kind is Kind.FILM for each in options)

    @classmethod
    def examples(cls) -> "tuple[Command, ...]":
        """Return commands that show what can be given; help and errors teach by them."""
        return (cls(),)

    @classmethod
    def help(cls) -> str:
        """Return the command's purpose in one sentence."""
        return (cls.__doc__ or "").split("\n", 1)[0]

    @classmethod
    def options(cls) -> tuple[OptionSpec, ...]:
        """Return the options a person can give, in order."""
        return tuple(
            OptionSpec(
                each.name.rstrip("_"),
                each.metadata["kind"],
                each.metadata["help"],
                each.default is MISSING,
                each.metadata["choices"],
                each.metadata["label"] or each.name.replace("_", " ").capitalize(),
            )
            for each in fields(cls)
            if each.metadata
        )


@dataclass(frozen=True, slots=True)
class Continuation:
    """Rest of a long command, to be executed in a transaction of its own, so that others get their turn.

    What was done so far is committed: the command has to find from what is stored where to go on. `done` of
    `total`: how far it is, for whoever waits.
    """

    command: Command
    done: int = 0
    total: int = 0


def option(
    kind: Kind,
    help_: str,
    default: Any = MISSING,  # noqa: ANN401 - likewise
    *,
    choices: tuple[str, ...] = (),
    label: str = "",
) -> Any:  # noqa: ANN401 - a field may be of any type, as with dataclasses.field
    """Declare a field that a person can give, with its one-line help.

    `label`: what forms call it, where its name alone says too little.
    """
    metadata = {"kind": kind, "help": help_, "choices": choices, "label": label}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def _typed(option_: OptionSpec, value: object) -> str:
    """Write one value as a person types it: members with an @, yes or no, several with commas."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            sign, joint = ("@", " ") if option_.kind is Kind.MEMBERS else ("", ", ")
            return joint.join(f"{sign}{each}" for each in value)
        case int() if option_.kind is Kind.RATING:
            return f"{value / 2:g}/5"
        case _ if option_.kind is Kind.MEMBER:
            return f"@{value}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 1440}d" if minutes % 1440 == 0 else f"{minutes}m"
    return str(value)


def with_storable_texts(command: Command) -> Command:
    """Return the command without what no database stores: NUL characters and lone surrogates."""
    texts: dict[str, Any] = {}
    for each in fields(command):
        match getattr(command, each.name):
            case str(text) if (clean := storable(text)) != text:
                texts[each.name] = clean
            case tuple(items) if any(isinstance(e, str) and storable(e) != e for e in items):
                texts[each.name] = tuple(storable(e) if isinstance(e, str) else e for e in items)
    return replace(command, **texts) if texts else command
