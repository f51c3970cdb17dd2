"""What a line means given the club's members: their names need no @."""

import re
from dataclasses import replace

from bot.domain.clubs.club import Member
from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.features.figures.commands import MatchCommand
from bot.features.memory.commands import AskCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import EVERYONE, Leaning, ReviewCommand, ReviewsCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.in_context.titled import Read
from bot.intake.plain_talk.meanings.own_terms import two_others
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.picks import asked_in
from bot.intake.plain_talk.tidying import tidied
from bot.intake.plain_talk.titles import named
from bot.language.wishes.reading.wishes import says_something
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_SAID = Templates("bot.intake.plain_talk.in_context", "members.toml")
_WOULD_LIKE = (
    r"(?:would|might|could|will)\s+(?:both\s+|all\s+|also\s+|really\s+)*(?:like|love|enjoy)"
)
_WOULD = lazy_pattern(rf"(?<!\w){_WOULD_LIKE}(?!\w)", re.IGNORECASE)
_TRIGGER = lazy_pattern(
    r"(?<!\w)(?:for|with|and|would|might|should|shall|can|could|to|of|by|tell)(?!\w)|&",
    re.IGNORECASE,
)
_ME = r"(?:me|i|myself|us)"
_AND = r"\s*(?:,|&|\+|\band\b)\s*(?:and\s+)?"


