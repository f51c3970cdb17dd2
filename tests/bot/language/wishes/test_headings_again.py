"""Headings of picks, typed again: every notion of the lexicon is found by what a heading calls it."""

from bot.catalogue.titles.index import TitleIndex
from bot.features.picks.grammar import parse_recommend
from bot.language.grammar.reading import Reading
from bot.language.wishes.lexicon.labels import headed
from bot.language.wishes.lexicon.notions import lexicon
from bot.language.wishes.reading.wishes import read_wish
from recommender import BaseIndex

SIGNS = set(".&(")
"""Signs of the names of some islands, at which a name is cut."""

OTHERWISE = {
    "about egos": "about ego",
    "korean films": "korean",
    "korean horror": "korean",
    "romantic": "love stories",
    "short": "short films",
}
"""What is called as another notion is that asks for no less, and what it is read as."""


def test_what_a_heading_calls_a_notion_means_it_again(titles: TitleIndex, index: BaseIndex) -> None:
    entries = [each for each in dict.fromkeys(lexicon().values()) if not each.filler]
    missed = []
    for entry in entries:
        name = (entry.noun or entry.label).lower()
        heading = [*headed(entry)][-1]
        if SIGNS.intersection(heading):
            continue
        asked = parse_recommend(heading[:1].upper() + heading[1:], Reading(titles))
        wish = read_wish(asked.instead or asked.mood, index, 2026)
        again = [(part.entry.noun or part.entry.label).lower() for part in wish.parts]
        if again[:1] != [OTHERWISE.get(name, name)] or wish.words or asked.without or asked.like:
            missed.append((heading, again, wish.words, asked.without, asked.like))
    assert len(entries) > 2_000
    assert missed == []
