"""Pictures of figures, as SVG: taste, match, year in review, canon."""

from collections.abc import Mapping, Sequence

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.counting.scores import CanonFilm, Divide, Standing
from bot.features.figures.counting.taste import Share, Taste
from bot.messages.phrases import counted, joined
from bot.views import drawing
from bot.views.drawing import MARGIN, WIDTH
from bot.views.taste_match import TasteMatch

_INNER = WIDTH - 2 * MARGIN
_MONTHS = "JFMAMJJASOND"


def taste_card(name: str, club: str, taste: Taste) -> str:
    """Draw a member's taste: mean ratings of genres and decades beside the club's, themes loved and minded."""
    half = (_INNER - 60) / 2
    right = MARGIN + half + 60
    told = f"{counted(taste.films, 'film')}, {taste.mean / 2:.1f} of 5 on average; the thin mark is the club's mean"
    parts = drawing.heading(club, f"{name}’s taste", below=told)
    parts += drawing.column(MARGIN, 258, "Genres", half, _shares(MARGIN, half, taste.genres[:5]))
    decades = sorted(taste.decades, key=lambda each: -each.films)[:5]
    decades.sort(key=lambda each: each.name)
    parts += drawing.column(right, 258, "Decades", half, _shares(right, half, decades))
    for number, (label, themes) in enumerate((("Loves", taste.loved), ("Minds", taste.minded))):
        if themes:
            y = 556 + number * 38
            names = joined([theme for theme, _ in themes[:4]])
            parts.append(drawing.text(MARGIN, y, label, 26, colour="accent", italic=True))
            parts.append(drawing.text(MARGIN + 84, y, names, 26, room=_INNER - 84))
    return drawing.picture(parts, taste_alt(name, taste))


def taste_alt(name: str, taste: Taste) -> str:
    """Describe a taste card."""
    genres = joined([f"{each.name} {each.mean / 2:.1f}" for each in taste.genres[:5]])
    loved = joined([each for each, _ in taste.loved[:4]])
    told = f"Taste of {name}: {genres} of 5 stars" if genres else f"Taste of {name}"
    return f"{told}; loves {loved}." if loved else f"{told}."


def _shares(x: float, width: float, shares: Sequence[Share]) -> list[str]:
    """Draw means of 5 stars as bars, each with a mark for the club's."""
    names, numbers = 180.0, 56.0
    reach = width - names - numbers
    parts = []
    for number, each in enumerate(shares):
        y = 310 + number * 44
        bar = x + names
        parts += [
            drawing.text(x, y, each.name, 26, room=names),
            drawing.box(bar, y - 17, reach, 14, colour="hair", opacity=0.5),
            drawing.box(bar, y - 17, reach * each.mean / 10, 14),
            drawing.line(
                bar + reach * each.club / 10, y - 22, bar + reach * each.club / 10, y + 2,
                colour="ink", width=2.5,
            ),
            drawing.text(x + width, y, f"{each.mean / 2:.1f}", 26, anchor="end"),
        ]  # fmt: skip
    return parts


def match_card(
    mine: str,
    theirs: str,
    club: str,
    match: TasteMatch,
    sides: tuple[Sequence[Film], Sequence[Film]],
) -> str:
    """Draw the agreement of two members with its interval, and the films on which they agree and differ."""
    found = match.agreement
    share = found.alike if found and found.alike is not None else 0.5
    low, high = (found.low, found.high) if found else (0.0, 1.0)
    told = f"from {counted(match.common, 'film')} that both rated"
    parts = drawing.heading(club, f"{mine} and {theirs}", below=told)
    parts.append(drawing.text(MARGIN, 330, f"{share:.0%}", 110))
    left, reach, y = MARGIN + 300, _INNER - 300, 298
    parts += [
        drawing.line(left, y, left + reach, y, width=3),
        drawing.line(left + reach * low, y, left + reach * high, y, colour="accent", width=9),
        drawing.box(left + reach * share - 3, y - 16, 6, 32, colour="ink"),
        drawing.text(left, y + 44, "never in one order", 22, colour="soft"),
        drawing.text(left + reach, y + 44, "always", 22, colour="soft", anchor="end"),
    ]
    half = (_INNER - 60) / 2
    for number, (title, films) in enumerate(
        zip(("They agree on", "They part over"), sides, strict=True)
    ):
        x = MARGIN + number * (half + 60)
        parts += drawing.column(x, 408, title, half, _pairs(x, half, films, match))
    return drawing.picture(parts, match_alt(mine, theirs, match, sides))