async def with_members(
    command: Command, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Return what a command that was typed as this line means, given the members' names."""
    if isinstance(command, ReviewsCommand):
        return await _reviews_by(command, context, work)
    if isinstance(command, AskCommand):
        return _loved_by(command, read)
    if not (_may_name_members(command, line) and _TRIGGER.search(line)):
        return command
    members = {each.name.casefold(): each for each in await work.members.all()}
    names = "|".join(sorted(map(re.escape, members), key=len, reverse=True))
    if not names:
        return command
    who = rf"@?(?:{names})(?![\w@])"
    if isinstance(command, RecommendCommand) and re.fullmatch(
        rf"(?:{who}|{_ME})(?:{_AND}(?:{who}|{_ME}))+", command.mood, re.IGNORECASE
    ):
        return replace(command, mood="", members=_others(command.mood, who, members, context))
    said = tidied(line)
    if found := _agreement(who).fullmatch(said):
        return _match(found, members, context)
    if found := _best(who).fullmatch(said):
        leaning = Leaning.DISLIKED if found["worst"] else Leaning.LIKED
        return ReviewsCommand(
            member=members[found["who"].lstrip("@").casefold()].name, leaning=leaning
        )
    if found := _passed_on(who).fullmatch(said):
        _check_is_no_errand(found, context)
    return _picks_for(line, who, members, read, context) or command


def _may_name_members(command: Command, line: str) -> bool:
    """Tell whether a line may name members that its command does not have yet."""
    if isinstance(command, RecommendCommand) and command.members:
        return _WOULD.search(line[:LONGEST]) is not None
    return isinstance(command, RecommendCommand | UnclearCommand | AskAboutFilmCommand)


async def _reviews_by(
    command: ReviewsCommand, context: Context, work: UnitOfWork
) -> ReviewsCommand:
    """Read `/reviews ana` as hers, where no film is called so, and `/reviews everyone` as the club's."""
    if command.film.strip().casefold() == EVERYONE:
        return replace(command, film="", member=EVERYONE)
    if not command.film or command.member or context.titles.is_title(command.film):
        return command
    found = await work.members.named(command.film.strip().lstrip("@"))
    return replace(command, film="", member=found.name) if found else command


def _loved_by(command: AskCommand, read: Read) -> Command:
    """Read `which films did june love` as all of them: it asks for ratings, not for what was written."""
    try:
        asked = read(command.question)
    except UsageError:
        return command
    loved = isinstance(asked, ReviewsCommand) and asked.member and asked.leaning
    return asked if loved else command


def _agreement(who: str) -> re.Pattern[str]:
    one, other = rf"(?P<one>{who}|{_ME})", rf"(?P<other>{who}|{_ME})"
    return re.compile(
        rf"(?:on\s+)?(?:what|which\s+films?|do|does|how|where)?(?:\s+(?:films?|do|does|much|often))*\s*{one}\s+(?:and|&)\s+{other}\s+"
        r"(?:(?:mostly|really|always|ever)\s+)?(?:agree|disagree|differ|have\s+in\s+common|argue)(?:\s+(?:on|about|over|most|the\s+most))*",
        re.IGNORECASE,
    )


def _best(who: str) -> re.Pattern[str]:
    """Return the form of what a member rated best: `what's the best film of ana`."""
    return re.compile(
        rf"(?:(?:what(?:['’]?s|\s+is|\s+are)|which\s+(?:is|are)|show(?:\s+me)?)\s+)?(?:the\s+)?(?:(?P<worst>worst|least\s+favou?rite|lowest)|best|top|favou?rite|highest)"
        rf"(?:[\s-]+rated)?(?:\s+\w+)?\s+(?:films?|movies?)\s+(?:of|for|by|according\s+to)\s+(?P<who>{who})",
        re.IGNORECASE,
    )


def _passed_on(who: str) -> re.Pattern[str]:
    """Return the form of what is to be passed on to a member: `recommend heat to ana`."""
    return re.compile(
        rf"(?:recommend|suggest|show|send|pass|forward|give)\s+(?P<film>\S.{{0,80}}?)\s+to\s+(?P<who>{who})"
        rf"|(?:tell|remind|ask)\s+(?P<told>{who})\s+(?:to\s+(?:watch|see)|about|of)\s+(?P<of>\S.{{0,80}})",
        re.IGNORECASE,
    )


def _check_is_no_errand(found: re.Match[str], context: Context) -> None:
    """Refuse to pass a film on to a member: nobody is written to for another."""
    film = named(found["film"] or found["of"], context.titles)
    if film is None:
        return
    name = (found["who"] or found["told"]).lstrip("@")
    raise UsageError(
        f"I write to nobody for another. Show {name} the film here with ",
        Usage(ReviewCommand(film)),
        ", or see what you both want to watch: ",
        Usage(WatchlistCommand("overlap", members=(name,))),
        ".",
    )


def _match(found: re.Match[str], members: dict[str, Member], context: Context) -> Command:
    """Compare the member with another; two others are not compared."""
    names = [found[each].lstrip("@").casefold() for each in ("one", "other")]
    others = [
        members[each]
        for each in names
        if each in members and members[each].member_id != context.member.member_id
    ]
    if len(others) == 1:
        return MatchCommand(others[0].name)
    return two_others(others[0].name) if others else two_others()


def _picks_for(
    line: str,
    who: str,
    members: dict[str, Member],
    read: Read,
    context: Context,
) -> Command | None:
    """Read picks for members who are named: `comedies for me and june`, `what would june like`."""
    liking = re.compile(
        rf"(?:and\s+|so\s+)?(?:what|which\s+films?|what\s+films?)\s+(?:would|might|could|will|should|can|shall|do)\s+(?P<names>(?:{_ME}{_AND})?{who}(?:{_AND}(?:{who}|{_ME}))*)"
        r"\s+(?:probably\s+|also\s+|both\s+|all\s+)*(?:like|love|enjoy|watch|see)(?:\s+to\s+(?:see|watch))?(?:\s+(?:tonight|next|together))*",
        re.IGNORECASE,
    )
    listed = rf"(?:(?:{who}|{_ME}){_AND})*{who}(?:{_AND}(?:{who}|{_ME})(?![\w@]))*"
    would = re.compile(
        rf"(?<!\S)(?:that\s+|which\s+)?(?P<names>{listed})\s+{_WOULD_LIKE}(?:\s+(?:too|together))?(?!\w)",
        re.IGNORECASE,
    )
    clause = re.compile(rf"(?<!\S)(?:for|with)\s+(?P<names>{listed})\s*[:,]?(?!\w)", re.IGNORECASE)
    line = asked_in(line)
    found = (
        liking.fullmatch(line)
        or _wanting(who).match(line)
        or would.search(line[:LONGEST])
        or clause.search(line)
    )
    if found is None:
        return None
    others = _others(found["names"], who, members, context)
    left = f"{line[: found.start()].rstrip()} {line[found.end() :].lstrip(' ,:')}".strip()
    if found.re is liking or not says_something(left):
        return RecommendCommand(members=others)
    try:
        wish = read(left)
    except UsageError:
        return None
    return replace(wish, members=others) if isinstance(wish, RecommendCommand) else None


def _wanting(who: str) -> re.Pattern[str]:
    """Return the form of who wants something, the member among them: `me and june want something funny`."""
    together = rf"{_ME}{_AND}{who}(?:{_AND}{who})*|{who}(?:{_AND}{who})*{_AND}{_ME}"
    wants, watch = _SAID.words("wants"), _SAID.words("to_watch")
    return re.compile(rf"(?P<names>{together})\s+{wants}(?:\s+{watch})?\s+(?=\S)", re.IGNORECASE)


def _others(names: str, who: str, members: dict[str, Member], context: Context) -> tuple[str, ...]:
    """Return the members who are named, but for the one who names them."""
    found = (each[0].lstrip("@").casefold() for each in re.finditer(who, names, re.IGNORECASE))
    meant = [members[each] for each in found]
    return tuple(each.name for each in meant if each.member_id != context.member.member_id)
