"""Picture of a night's ratings: what each guest gave the film, beside their predicted rating."""

from collections.abc import Sequence
from statistics import fmean
from zoneinfo import ZoneInfo

from bot.domain.nights import NightGuest
from bot.features.nights.counting.polls import coming
from bot.features.nights.showing.view import NightView
from bot.messages.phrases import joined
from bot.messages.plain_text import long_day
from bot.views import drawing
from bot.views.drawing import MARGIN, WIDTH

MOST = 7
"""Most members on the picture."""

_LEFT, _REACH = MARGIN + 290.0, WIDTH - 2 * MARGIN - 290.0 - 170.0


def rated_by(view: NightView) -> list[NightGuest]:
    """Return the guests who rated the film, the highest rating first."""
    rated = [each for each in coming(view.guests) if each.rating is not None]
    return sorted(rated, key=lambda each: (-(each.rating or 0), view.name(each.member_id)))


def reveal_card(view: NightView, rated: Sequence[NightGuest]) -> str:
    """Draw the ratings of a night, as SVG."""
    film = view.film.label if view.film else "A film"
    mean = fmean(each.rating or 0 for each in rated)
    day = long_day(view.night.starts_at.astimezone(ZoneInfo(view.club.zone)).date())
    told = f"{mean / 2:.1f} of 5 on the night; the thin mark is what I expected"
    if len(rated) > MOST:
        told += f"; {MOST} of {len(rated)} who rated it"
    parts = drawing.heading(f"{view.club.name or 'Film night'} · {day}", film, below=told)
    for number, each in enumerate(rated[:MOST]):
        y = 290 + number * 46
        parts += [
            drawing.text(MARGIN, y, view.name(each.member_id), 30, room=280),
            drawing.box(_LEFT, y - 17, _REACH, 14, colour="hair", opacity=0.5),
            drawing.box(_LEFT, y - 17, _REACH * (each.rating or 0) / 10, 14),
            drawing.stars(WIDTH - MARGIN, y - 10, each.rating or 0, 24, end=True),
        ]
        if each.expected is not None:
            at = _LEFT + _REACH * each.expected / 10
            parts.append(drawing.line(at, y - 24, at, y + 4, colour="ink", width=2.5))
    return drawing.picture(parts, reveal_alt(view, rated))


def reveal_alt(view: NightView, rated: Sequence[NightGuest]) -> str:
    """Describe the picture."""
    film = view.film.label if view.film else "the film"
    told = joined([f"{view.name(each.member_id)} {(each.rating or 0) / 2:g}" for each in rated])
    return f"{film} on the night, of 5 stars: {told}."
