"""Votes and nominations in plain talk, while a film night is open: `vote heat, not ran`, `how about Carol`."""

import re

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.nights import NOT_TONIGHT, Night, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import BallotCommand, NightCommand
from bot.features.nights.taking_part.voting import films_on_ballot, numbered
from bot.intake.plain_talk.asked_first import asked_first
from bot.intake.plain_talk.in_context.nights.asked import LIST_WORDS, NightTalk
from bot.intake.plain_talk.titles import listed, named
from bot.messages.commands import Command
from bot.request.context import Context
from bot.request.lookup.films import reference

_BUT_NOT = lazy_pattern(
    r"[\s,]+(?:(?:but|and)\s+)?(?:definitely\s+|please\s+)?not\s+", re.IGNORECASE
)
_AGAINST = lazy_pattern(r"(?:not|no|against|nothing|never|down)(?!\w)", re.IGNORECASE)
_NUMBERS = lazy_pattern(r"[\d\s,;/&]+(?:(?:and|or)[\d\s,;/&]+)*", re.IGNORECASE)


# Votes -------------------------------------------------------------------------------------------


async def vote(asked: NightTalk) -> Command | None:
    """Read a vote; one for a film that is not on the ballot is refused where it is given."""
    said = _ballot(asked)
    if asked.in_stage(Stage.VOTING) is None or _AGAINST.match(said):
        return None
    loved, _, against = said.partition("/")
    known = all(
        _NUMBERS.fullmatch(each)
        or named(each, asked.context.titles)
        or listed(each, asked.context.titles)
        for each in map(str.strip, (loved, against))
        if each
    )
    return NightCommand("vote", vote=said) if known or await _counted(asked, said) else None


async def rather(asked: NightTalk) -> Command | None:
    """Read a wish for films as a vote while one is open; else offer to nominate the film."""
    if asked.in_stage(Stage.VOTING):
        said = _ballot(asked)
        meant = asked.films() or await _counted(asked, said)
        return NightCommand("vote", vote=said) if meant else None
    return await suggest(asked)


def _ballot(asked: NightTalk) -> str:
    """Return what is voted for as it is typed after `/night vote`: `heat, not ran` is `heat / ran`."""
    said = LIST_WORDS.sub(", ", asked.slots.get("title", ""))
    return said if "/" in said else _BUT_NOT.sub(" / ", said, count=1)


async def _counted(asked: NightTalk, said: str) -> bool:
    """Tell whether every film of a vote is on the ballot."""
    night = asked.in_stage(Stage.VOTING)
    if night is None or _NUMBERS.fullmatch(said):
        return False
    try:
        numbered(said, await films_on_ballot(night, asked.work), asked.context)
    except UsageError:
        return False
    return True


async def against(asked: NightTalk) -> Command | None:
    """Read `not amelie` as a vote against it, or as a nomination that is taken back."""
    night = asked.in_stage(Stage.VOTING)
    if night is None:
        return await withdrawn(asked, "title")
    meant = _alike(asked.slots["title"], night, asked.context)
    return BallotCommand(night.night_id, NOT_TONIGHT, meant) if meant else None


async def corrected_vote(asked: NightTalk) -> Command | None:
    """Read `no wait, moonlight` as another vote, by who has voted already."""
    night = asked.in_stage(Stage.VOTING)
    if night is None or not _alike(asked.slots["title"], night, asked.context):
        return None
    me = asked.context.member.member_id
    guests = await asked.work.nights.guests([night.night_id])
    voted = any(each.ballot for each in guests if each.member_id == me)
    return NightCommand("vote", vote=asked.slots["title"]) if voted else None


def _alike(typed: str, night: Night, context: Context) -> FilmId | None:
    """Return the film on the ballot of a title, perhaps misspelt, but with no word more or less."""
    found, words = context.titles.resolve(typed), len(typed.split())
    near = [each for each in found.near if len(each.title.split()) == words]
    meant = [each.film_id for each in (*found.exact, *near)]
    return next((each for each in meant if each in night.films), None)


# Nominations -------------------------------------------------------------------------------------


async def nominate(asked: NightTalk) -> Command | None:
    films = asked.films()
    if not films:
        return None
    return NightCommand("nominate", films[0], others=films[1:])


async def suggest(asked: NightTalk) -> Command | None:
    """Offer to nominate a film that is only spoken of: `how about Heat`."""
    films = asked.films()
    if not films or asked.in_stage(Stage.NOMINATING) is None:
        return None
    return asked_first(asked.line, NightCommand("nominate", films[0], others=films[1:]))


async def withdrawn(asked: NightTalk, slot: str = "film") -> Command | None:
    mine = await _own_nomination(asked, slot)
    return NightCommand("withdraw", reference(mine)) if mine else None


async def swap(asked: NightTalk) -> Command | None:
    """Read `not paddington, i meant whiplash`: one nomination in the place of another, or a vote."""
    new = asked.film("said")
    if asked.in_stage(Stage.VOTING):
        said = f"{new} / {asked.slots['film']}"
        return NightCommand("vote", vote=said) if new and await _counted(asked, said) else None
    old = await _own_nomination(asked, "film")
    if old is None or not new:
        return None
    return NightCommand("nominate", new, instead=reference(old))


async def _own_nomination(asked: NightTalk, slot: str) -> Film | None:
    """Return the film of the title in a slot, where the member has nominated it."""
    if asked.in_stage(Stage.NOMINATING) is None or not (title := asked.film(slot)):
        return None
    me = asked.context.member.member_id
    mine = {each.film_id for each in await asked.work.nights.nominations() if each.member_id == me}
    found = asked.context.titles.resolve(title)
    meant = [each.film_id for each in (*found.exact, *found.near) if each.film_id in mine]
    return await asked.work.films.get(FilmId(meant[0])) if meant else None
