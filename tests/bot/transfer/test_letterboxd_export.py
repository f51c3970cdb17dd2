"""A realistic export of Letterboxd: what the catalogue has is matched, what it lacks is not."""

import random

import pytest

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.transfer.matching import matched
from bot.transfer.reading import read_file
from tests.bot.transfer.letterboxd_export import judged, letterboxd_export


@pytest.mark.parametrize(
    ("seed", "seen"), [(1, 500), pytest.param(2, 2000, marks=pytest.mark.long)]
)
def test_of_a_realistic_export_98_percent_are_matched_rightly_and_none_wrongly(
    starter: tuple[Film, ...], seed: int, seen: int
) -> None:
    """A tenth of the catalogue is taken out of it: films that the file holds and nobody knows."""
    chance = random.Random(seed)
    films = list(starter)
    chance.shuffle(films)
    lacking = len(films) // 10
    index = TitleIndex(map(TitledFilm.of, films[lacking:]))
    export = letterboxd_export(films[lacking : lacking + seen], films[:lacking], chance)
    file = read_file(export.packed(), "letterboxd.zip")
    found = judged(export, file.entries, matched(file.entries, index))

    assert found.wrong == []
    assert found.missed == []
    assert found.share >= 0.98, found.asked
    assert found.right + len(found.asked) >= seen * 0.98
    assert file.left_out == {"lists": 1}
    assert "gone" not in {each.text for each in file.entries}
