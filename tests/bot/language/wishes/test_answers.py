"""What a wish is answered with: the films it asks for, in a heading that says what was understood."""

from collections.abc import Mapping

import pytest

from bot.domain.films.film import Film
from bot.features.picks.commands import RecommendCommand
from bot.language.wishes.lexicon.entries import phrase_of
from bot.language.wishes.lexicon.notions import lexicon
from tests.bot.language.wishes.headings import check_heading
from tests.support import Room, items, text

HEADINGS = [
    ("a film about people who eat people", "Films about cannibalism"),
    ("anything where they switch bodies", "Films about body swap"),
    ("a film about getting bullied", "Films about bullying"),
    ("horror, no creepy kids", "Horror films, not about evil children"),
    ("nothing older than 2024", "Films since 2024"),
    ("nothing newer than 1950", "Films before 1950"),
    ("the longest films you have", "Films of three hours and a half and more"),
    ("the oldest films on the list", "Films from before 1921"),
    ("several stories in one film", "Anthologies"),
    ("sci-fi that isn't part of a franchise", "Science fiction standing alone"),
    ("love that is never said aloud", "Films about a doomed love"),
    ("cinema about making cinema", "Films about making films"),
    ("films that make you hungry", "Films about food"),
    ("a murder we can guess at", "Whodunits"),
    ("horror -gore", "Horror films, no gore"),
    ("older then star wars but still sci fi", "Science fiction older than Star Wars"),
    ("longer than Schindler's List", "Films longer than Schindler's List"),
    ("newer than mad max: fury road", "Films newer than Mad Max: Fury Road"),
    ("in spaaaace", "Films set in space"),
    ("scifi but nothin w aliens again", "Science fiction, not about aliens"),
    ("animation from anywhere but America", "Animated films, not American"),
    ("a german film from before the wall came down", "German films from before 1990"),
    ("my nephews 6", "Films for the kids"),
    ("jim carey comedies", "Comedies with Jim Carrey"),
    ("shahrukh khan movie", "Films with Shah Rukh Khan"),
    ("charlie chaplin or buster keaton", "Films by Charlie Chaplin or Buster Keaton"),
    ("Tom Hanks when he was young", "Early films with Tom Hanks"),
    ("anything b4 1940", "Films before 1940"),
    ("monochrome, but made in the last thirty years", "Films in black and white from the last 30 years"),
    ("romcom but old, like black n white old", "Old romantic comedies in black and white"),
    ("newest stuff, like this yr or last", "Brand-new films from 2023 or 2024"),
    ("a comedy that doesn't go past 95 minutes", "Comedies under 95 min"),
    ("half-hour cartoon or shorter", "Short animated films under 30 min"),
    ("liked interstellar. more like that but not nolan", "If you liked Interstellar, not by Christopher Nolan"),
    ("just watched spirited away omg more pls, not ghibli tho", "If you liked Spirited Away, no Ghibli films"),
    ("not in the mood for anything depressing, work was hell", "Easy films, not depressing"),
    ("halloween night, but my friends are squeamish", "Films for Halloween for the squeamish"),
    ("my nephew is six and loves monsters", "Monster films for the kids"),
    ("John Carpenter, but not Halloween", "Films by John Carpenter, not Halloween"),
    ("women directors from outside europe and the united states", "Films directed by women, not European, not from United States"),
    ("historicle drama w kings n queens", "Historical films about royalty"),
    ("true crime doc?", "True-crime documentaries"),
    ("car chaces", "Films with fast cars"),
    ("fam movie night, nothing animated again omg", "Family films with living actors"),
    ("three korean thrillers from the 2010s, nothing gory", "Three Korean thrillers from the 2010s, not gory"),
    ("no romcoms", "For you, no romantic comedies"),
    ("horror but not american", "Horror films, not American"),
    ("horror not from the 90s", "Horror films, not from the 1990s"),
    ("something like wes anderson", "Films by Wes Anderson"),
    ("in the style of hitchcock", "Films by Alfred Hitchcock"),
    ("similar to blade runner", "If you liked Blade Runner"),
    ("movie night with my 7 year old", "Films for the kids"),
    ("neither french nor italian, but european", "European films, not French, not Italian"),
    ("from the 30s or 40s", "Films from the 1930s or the 1940s"),
    ("space opera but not star wars", "Space operas, not Star Wars"),
    ("like Jaws but with less blood", "If you liked Jaws, less blood"),
    ("oscar winners from the 90s", "Winners of an Oscar for best film from the 1990s"),
    ("a war film, no oscar winners", "War films, no winners of an Oscar for best film"),
    ("two women in love", "Lesbian romances"),
    ("a love story between two women", "Lesbian romances"),
    ("ghost story, old school", "Old ghost stories"),
    ("early tom cruise", "Early films with Tom Cruise"),
    ("like ghibli but not japanese", "Films in the manner of Ghibli, not Japanese"),
    ("like harry potter", "If you liked Harry Potter and the Philosopher's Stone"),
    ("medieval fantasy, not harry potter", "Fantasy films of the Middle Ages, no Harry Potter films"),
    ("horror film w hardly any blood", "Horror films, no blood"),
    ("funny horror, like actualy funny", "Funny horror comedies"),
    ("scandi crime thriller, grim as you like", "Dark Nordic thrillers"),
    ("halloween film, animated or not", "Films for Halloween"),
    ("with my very catholic grandma", "Films to watch with your parents"),
    ("oscar winning documentry please", "Winners of the Oscar for the best documentary"),
    ("from before i was born (1985)", "Films before 1985"),
    ("sci-fi, 90s onwards, 3 hrs ok", "Science fiction since 1990 under 180 min"),
    ("i had enough of thrillers", "For you, no thrillers"),
    ("superhero movie that isn't marvel", "Superhero films, no Marvel films"),
    ("a24 horror", "Horror films from A24"),
    ("military film", "Films about soldiers"),
    ("underdog story", "Films about underdogs"),
    ("alien invasion", "Films about an alien invasion"),
    ("gunfights, not western", "Films with gunfights, no westerns"),
    ("films about fathers and sons not set in america", "Films about fathers and sons, not American"),
    ("sci fi that isn't star wars or star trek", "Science fiction, not Star Wars, not Star Trek"),
    ("road movie with two women", "Road movies with two women"),
    ("scarier than alien", "If you liked Alien: scary films"),
    ("more hopeful than casablanca", "If you liked Casablanca: more hopeful"),
    ("something better than barbie", "If you liked Barbie"),
    ("the opposite of heat", "For you, unlike Heat"),
    ("etwas wie Das Leben der Anderen", "If you liked The Lives of Others"),
    ("quelque chose comme Amélie mais plus sombre", "If you liked Amélie: dark films"),
    ("algo como El laberinto del fauno", "If you liked Pan's Labyrinth"),
    ("qualcosa come Amarcord", "If you liked Amarcord"),
    ("a double bill about loneliness", "Two films about loneliness"),
    ("space but realistic", "Realistic films set in space"),
    ("i dont like westerns or musicals", "For you, no westerns, no musicals"),
    ("indian but not bollywood", "Indian films, no Bollywood films"),
    ("horror without jump scares", "Horror films, no jump scares"),
    ("animated but not cgi", "Animated films, no computer-animated films"),
    ("like wall-e but live action", "If you liked WALL·E: films with living actors"),
    ("vampire romance", "Vampire love stories"),
    ("an obscure french film", "Obscure French films"),
    ("something funny instead", "Funny films"),
    ("cosy autumn film", "Cosy films of autumn"),
    ("action sequels", "Action sequels"),
    ("comedies. groundhog day seen it", "Comedies, not Groundhog Day"),
    ("prison movie, shawshank seen 100x", "Prison films, not The Shawshank Redemption"),
    ("70s american, the gritty kind. taxi driver seen already", "Gritty American films from the 1970s, not Taxi Driver"),
    ("that guy who did pulp fiction, smth by him", "Films by the director of Pulp Fiction"),
    ("scifi or fantasy, im so done w superheroes", "Science fiction or fantasy films, no superhero films"),
    ("im practicing my spanish", "Films in Spanish"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "heading"), HEADINGS)
