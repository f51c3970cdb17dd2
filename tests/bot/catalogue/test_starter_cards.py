"""Cards of films that everybody knows: they lead where a viewer would go, and not where one would wince."""

import pytest

from bot.catalogue.club_index import film_document
from bot.domain.films.film import Film
from recommender import BaseIndex, Overlay, Query, recommend


@pytest.fixture(scope="module")
def overlay(starter: tuple[Film, ...]) -> Overlay:
    return Overlay(BaseIndex.build([film_document(film) for film in starter]))


@pytest.mark.parametrize(
    ("liked", "leads_to", "never_to"),
    [
        ("top-gun-1986", "crimson-tide-1995", "pretty-in-pink-1986"),
        ("tampopo-1985", "eat-drink-man-woman-1994", "airplane-1980"),
        ("twilight-2008", "only-lovers-left-alive-2013", "maurice-1987"),
        ("sinners-2025", "from-dusk-till-dawn-1996", "amazing-grace-2018"),
        ("clueless-1995", "10-things-i-hate-about-you-1999", "somethings-gotta-give-2003"),
        ("south-park-bigger-longer-and-uncut-1999", "borat-2006", "tangled-2010"),
        ("the-fast-and-the-furious-2001", "point-break-1991", "batman-begins-2005"),
        ("mad-max-fury-road-2015", "mad-max-1979", "the-avengers-2012"),
        ("the-shawshank-redemption-1994", "the-green-mile-1999", "west-of-memphis-2012"),
    ],
)
def test_a_card_leads_where_a_viewer_would_go(
    liked: str, leads_to: str, never_to: str, overlay: Overlay
) -> None:
    picks = [pick.film_id for pick in recommend(overlay, Query(like=(liked,), count=5)).picks]
    assert leads_to in picks
    assert never_to not in picks
    assert min(overlay.index.row_of(film_id) for film_id in (leads_to, never_to)) >= 0
