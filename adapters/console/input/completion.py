"""Tab completion: commands, the words of their grammars, and film titles."""

import re
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.messages.commands import Command, Kind
from bot.registry import COMMANDS, TYPED

Suggest = Callable[[str, int], list[str]]
"""Completes the beginning of a title with labels of films, at most so many."""

MOST_FILMS = 8

_TERMINAL_COMMANDS = (("as", "let another member speak"), ("quit", "leave"))
_CLAUSES = {
    "review": ("--spoiler", "--private", "--rewatch", "--dnf", "--on", "file:"),
    "recommend": ("like", "with", "everyone", "more", "less", "under", "from", "watchlist"),
    "remind": ("in", "before", "here", "dm", "list"),
}
"""Words of the three free grammars; other commands complete their options' names and choices."""

_TITLE_AFTER = re.compile(
    r"(?:^|.*\s)(?:like|add|remove)\s+(?P<title>.*)", re.IGNORECASE | re.DOTALL
)


class FunctionCompleter(Completer):
    """Completer that passes the text before the cursor to a function."""

    def __init__(self, complete: Callable[[str], Iterator[Completion]]) -> None:
        """Complete by `complete`."""
        self._complete = complete

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield completions of the text before the cursor."""
        del complete_event
        yield from self._complete(document.text_before_cursor)


def line_completer(suggest: Suggest) -> Completer:
    """Complete a typed line."""
    return FunctionCompleter(lambda typed: _line(typed, suggest))


def film_completer(suggest: Suggest) -> Completer:
    """Complete a film's title alone, as a form's field takes it."""
    return FunctionCompleter(lambda typed: _completions(typed, suggest(typed, MOST_FILMS)))


def _line(typed: str, suggest: Suggest) -> Iterator[Completion]:
    if not typed.startswith("/") or "\n" in typed:
        return
    name, space, rest = typed[1:].partition(" ")
    if not space:
        yield from _commands(name)
        return
    spec = COMMANDS.get(name.lower())
    if spec is None or not spec.typed:
        return
    yield from _starting_with(rest.rsplit(maxsplit=1)[-1:], rest, grammar_words(spec))
    if any(each.kind is Kind.FILM for each in spec.options()):
        yield from _films(rest, suggest)


def grammar_words(spec: type[Command]) -> tuple[str, ...]:
    """List the words of a command's grammar."""
    if spec.name == "help":
        return tuple(each.name for each in TYPED)
    choices = tuple(choice for each in spec.options() for choice in each.choices)
    if spec.name in _CLAUSES:
        return _CLAUSES[spec.name] + choices
    names = (each.name for each in spec.options() if each.kind not in {Kind.FILM, Kind.MEMBERS})
    return (*names, *choices)


def _commands(typed: str) -> Iterator[Completion]:
    known = [(each.name, each.help()) for each in TYPED]
    for name, help_ in (*known, *_TERMINAL_COMMANDS):
        if name.startswith(typed.lower()) and name != typed.lower():
            yield Completion(name, -len(typed), display=f"/{name}", display_meta=help_)


def _starting_with(last: list[str], rest: str, known: Iterable[str]) -> Iterator[Completion]:
    """Yield words that begin with the last one typed; none while it is empty."""
    typed = last[0].lower() if last and not rest[-1:].isspace() else ""
    for word in known:
        if typed and word.startswith(typed) and word != typed:
            yield Completion(word, -len(typed))


def _films(rest: str, suggest: Suggest) -> Iterator[Completion]:
    """Complete films by the longest end of the line that may be a title's beginning."""
    after = _TITLE_AFTER.fullmatch(rest)
    typed = (after["title"] if after else rest).lstrip()
    for part in dict.fromkeys((typed, typed.rpartition(",")[2].lstrip())):
        found = suggest(part, MOST_FILMS) if part else []
        if found:
            yield from _completions(part, found)
            return


def _completions(typed: str, found: Iterable[str]) -> Iterator[Completion]:
    return (Completion(label, -len(typed)) for label in found)