async def test_the_heading_says_the_wish(typed: str, heading: str, room: Room) -> None:
    await check_heading(typed, heading, room)


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("award winners from the 90s", "I can't tell which films won an award."),
        ("comedy without animal cruelty", "I can't tell which films harm an animal."),
        ("a western scored by John Williams", "I can't tell which films have music by John Williams."),
        ("with music by Ennio Morricone, sad", "I can't tell which films have music by Ennio Morricone."),
        ("a silent korean film", "No film is all of that: these are not “silent films”."),
        ("thriller where the dog doesn't die", "I can't tell of a film whether “the dog doesn't die”."),
    ],
)  # fmt: skip
async def test_what_no_fact_answers_is_said(typed: str, note: str, room: Room) -> None:
    reply = await room.say("ana", f"/recommend {typed}")
    assert len(items(reply)) == 5
    assert note in text(reply)


async def test_a_studios_films_are_its_own(room: Room, films: Mapping[str, Film]) -> None:
    reply = await room.say("ana", "/recommend pixar for families under 100m count 10")
    titles = {films[item.film_id].title for item in items(reply)}
    assert text(reply).startswith("Ten Pixar family films under 100 min")
    assert len(titles) == 10
    assert titles > {"Toy Story", "Finding Nemo", "Inside Out"}
    assert not {each for each in titles if each.startswith(("Shrek", "Ice Age", "How to Train"))}