def match_alt(
    mine: str, theirs: str, match: TasteMatch, sides: tuple[Sequence[Film], Sequence[Film]]
) -> str:
    """Describe a match card."""
    found = match.agreement
    if found is None or found.alike is None:
        return f"{mine} and {theirs}: too few films in common to say."
    near, far = (joined([each.title for each in films]) for films in sides)
    told = f"{mine} and {theirs}: {found.alike:.0%} alike, between {found.low:.0%} and {found.high:.0%}"
    told += f"; agree on {near}" if near else ""
    return f"{told}; part over {far}." if far else f"{told}."


def _pairs(x: float, width: float, films: Sequence[Film], match: TasteMatch) -> list[str]:
    parts = []
    for number, film in enumerate(films):
        y = 462 + number * 56
        parts += [
            drawing.text(x, y, film.title, 27, room=width - 290),
            drawing.stars(x + width - 152, y - 9, match.mine[film.film_id], 20, end=True),
            drawing.stars(x + width, y - 9, match.theirs[film.film_id], 20, end=True),
        ]
    return parts


def year_card(
    year: int,
    club: str,
    totals: str,
    best: Sequence[Standing],
    divides: Sequence[Divide],
    by_month: Sequence[int],
    films: Mapping[FilmId, Film],
) -> str:
    """Draw a year in review: its totals, what was loved and argued about, and its months."""
    parts = drawing.heading(club, f"{year} in review", below=totals)
    wide = 640.0
    rows = []
    for number, each in enumerate(each for each in best[:5] if each.film_id in films):
        y = 312 + number * 46
        rows += [
            drawing.text(MARGIN, y, films[each.film_id].label, 29, room=wide - 230),
            drawing.stars(MARGIN + wide - 62, y - 9, each.mean, 22, end=True),
            drawing.text(MARGIN + wide, y, f"{each.mean / 2:.1f}", 27, anchor="end"),
        ]
    if rows:
        parts += drawing.column(MARGIN, 258, "Loved most", wide, rows)
    for split in [each for each in divides if each.film_id in films][:1]:
        parts += drawing.column(MARGIN, 548, "Argued about", wide, [])
        parts.append(drawing.text(MARGIN, 596, films[split.film_id].label, 29, room=wide - 330))
        parts.append(drawing.stars(MARGIN + wide - 170, 587, split.low, 22, end=True))
        parts.append(drawing.text(MARGIN + wide - 154, 596, "to", 24, colour="soft"))
        parts.append(drawing.stars(MARGIN + wide, 587, split.high, 22, end=True))
    left = MARGIN + wide + 70
    parts += drawing.column(left, 258, "By month", _INNER - wide - 70, _months(left, by_month))
    return drawing.picture(parts, year_alt(year, totals, best, films))


def year_alt(year: int, totals: str, best: Sequence[Standing], films: Mapping[FilmId, Film]) -> str:
    """Describe a card of a year."""
    named = joined([films[each.film_id].title for each in best[:5] if each.film_id in films])
    return f"{year} in review: {totals}" + (f"; loved most: {named}." if named else ".")


def _months(left: float, by_month: Sequence[int]) -> list[str]:
    most, step = max([*by_month, 1]), (WIDTH - MARGIN - left) / 12
    parts = []
    for number, count in enumerate(by_month):
        height = 250.0 * count / most
        x = left + number * step
        parts.append(drawing.box(x, 560 - height, step * 0.66, height))
        middle = x + step * 0.33
        parts.append(drawing.text(middle, 590, _MONTHS[number], 20, colour="soft", anchor="middle"))
    return parts


def canon_card(club: str, ranked: Sequence[CanonFilm], films: Mapping[FilmId, Film]) -> str:
    """Draw the canon: films by rank among the films of their raters, with intervals."""
    shown = [each for each in ranked if each.film_id in films][:8]
    told = "where members place each film among all they have seen; the bar is its range"
    parts = drawing.heading(club, "The canon", below=told)
    left, reach = MARGIN + 560.0, _INNER - 560.0 - 70.0
    for number, each in enumerate(shown):
        y = 270 + number * 44
        parts += [
            drawing.text(MARGIN, y, f"{number + 1}", 28, colour="soft"),
            drawing.text(MARGIN + 44, y, films[each.film_id].label, 30, room=490),
            drawing.line(left, y - 9, left + reach, y - 9),
            drawing.line(
                left + reach * each.low, y - 9, left + reach * each.high, y - 9,
                colour="accent", width=8,
            ),
            drawing.box(left + reach * each.place - 2.5, y - 23, 5, 28, colour="ink"),
            drawing.text(WIDTH - MARGIN, y, f"{each.place * 100:.0f}", 27, anchor="end"),
        ]  # fmt: skip
    alt = joined([f"{n}. {films[each.film_id].title}" for n, each in enumerate(shown, start=1)])
    return drawing.picture(parts, f"The canon of {club}: {alt}.")
