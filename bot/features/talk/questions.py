"""Questions back: what a line means that nothing, or several things, could be made of."""

from dataclasses import replace

from bot.domain.films.film import Film, film_label
from bot.domain.words.text import one_line
from bot.features.films.commands import FilmCommand
from bot.features.picks.commands import LovedFilmsCommand, MarkTitleCommand
from bot.features.reviews.commands import RateCommand, ReviewCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.features.talk.small_talk import offers
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.phrases import said, titled
from bot.messages.replies import Action, Button, Form, Reply, Style
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference

_LOVED = "Shall I note these as films you love, and pick by them? Or is it about one of them?"

_SHOWN = 60
"""Characters of a line that a question or a button repeats."""


async def unclear(command: UnclearCommand, context: Context, _: UnitOfWork) -> Reply:
    """Ask what is meant, in one question: the likely command, a film, or picks."""
    meant = _meant(command, context)
    if meant is not None:
        actions: tuple[Action, ...] = (Button("Yes", meant, Style.PRIMARY), *offers()[-1:])
        context.ask_about(meant)
        likely = said("Did you mean ", Usage(meant), "?", actions=actions, asks=True)
        return replace(likely, aside=True)
    line = one_line(command.line, _SHOWN)
    actions = offers(command.mood)
    if command.title:
        look = Button(f"Look for “{one_line(command.title, 40)}”", FilmCommand(command.title))
        actions = (look, *actions)
    elif len(command.line) > 15:
        kept = ReviewCommand(text=command.line)
        write = Form("It is a review", kept, ("film", "rating", "text", "spoiler", "private"))
        actions = (*actions[:-1], write, actions[-1])
    asked = "Shall I pick something?" if not command.mood else f"Shall I pick for “{line}”?"
    if command.chat:
        asked = "That sounds like a word among you, so I leave it be. Shall I pick something?"
    else:
        asked = f"I'm not sure what you mean. {asked}"
    told = said(asked, actions=actions, asks=True)
    return replace(told, aside=True)


def _meant(command: UnclearCommand, context: Context) -> Command | None:
    found = action_of(command.meant, context.commands) if command.meant else None
    return found if isinstance(found, Command) else None


def title_label(typed: str, context: Context) -> str:
    """Label a button by a typed title: with the film's year where only one film is called so."""
    only = context.titles.resolve(typed).only
    return one_line(film_label(only.title, only.year) if only else typed, 70)


async def ask_about_film(command: AskAboutFilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask what the member wants with the film that they named, or which of several is meant."""
    if command.others:
        named_films = (command.film, *command.others)
        buttons = [
            Button(title_label(each, context), AskAboutFilmCommand(each)) for each in named_films
        ]
        if command.loved:
            loved = LovedFilmsCommand(*named_films)
            buttons.insert(0, Button("I love them: pick by these", loved, Style.PRIMARY))
        question = _LOVED if command.sure else "Which film is it about?"
        return replace(said(question, actions=buttons), asks=True, aside=True)
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    named = reference(found.film)
    if command.loved:
        return _ask_to_pick_by(found.film)
    actions = (
        Button("Show it", ReviewCommand(named)),
        Button("Watchlist", WatchlistCommand("add", named)),
        Button("Seen it", MarkTitleCommand(named, "seen")),
        Button("Rate it", RateCommand(named)),
    )
    asked = said("What would you like to do with ", titled(found.film), "?", actions=actions)
    return replace(asked, asks=True, aside=True)


def _ask_to_pick_by(film: Film) -> Reply:
    """Ask whether picks shall go by a film that the member says they love."""
    named = reference(film)
    actions = (
        Button("I love it: pick by it", LovedFilmsCommand(named), Style.PRIMARY),
        Button("Rate it", RateCommand(named)),
        Button("Show it", ReviewCommand(named)),
    )
    asked = said("Shall I note ", titled(film), " as a film you love?", actions=actions)
    return replace(asked, asks=True, aside=True)