async def test_a_series_is_ruled_out_by_its_title(room: Room, films: Mapping[str, Film]) -> None:
    reply = await room.say("ana", "/recommend space opera, not star wars count 10")
    titles = [films[item.film_id].title for item in items(reply)]
    assert len(titles) == 10
    assert not [each for each in titles if "Star Wars" in each]


async def test_few_films_include_the_later_parts_of_their_series(
    room: Room, films: Mapping[str, Film]
) -> None:
    found = items(await room.say("ana", "/recommend denis villeneuve sci-fi"))
    assert {films[item.film_id].title for item in found} > {"Dune", "Dune: Part Two"}


@pytest.fixture(scope="module")
def films(starter: tuple[Film, ...]) -> Mapping[str, Film]:
    return {film.film_id: film for film in starter}


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        (
            "no violence",
            {"Blade Runner", "Jaws", "The Shining", "Seven Samurai", "The Dark Knight"},
        ),
        ("no guns", {"Blade Runner", "Inception", "Schindler's List", "The Searchers"}),
        ("thrillers without guns", {"Blade Runner", "Inception", "Children of Men", "Heat"}),
        ("scary but not gory", {"Pinocchio"}),
        ("christmas", {"Carol", "In Bruges", "Little Women", "The Apartment"}),
        ("campy", {"Sunset Boulevard", "All About Eve"}),
        ("gritty", {"Hereditary", "Airplane!"}),
    ],
)
async def test_what_a_room_would_laugh_at_is_not_among_the_first(
    typed: str, never: set[str], room: Room
) -> None:
    told = {each.title for each in items(await room.say("ana", f"/recommend {typed} count 10"))}
    assert len(told) == 10
    assert not never & told


async def test_scary_films_without_violence_are_horror_still(
    room: Room, films: Mapping[str, Film]
) -> None:
    found = items(await room.say("ana", "/recommend scary, no violence"))
    assert sum("horror" in films[each.film_id].genres for each in found) >= 4


@pytest.mark.parametrize(("typed", "genre"), [("westerns", "western"), ("comedies", "comedy")])
async def test_films_of_a_genre_have_it_as_their_main_one(
    typed: str, genre: str, room: Room, films: Mapping[str, Film]
) -> None:
    found = items(await room.say("ana", f"/recommend {typed}"))
    assert max(films[each.film_id].genres.index(genre) for each in found) <= 1


async def test_what_is_ruled_out_is_out_with_its_relatives(
    room: Room, films: Mapping[str, Film]
) -> None:
    for item in items(await room.say("ana", "/recommend thriller without violence count 10")):
        film = films[item.film_id]
        assert "thriller" in film.genres
        assert not {"violent", "gory", "torture", "sexual violence"}.intersection(film.themes)


