"""Phrases and small spans that replies of several features share."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.clubs.club import Member, Roster
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.films.reminders import Reminder
from bot.domain.ids import MemberId
from bot.domain.regions import country
from bot.domain.reviews.ratings import Scale, show_rating
from bot.domain.reviews.review import Review
from bot.domain.words.spoilers import split_spoilers, unmarked
from bot.messages.commands import Command
from bot.messages.plain_text import long_day, plain
from bot.messages.replies import Action, Actions, Block, Button, Footnote, Paragraph, Reply
from bot.messages.spans import Day, Link, Mention, Plain, Span, Spoiler, Strong
from bot.messages.visibility import Visibility

_IN = {
    ReleaseKind.PREMIERE: "premiere",
    ReleaseKind.LIMITED: "cinemas (limited)",
    ReleaseKind.CINEMA: "cinemas",
    ReleaseKind.DIGITAL: "digital",
    ReleaseKind.PHYSICAL: "disc",
    ReleaseKind.TV: "television",
}


def joined(names: Sequence[str], last: str = "and") -> str:
    """Join names with commas and an "and": `Ana, Ben and Cleo`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(number: int, noun: str, several: str = "") -> str:
    """Count a noun: `1 review`, `3 reviews`; `several`: its plural where that is irregular."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or noun + 's'}"


def titled(film: Film) -> Span:
    """Return a film's label in bold."""
    return Strong((Plain(film.label),))


def release_place(region: str, kind: ReleaseKind) -> str:
    """Return a release's place: `UK cinemas`, `US digital`."""
    return f"{country(region)} {_IN[kind]}"


def reminder_place(reminder: Reminder) -> str:
    """Return where a reminder will be sent."""
    return "in a direct message" if reminder.direct else "in this channel"


def lead_words(lead: timedelta) -> str:
    """Write a length of time: `2 days`, `3 hours`."""
    minutes = round(lead.total_seconds() / 60)
    for noun, size in (("week", 10080), ("day", 1440), ("hour", 60)):
        if minutes >= size and minutes % size == 0:
            return counted(minutes // size, noun)
    return counted(minutes, "minute")


def release_line(release: Release) -> tuple[Span, ...]:
    """Return when and where a film comes out: `UK cinemas: 26 January 2024`."""
    return (Plain(f"{release_place(release.region, release.kind)}: "), Day(release.day))


def folded(text: str, *, whole: bool = False, fold: bool = True) -> tuple[Span, ...]:
    """Return what somebody wrote with its spoilers folded, or folded `whole`; readable without `fold`."""
    if not text:
        return ()
    if not fold:
        return (Plain(unmarked(text)),)
    if whole:
        return (Spoiler((Plain(unmarked(text)),)),)
    return tuple(
        Spoiler((Plain(piece),)) if hidden else Plain(piece)
        for piece, hidden in split_spoilers(text)
    )


def review_spans(review: Review, *, fold: bool = True) -> tuple[Span, ...]:
    """Return a review's text with its spoilers folded, or folded whole if it is all a spoiler.

    Without `fold`, for clubs that switched folding off, everything is readable.
    """
    return folded(review.text, whole=review.spoiler, fold=fold)


def states(review: Review) -> list[str]:
    """Return the states of a viewing: did not finish, liked, rewatch, the day, private."""
    found: list[str] = []
    if review.abandoned:
        after = f" after {review.abandoned_after} min" if review.abandoned_after else ""
        found.append(f"did not finish{after}")
    if review.liked:
        found.append("liked")
    if review.rewatch:
        found.append("rewatch")
    if review.watched_on:
        found.append(f"seen {long_day(review.watched_on)}")
    if review.private:
        found.append("private")
    if review.hidden:
        found.append("hidden by a moderator")
    return found


def verdict(review: Review, scale: Scale) -> str:
    """Return a review's rating and states in a few words."""
    rating = [show_rating(review.rating, scale)] if review.rating else []
    return " · ".join(rating + states(review))


def heard(review: Review, roster: Roster, reader: MemberId | None = None) -> Review:
    """Return a review as `reader` may read it: without the words of somebody who is muted."""
    member = roster.get(review.member_id)
    if review.critic or member is None or not member.muted or reader == review.member_id:
        return review
    return replace(review, text="", page=None)


def origin(review: Review) -> tuple[Span, ...]:
    """Return a link to where a review that was followed from another service stands."""
    if not review.page:
        return ()
    return (Plain(" · "), Link(review.page, (Plain("on Letterboxd"),)))


def author(review: Review, roster: Roster) -> Span:
    """Return a review's author: a critic's name, or a mention of a member."""
    if review.critic:
        return Plain(review.critic)
    member = roster.get(review.member_id)
    return mention(member) if member else Plain("a former member")


def mention(member: Member) -> Mention:
    """Return a mention of a member."""
    return Mention(member.member_id, member.name)


def sharer(member: Member) -> Footnote:
    """Return the small print below what a member shows to all."""
    return Footnote((Plain("Shared by "), mention(member), Plain(".")))


def undo_button(command: Command) -> Button:
    """Return the button that takes back what its message tells."""
    return Button("Undo", command, settles=True)


OR_TYPE_IT = "Or type it: "
"""Words before what says the same as buttons do, for where one can type."""


def said(
    *spans: Span | str,
    actions: Iterable[Action] = (),
    visibility: Visibility = Visibility.ONLY_YOU,
    asks: bool = False,
) -> Reply:
    """Return a reply of one paragraph with actions; strings are plain text. `asks`: it is a question."""
    text = tuple(Plain(each) if isinstance(each, str) else each for each in spans)
    blocks: list[Block] = [Paragraph(text)]
    if buttons := tuple(actions):
        blocks.append(Actions(buttons))
    return Reply(tuple(blocks), plain(text), visibility, asks=asks)
