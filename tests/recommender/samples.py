"""Sample films and reviews, and hypothesis strategies for more of them."""

from hypothesis import settings
from hypothesis import strategies as st

from recommender.text.documents import FilmDocument, ReviewDocument

FILMS = (
    FilmDocument(
        "harbour-lights-1994",
        "Harbour Lights",
        1994,
        directors=("Ida Moreau",),
        cast=("Tomas Lind", "Greta Solheim"),
        genres=("drama", "romance"),
        themes=("grief", "small town", "tender"),
        countries=("NO",),
        languages=("no",),
        text="A widowed ferry pilot falls for the stranger who rents the empty lighthouse.",
        popularity=120,
    ),
    FilmDocument(
        "the-salt-road-1997",
        "The Salt Road",
        1997,
        directors=("Ida Moreau",),
        cast=("Greta Solheim",),
        genres=("drama",),
        themes=("grief", "road trip", "bleak"),
        countries=("NO", "SE"),
        languages=("no",),
        text="Two sisters drive their mother's ashes north along a frozen coast.",
        popularity=110,
    ),
    FilmDocument(
        "laughing-stock-2008",
        "Laughing Stock",
        2008,
        directors=("Per Okafor",),
        cast=("Tomas Lind",),
        genres=("comedy",),
        themes=("funny", "family secrets", "small town"),
        countries=("GB",),
        languages=("en",),
        text="A failed comedian inherits a farm and a very stubborn donkey.",
        popularity=100,
    ),
    FilmDocument(
        "amelies-winter-2001",
        "L'hiver d'Amélie",
        2001,
        directors=("Zoé Câlin",),
        cast=("Éva Nagy",),
        genres=("romance",),
        themes=("winter", "tender"),
        countries=("FR",),
        languages=("fr",),
        text="A pastry cook leaves love letters in the loaves of a snowed-in village.",
    ),
    FilmDocument(
        "kaze-no-machi-1985",
        "風の町",
        1985,
        directors=("森田 光",),
        cast=("北川 花",),
        genres=("drama",),
        themes=("loneliness",),
        countries=("JP",),
        languages=("ja",),
        text="A postman cycles through a windy town where nobody writes any more.",
    ),
)

REVIEWS = (
    ReviewDocument(
        "r1",
        "harbour-lights-1994",
        "ana",
        "Tender and achingly quiet. The foghorn scenes broke me, and I would see them again.",
        9,
    ),
    ReviewDocument("r2", "harbour-lights-1994", "ben", "Too slow for me. I checked the clock.", 4),
    ReviewDocument(
        "r3",
        "the-salt-road-1997",
        "ana",
        "Bleak, but tender underneath. That foghorn broke me again.",
        8,
    ),
    ReviewDocument("r4", "laughing-stock-2008", "cleo", "The donkey deserves every prize.", 10),
)

HORROR_AND_COMEDY = (
    FilmDocument("a", "Ash Wednesday Lodge", 1981, genres=("horror",)),
    FilmDocument("b", "Belfry", 1983, genres=("horror",)),
    FilmDocument("c", "Custard", 1984, genres=("comedy",)),
    FilmDocument("d", "Dumplings at Dawn", 2016, genres=("comedy",)),
)

GENRES = ("western", "musical", "horror", "comedy")
FOUR_GENRES = [
    FilmDocument(
        f"{genre}-{n:02}",
        f"{genre.title()} number {n}",
        1960 + n,
        genres=(genre,),
        themes=(f"{genre} mood", f"theme {n % 7}"),
        text=f"A {genre} about a town of {genre} people and road {n % 5}.",
    )
    for genre in GENRES
    for n in range(16)
]

unhurried = settings(deadline=None, max_examples=20)
"""Settings for tests that fit an index per example: the first fit imports scikit-learn."""

_WORDS = (
    "fog",
    "donkey",
    "tender",
    "bleak",
    "winter",
    "secret",
    "Łódź",
    "foghorn",
    "風の町",
    "été",
)

texts = st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join)


@st.composite
def films(draw: st.DrawFn, prefix: str = "f") -> FilmDocument:
    """Draw a film of few words, so that films share many of them and tie often."""
    few = st.lists(st.sampled_from(_WORDS), max_size=2, unique=True).map(tuple)
    return FilmDocument(
        film_id=f"{prefix}{draw(st.integers(0, 30)):02}",
        title=draw(texts),
        year=draw(st.none() | st.integers(1950, 1953)),
        directors=draw(few),
        genres=draw(few),
        themes=draw(few),
        text=draw(texts),
        popularity=draw(st.sampled_from((0.0, 1.0, 50.0))),
    )


def corpora(prefix: str = "f", most: int = 12) -> st.SearchStrategy[list[FilmDocument]]:
    """Return a strategy for corpora of at least one film, each film id once."""
    return st.lists(films(prefix), min_size=1, max_size=most, unique_by=lambda film: film.film_id)


@st.composite
def reviews(draw: st.DrawFn) -> ReviewDocument:
    """Draw a review of a film of `corpora`."""
    number = draw(st.integers(0, 40))
    return ReviewDocument(
        review_id=f"r{number:02}",
        film_id=f"f{draw(st.integers(0, 30)):02}",
        author_id=f"m{number % 4}",
        text=draw(texts),
        half_stars=draw(st.none() | st.integers(1, 10)),
        quotable=draw(st.booleans()),
        critic=draw(st.booleans()),
    )


clubs = st.lists(reviews(), max_size=12, unique_by=lambda review: review.review_id)