async def test_films_that_meet_all_come_first_and_the_others_are_marked(
    room: Room, films: Mapping[str, Film]
) -> None:
    reply = await room.say("ana", "/recommend lesbian horror from the 80s")
    romances = ["lesbian romance" in films[item.film_id].themes for item in items(reply)]
    assert romances == sorted(romances, reverse=True)
    assert 0 < sum(romances) < len(romances) == 5
    assert "Not “lesbian romances”, but the rest." in text(reply)


async def test_a_country_with_few_directors_fills_the_list(
    room: Room, films: Mapping[str, Film]
) -> None:
    found = items(await room.say("ana", "/recommend from senegal"))
    assert len(found) == 5
    assert all("SN" in films[item.film_id].countries for item in found)


async def test_nothing_fits_and_each_button_drops_one_demand(room: Room) -> None:
    reply = await room.say("ana", "/recommend czech under 20 minutes")
    assert "Nothing fits. Without “" in text(reply)
    assert len(items(await room.press("ana", reply, "Without at most 20 min"))) == 5


async def test_where_no_single_demand_is_to_blame_each_button_drops_two(room: Room) -> None:
    reply = await room.say("ana", "/recommend iranian horror comedy from the 40s")
    assert "Nothing fits. Without “iranian and horror comedy” there are " in text(reply)
    pressed = await room.press("ana", reply, "Without iranian and horror comedy")
    assert text(pressed).startswith("Films from the 1940s")


async def test_what_no_film_is_stands_in_no_heading(room: Room) -> None:
    assert text(await room.say("ana", "/recommend a silent korean film")).startswith("Korean films")


async def test_sequels_need_not_wait_for_the_first_part(
    room: Room, films: Mapping[str, Film]
) -> None:
    found = [films[each.film_id] for each in items(await room.say("ana", "/recommend sequels"))]
    assert len(found) == 5
    assert all((film.part or 0) > 1 for film in found)
    alone = items(await room.say("ana", "/recommend horror but no sequels"))
    assert all((films[each.film_id].part or 1) == 1 for each in alone)


async def test_nobody_is_told_to_have_seen_all_who_has_not(room: Room) -> None:
    assert "seen everything" not in text(await room.say("ana", "/recommend less like that"))


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("films of the 90s", RecommendCommand(since="90s")),
        ("at most 90 minutes", RecommendCommand(max_minutes=90)),
        ("sad films of the 90s", RecommendCommand(mood="sad", since="90s")),
        ("three westerns", RecommendCommand(mood="westerns", count=3)),
    ],
)
async def test_a_facet_in_words_equals_the_option(
    typed: str, option: RecommendCommand, room: Room
) -> None:
    words = items(await room.say("ana", f"/recommend {typed}"))
    assert words
    assert [each.film_id for each in words] == [
        each.film_id for each in items(await room.say("ana", option))
    ]


@pytest.mark.parametrize(
    "film_id",
    ["alien-1979", "all-of-us-strangers-2023", "bridesmaids-2011", "brief-encounter-1945"],
)
async def test_more_like_this_is_of_the_film_though_its_id_reads_as_a_wish(
    film_id: str, room: Room, films: Mapping[str, Film]
) -> None:
    pressed = await room.say("ana", RecommendCommand(like=(f"id:{film_id}",)))
    assert text(pressed).split("\n")[0] == f"If you liked {films[film_id].title}"


async def test_the_heading_names_as_many_films_as_are_listed(room: Room) -> None:
    both = await room.say("ana", RecommendCommand(mood="three thrillers", count=4))
    assert text(both).startswith("Four thrillers")
    assert len(items(both)) == 4


async def test_winners_are_left_out_where_they_are_ruled_out(room: Room) -> None:
    asked = items(await room.say("ana", RecommendCommand(mood="best picture winners", count=10)))
    left = items(await room.say("ana", RecommendCommand(without="best picture winners", count=10)))
    winners = lexicon()[phrase_of("best picture winners")].films
    assert {each.film_id for each in asked} <= winners
    assert not {each.film_id for each in left} & winners
    assert len(asked) == len(left) == 10


async def test_the_other_films_of_a_films_director_are_found(room: Room) -> None:
    told = items(await room.say("ana", "/recommend films by the director of Moonlight"))
    assert [each.title for each in told] == ["If Beale Street Could Talk"]


