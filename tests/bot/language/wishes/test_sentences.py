"""Sentences of a wish: what is told beside it is left out, what is taken back, too; praised films become examples."""

import pytest

from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitleIndex
from bot.catalogue.titles.titled_film import TitledFilm
from bot.language.wishes.sentences.sentences import asked

ASKED = [
    # Told beside the wish.
    ("got dumped on friday. make me cry my eyes out", "make me cry my eyes out"),
    ("just got home from a 12h shift, brain is mush, smth dumb and funny", "smth dumb and funny"),
    ("kids are FINALLY asleep. something french", "something french"),
    ("our u15s won the cup!! sports film for 12 lads", "sports film for 12 lads"),
    ("old people falling in love, my nan would be over the moon", "old people falling in love"),
    ("long flight tmrw so nothing with planes crashing", "nothing with planes crashing"),
    ("we r a knitting circle lol. big dresses, scandal", "big dresses, scandal"),
    ("don't laugh but i've never seen a western", "i've never seen a western"),
    ("we have two hours and a bottle of red. something french", "have two hours, something french"),
    ("she said yes!!! something romantic", "something romantic"),
    # Told of somebody by their name.
    ("tom says we only ever watch american stuff so... not american", "not american"),
    ("silent movie?? nina swears theyre good", "silent movie??"),
    ("something from the 50s, marta said the new ones suck", "something from the 50s"),
    ("got a good horror? ben picked a romcom last week", "got a good horror?"),
    ("a western where the sheriff says he left", "a western where the sheriff says he left"),
    # What belongs to the wish though it is told.
    ("my dad only likes westerns. something new", "my dad only likes westerns. something new"),
    ("my nephew is 6. something with monsters", "my nephew is 6. something with monsters"),
    ("i hate musicals. a love story", "i hate musicals. a love story"),
    ("kids are coming over, cartoon pls", "kids are coming over, cartoon pls"),
    ("i had enough of thrillers, nordic comedy", "i had enough of thrillers, nordic comedy"),
    ("my ex was obsessed w tarkovsky so not him. something russian", "my ex was obsessed w tarkovsky so not him. something russian"),
    ("the end of the world, quietly", "the end of the world, quietly"),
    ("films on football, the european kind", "films on football, the european kind"),
    ("i'm tired", "i'm tired"),
    # Taken back, or settled.
    ("a horror.. wait no not horror. a thriller", "not horror. a thriller"),
    ("smth like moonlight.. or no, just a film about being young", "a film about being young"),
    ("romance? nah, action", "action"),
    ("husband: war film. me: god no. kids: animals!!! so animals then", "animals"),
    ("something scary, actually no gore please", "something scary, actually no gore please"),
    ("a comedy, actually no a thriller, but funny", "a thriller, but funny"),
    ("a western, sorry i meant a musical", "a musical"),
    ("sorry i meant not robbery but prison break", "not robbery but prison break"),
    ("im on mushrooms (legal where i live) what do i watch", "im on mushrooms what do i watch"),
    ("90s. sry i meant 80s. anything 80s", "80s. anything 80s"),
    # Films told of.
    ("hated the irishman sooo long. gangster film under 2h", "gangster film under 2h, not the irishman"),
    ("past lives and aftersun broke me. again please", "like past lives, aftersun"),
    ("lady bird and booksmart are my fav films EVER, what do i watch next", "like lady bird, booksmart"),
    ("cast away and the martian are my thing. something with one guy alone", "like cast away, the martian but something with one guy alone"),
    ("comedies from the thirties, my grandpa liked them", "comedies from the thirties, my grandpa liked them"),
    ("my favourite film is amelie. what should i watch", "like amelie"),
    ("loved moonlight, without the sadness", "like moonlight but without the sadness"),
    ("watched parasite last nite and WOW. more rich vs poor", "like parasite but rich vs poor"),
    ("i liked roma. also cold war. from this century", "like roma, cold war but from this century"),
    ("knives out was fun, seen all 3. more of that", "like knives out, not knives out"),
    ("hated tenet, loved arrival. more sci fi", "like arrival but sci fi, unlike tenet"),
    ("get out is the only one i know. scary films", "scary films, not get out"),
    ("dune was ok i guess. other scifi that was a book first", "other scifi that was a book first"),
    # Titles that hold such sentences.
    ("I'm Not There", "I'm Not There"),
    ("something like What's Up, Doc? but newer", "something like What's Up, Doc? but newer"),
]  # fmt: skip


TITLES = TitleIndex([TitledFilm.of(film) for film in starter_films()])


@pytest.mark.parametrize(("line", "wish"), ASKED)
def test_what_a_line_asks_for(line: str, wish: str) -> None:
    assert asked(line, TITLES) == wish
