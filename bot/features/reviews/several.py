"""Several ratings in one line: asked about as one list, and saved as reviews of one film each."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.films import Film
from bot.domain.ratings import HalfStars, show_rating
from bot.domain.visibility import Visibility
from bot.features.reviews.commands import RateSeveralCommand, ReviewCommand
from bot.features.reviews.writing import write
from bot.features.talk.commands import Manner, SmallTalkCommand, TakeBackCommand
from bot.lookup.films import Found, look_up, reference
from bot.messages.replies import Action, Actions, Button, Field, Fields, Paragraph, Reply, Style
from bot.messages.spans import Plain
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def rate_several(command: RateSeveralCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask whether the films and their ratings are right, then save each."""
    if len(command.films) != len(command.half_stars):
        raise UsageError("Give each film its own rating, such as: Alien 5, Heat 4.")
    films: list[tuple[Film, HalfStars]] = []
    unclear: list[tuple[str, HalfStars]] = []
    for typed, half_stars in zip(command.films, command.half_stars, strict=True):
        found = await look_up(typed, context, work, guess=True)
        if isinstance(found, Found):
            films.append((found.film, half_stars))
        else:
            unclear.append((typed, half_stars))
    scale = context.member.scale
    lines = [(film.label, show_rating(half_stars, scale)) for film, half_stars in films]
    if not command.confirm:
        for film, half_stars in films:
            rated = ReviewCommand(reference(film), half_stars, private=command.private)
            await write(rated, context, work)
        actions: list[Action] = [Button("Take one back", TakeBackCommand())]
        return _listed(f"Saved {len(films)} ratings:", lines, actions)
    known = replace(
        command,
        films=tuple(reference(film) for film, _ in films),
        half_stars=tuple(half_stars for _, half_stars in films),
        confirm=False,
    )
    actions = (
        [
            Button("Only for me" if command.private else "Save", known, Style.PRIMARY),
            Button("For the club", replace(known, private=False))
            if command.private
            else Button("Only for me", replace(known, private=True)),
            Button("Drop it", SmallTalkCommand(Manner.NO)),
        ]
        if films
        else []
    )
    actions += [
        Button(f"Which “{typed}”?", ReviewCommand(typed, half_stars))
        for typed, half_stars in unclear
    ]
    return replace(_listed("Save these ratings?", lines, actions), asks=True)


def _listed(head: str, lines: Sequence[tuple[str, str]], actions: Sequence[Action]) -> Reply:
    rated = Fields(tuple(Field(label, (Plain(stars),)) for label, stars in lines))
    summary = "; ".join(f"{label} {stars}" for label, stars in lines)
    blocks = (Paragraph((Plain(head),)), rated, Actions(tuple(actions)))
    return Reply(blocks, f"{head} {summary}", Visibility.ONLY_YOU)