@pytest.mark.parametrize(
    "typed", ["films by the guy who made Moonlight", "from the director of get out, but funny"]
)
async def test_a_director_is_named_by_a_film(typed: str, room: Room) -> None:
    told = {each.title for each in items(await room.say("ana", f"/recommend {typed}"))}
    assert told & {"If Beale Street Could Talk", "Us", "Nope"}
    assert not told & {"Moonlight", "Get Out"}


async def test_what_members_have_seen_and_loved_is_asked_for(room: Room) -> None:
    await room.say("ben", "/review Alien 5/5")
    await room.say("ben", "/review Tremors 2/5")
    await room.say("ben", "/review Jaws 5/5 private")
    seen = items(await room.say("ana", "/recommend seen by @ben"))
    assert {each.title for each in seen} == {"Alien", "Tremors"}
    loved = await room.say("ana", "/recommend something that ben loved")
    assert [each.title for each in items(loved)] == ["Alien"]
    assert text(loved).startswith("Films that ben loved")
    for typed in (
        "horror not seen by @ben",
        "horror nobody here has seen",
        "horror ben hasn't seen",
    ):
        told = {each.title for each in items(await room.say("ana", f"/recommend {typed} count 10"))}
        assert len(told) == 10
        assert not told & {"Alien", "Tremors"}


async def test_a_name_of_no_member_is_not_taken_for_one(room: Room) -> None:
    assert text(await room.say("ana", "/recommend that quentin loved")).startswith(
        "Films by Quentin Tarantino"
    )


async def test_what_is_guessed_is_said(room: Room) -> None:
    assert "I took “snuggly” as cosy." in text(await room.say("ana", "/recommend snuggly"))


async def test_only_a_word_of_a_title_rules_a_film_out(room: Room) -> None:
    told = items(await room.say("ana", "/recommend miyazaki but not totoro"))
    assert len(told) == 5
    assert "My Neighbor Totoro" not in {each.title for each in told}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("a zoo", {"Madagascar"}),
        ("a movie with sheep", {"Babe", "Shaun the Sheep Movie", "Charlotte's Web"}),
        ("a film with a lighthouse", {"The Lighthouse", "Song of the Sea", "The Fog"}),
    ],
)
async def test_films_that_say_the_word_come_before_those_of_the_nearest_notion(
    typed: str, first: set[str], room: Room
) -> None:
    told = [each.title for each in items(await room.say("ana", f"/recommend {typed}"))]
    assert first <= set(told[:3])


@pytest.mark.parametrize("typed", ["from outside the us", "made outside of america"])
async def test_outside_a_country_is_not_of_it(
    typed: str, room: Room, starter: tuple[Film, ...]
) -> None:
    films = {str(film.film_id): film for film in starter}
    reply = await room.say("ana", f"/recommend horror {typed}")
    assert text(reply).startswith("Horror films, not American")
    for each in items(reply):
        assert films[each.film_id].countries[0] != "US"


@pytest.mark.parametrize(
    ("typed", "country"),
    [("french new wave", "FR"), ("british new wave", "GB"), ("czech new wave", "CZ")],
)
async def test_a_wave_is_of_its_own_country(
    typed: str, country: str, room: Room, starter: tuple[Film, ...]
) -> None:
    films = {str(film.film_id): film for film in starter}
    picks = items(await room.say("ana", f"/recommend {typed}"))
    assert len(picks) >= 3
    assert {films[each.film_id].countries[0] for each in picks} == {country}


async def test_less_of_what_asks_for_two_things_is_read(room: Room) -> None:
    """Both are given up where too few films lack them, each on its own."""
    reply = await room.say("ana", "/recommend like Dr. Strangelove but less political satire")
    assert text(reply).startswith("If you liked Dr. Strangelove")
    assert items(reply)
    asked = await room.say("ana", "/recommend italian films from the 1940s less political satire")
    assert items(asked)


async def test_a_place_is_kept_before_what_happens_there(
    room: Room, films: Mapping[str, Film]
) -> None:
    reply = await room.say("ana", "/recommend on holiday in italy")
    assert all("italy" in map(str.lower, films[each.film_id].themes) for each in items(reply))
