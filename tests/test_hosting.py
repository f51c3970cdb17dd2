"""The container's image has the names of countries and languages in every language that is read."""

import re
from pathlib import Path

from bot.domain.regions import TONGUES
from bot.language.wishes.lexicon.places import LOCALES

CONTAINERFILE = Path(__file__).parents[1] / "hosting" / "Containerfile"


def test_the_image_keeps_the_names_in_every_language_that_is_read() -> None:
    kept = re.search(r"/\(([a-z|]+)\)", CONTAINERFILE.read_text("utf-8"))
    assert kept
    assert {*TONGUES, *LOCALES, "en", "root"} == set(kept[1].split("|"))
