"""Finding films by what people type: what counts as the same title, and what as near."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.titles.index import LONGEST_TITLE, TitledFilm, TitleIndex
from bot.catalogue.titles.links import FilmLink, Source, film_link
from bot.catalogue.titles.normalise import keys_of, normalise
from bot.domain.ids import FilmId

TABLE = (
    ("her-2013", "Her", 2013),
    ("the-grudge-2004", "The Grudge", 2004),
    ("the-grudge-2020", "The Grudge", 2020),
    ("solaris-1972", "Solaris", 1972),
    ("solaris-2002", "Solaris", 2002),
    ("blade-runner-1982", "Blade Runner", 1982),
    ("blade-runner-2049-2017", "Blade Runner 2049", 2017),
    ("1917-2019", "1917", 2019),
    ("2012-2009", "2012", 2009),
    ("10-1979", "10", 1979),
    ("x-2022", "X", 2022),
    ("malcolm-x-1992", "Malcolm X", 1992),
    ("rocky-v-1990", "Rocky V", 1990),
    ("rocky-iv-1985", "Rocky IV", 1985),
    ("alien-3-1992", "Alien³", 1992),
    ("8-1-2-1963", "8½", 1963),
    ("se7en-1995", "Se7en", 1995),
    ("wall-e-2008", "WALL·E", 2008),
    ("amelie-2001", "Amélie", 2001),
    ("crouching-2000", "Crouching Tiger, Hidden Dragon", 2000),
    ("birdman-2014", "Birdman or (The Unexpected Virtue of Ignorance)", 2014),
    ("the-godfather-1972", "The Godfather", 1972),
    ("the-godfather-2-1974", "The Godfather Part II", 1974),
    ("mash-1970", "M*A*S*H", 1970),
    ("spider-man-2002", "Spider-Man", 2002),
    ("love-mercy-2014", "Love & Mercy", 2014),
    ("the-host-2006", "The Host", 2006),
    ("host-2020", "Host", 2020),
    ("die-hard-1988", "Die Hard", 1988),
    ("batman-v-2016", "Batman v Superman: Dawn of Justice", 2016),
    ("samurai-1954", "七人の侍", 1954),
    ("dilwale-1995", "दिलवाले दुल्हनिया ले जायेंगे", 1995),
    ("omar-2013", "عمر", 2013),
    ("dollar-1971", "$", 1971),
    ("oceans-eleven-2001", "Ocean's Eleven", 2001),
    ("withnail-1987", "Withnail and I", 1987),
    ("i-robot-2004", "I, Robot", 2004),
    ("rrr-2022", "RRR", 2022),
    ("lavventura-1960", "L'Avventura", 1960),
    ("dr-strangelove-1964", "Dr. Strangelove or: How I Learned to Stop Worrying", 1964),
    ("day-for-night-1973", "Day for Night", 1973),
)
OTHER_TITLES = {
    "samurai-1954": ("Seven Samurai", "Shichinin no samurai"),
    "day-for-night-1973": ("La Nuit américaine",),
}
IDS = {"her-2013": ("tt1798709", 152601), "solaris-1972": ("tt0069293", 593)}


def film(film_id: str, title: str, year: int | None) -> TitledFilm:
    imdb, tmdb = IDS.get(film_id, (None, None))
    return TitledFilm(FilmId(film_id), (title, *OTHER_TITLES.get(film_id, ())), year, imdb, tmdb)


FILMS = tuple(film(*row) for row in TABLE)
INDEX = TitleIndex(FILMS)


def exact(query: str, index: TitleIndex = INDEX) -> list[str]:
    return [each.film_id for each in index.resolve(query).exact]


@pytest.mark.parametrize(
    ("query", "film_id"),
    [
        ("her", "her-2013"),
        ("HER", "her-2013"),
        ("  Her ", "her-2013"),
        ("Blade Runner 2049", "blade-runner-2049-2017"),
        ("blade runner", "blade-runner-1982"),
        ("1917", "1917-2019"),
        ("2012", "2012-2009"),
        ("2012 (2009)", "2012-2009"),
        ("2012 2009", "2012-2009"),
        ("10", "10-1979"),
        ("X", "x-2022"),
        ("malcolm x", "malcolm-x-1992"),
        ("Rocky 5", "rocky-v-1990"),
        ("rocky iv", "rocky-iv-1985"),
        ("Rocky Four", "rocky-iv-1985"),
        ("MCMXVII", "1917-2019"),
        ("Blade Runner MMXLIX", "blade-runner-2049-2017"),
        ("Alien 3", "alien-3-1992"),
        ("Alien III", "alien-3-1992"),
        ("alien3", "alien-3-1992"),
        ("8½", "8-1-2-1963"),
        ("8 1/2", "8-1-2-1963"),
        ("Se7en", "se7en-1995"),
        ("seven", "se7en-1995"),
        ("WALL-E", "wall-e-2008"),
        ("wall e", "wall-e-2008"),
        ("walle", "wall-e-2008"),
        ("Amelie", "amelie-2001"),
        ("AMÉLIE", "amelie-2001"),
        ("Ame\u0301lie", "amelie-2001"),
        ("crouching tiger hidden dragon", "crouching-2000"),
        ("godfather", "the-godfather-1972"),
        ("Godfather, The", "the-godfather-1972"),
        ("Godfather, The (1972)", "the-godfather-1972"),
        ("The Godfather: Part Two", "the-godfather-2-1974"),
        ("godfather 2", "the-godfather-2-1974"),
        ("mash", "mash-1970"),
        ("M.A.S.H.", "mash-1970"),
        ("spiderman", "spider-man-2002"),
        ("Love and Mercy", "love-mercy-2014"),
        ("The Host", "the-host-2006"),
        ("Host", "host-2020"),
        ("Die Hard", "die-hard-1988"),
        ("七人の侍", "samurai-1954"),
        ("seven samurai", "samurai-1954"),
        ("दिलवाले दुल्हनिया ले जायेंगे", "dilwale-1995"),
        ("عمر", "omar-2013"),
        ("$", "dollar-1971"),
        ("Oceans Eleven", "oceans-eleven-2001"),
        ("ocean’s 11", "oceans-eleven-2001"),
        ("withnail & i", "withnail-1987"),
        ("i robot", "i-robot-2004"),
        ("avventura", "lavventura-1960"),
        ("L’avventura", "lavventura-1960"),
        ("nuit americaine", "day-for-night-1973"),
        ("Solaris (1972)", "solaris-1972"),
        ("solaris 2002", "solaris-2002"),
        ("Solaris [2002]", "solaris-2002"),
        ("1972 Solaris", "solaris-1972"),
        ("(2002) solaris", "solaris-2002"),
        ("id:her-2013", "her-2013"),
        ("ID:HER-2013", "her-2013"),
        ("tmdb:152601", "her-2013"),
        ("tt1798709", "her-2013"),
        ("https://www.themoviedb.org/movie/593-solaris", "solaris-1972"),
        ("https://www.imdb.com/title/tt0069293/?ref_=fn", "solaris-1972"),
        ("letterboxd.com/film/solaris-2002/", "solaris-2002"),
        ("https://letterboxd.com/ana/film/blade-runner-2049/", "blade-runner-2049-2017"),
        ("<https://letterboxd.com/film/her/>", "her-2013"),
    ],
)
def test_finds_exactly(query: str, film_id: str) -> None:
    assert exact(query) == [film_id]
    assert INDEX.resolve(query).only == INDEX.resolve(query).exact[0]


@pytest.mark.parametrize("query", ["the grudge", "grudge", "Grudge, The", "solaris"])
def test_a_shared_title_names_all_who_bear_it(query: str) -> None:
    match = INDEX.resolve(query)
    assert len(match.exact) == 2
    assert match.only is None
    assert {each.title for each in match.exact} <= {"The Grudge", "Solaris"}


@pytest.mark.parametrize(
    ("query", "film_id"),
    [
        ("godfater", "the-godfather-1972"),
        ("Teh Godfather", "the-godfather-1972"),
        ("thegodfater", "the-godfather-1972"),
        ("crouching tiger", "crouching-2000"),
        ("Birdman", "birdman-2014"),
        ("unexpected virtue of ignorance", "birdman-2014"),
        ("dr strangelove", "dr-strangelove-1964"),
        ("batman vs superman", "batman-v-2016"),
        ("crouchingtiger hidden dragon", "crouching-2000"),
        ("bladerunner", "blade-runner-1982"),
        ("blade runer 2049", "blade-runner-2049-2017"),
        ("Hre", "her-2013"),
        ("hr", "her-2013"),
        ("malcom x", "malcolm-x-1992"),
        ("ameli", "amelie-2001"),
        ("The Grudge (1999)", "the-grudge-2004"),
        ("grudge 2019", "the-grudge-2020"),
        ("solarris 1972", "solaris-1972"),
        ("solarris (2002)", "solaris-2002"),
        ("letterboxd.com/film/the-godfater/", "the-godfather-1972"),
        ("Hidden Dragon, Crouching Tiger", "crouching-2000"),
        ("samurai seven", "samurai-1954"),
        ("day for the night", "day-for-night-1973"),
        ("love mercy", "love-mercy-2014"),
        ("the godfather the movie", "the-godfather-1972"),
        ("solaris film 2002", "solaris-2002"),
    ],
)
def test_finds_the_nearest(query: str, film_id: str) -> None:
    match = INDEX.resolve(query)
    assert not match.exact
    assert match.near[0].film_id == film_id
    assert 0.5 <= match.near[0].score <= 1


@pytest.mark.parametrize(
    "query", ["qwertyuiop asdfghjkl", "", "   ", "\0", "?!", "tmdb:1", "tt9999999"]
)
def test_finds_nothing(query: str) -> None:
    match = INDEX.resolve(query)
    assert match.exact == ()
    assert match.near == ()


def test_near_comes_best_first_and_no_more_than_asked() -> None:
    near = INDEX.near("the godfathr", 3)
    assert len(near) <= 3
    assert [each.score for each in near] == sorted((each.score for each in near), reverse=True)


def test_letters_with_stops_are_no_article() -> None:
    index = TitleIndex([film("la", "L.A. Confidential", 1997), film("c", "Confidential", 1935)])
    assert exact("LA Confidential", index) == ["la"]
    assert exact("L. A. Confidential", index) == ["la"]
    assert exact("Confidential", index) == ["c"]
    assert exact("La Confidential (1997)", index) == ["la"]


def test_the_title_whose_words_were_mixed_up_is_told() -> None:
    assert INDEX.near("samurai seven")[0].title == "Seven Samurai"


def test_a_year_is_parted_from_a_title_only_where_it_is_none_of_it() -> None:
    assert INDEX.split_year("Solaris 1972") == ("Solaris", 1972)
    assert INDEX.split_year("Solaris (1972)") == ("Solaris", 1972)
    assert INDEX.split_year("Blade Runner 2049") == ("Blade Runner 2049", None)
    assert INDEX.split_year("1917") == ("1917", None)
    assert INDEX.split_year("Unheard Of (1972)") == ("Unheard Of", 1972)


def test_exact_takes_a_year_of_its_own() -> None:
    assert [each.film_id for each in INDEX.exact("Solaris", 2002)] == ["solaris-2002"]
    assert INDEX.exact("Solaris", 1999) == ()


def test_the_title_that_was_found_is_told() -> None:
    assert INDEX.resolve("seven samurai").exact[0].title == "Seven Samurai"
    assert INDEX.resolve("the nuit americaine").exact[0].title == "La Nuit américaine"
    assert INDEX.near("sevensamurai")[0].title == "Seven Samurai"


def test_of_one_title_the_better_known_comes_first() -> None:
    films = [replace(each, popularity=each.year or 0) for each in FILMS]
    index = TitleIndex(films)
    assert exact("solaris", index) == ["solaris-2002", "solaris-1972"]
    assert exact("grudge", index) == ["the-grudge-2020", "the-grudge-2004"]


def test_a_clubs_own_films_are_laid_over_everyones() -> None:
    own = INDEX.with_films([film("our-film-2024", "Our Summer by the Lake", 2024)])
    assert len(own) == len(FILMS) + 1
    assert exact("our summer by the lake", own) == ["our-film-2024"]
    assert exact("her", own) == ["her-2013"]
    assert [each.film_id for each in own.complete("our s")] == ["our-film-2024"]
    assert own.near("our sumer by the lake")[0].film_id == "our-film-2024"
    assert own.resolve("id:our-film-2024").only is not None
    assert not INDEX.is_title("Our Summer by the Lake")


def test_a_later_film_of_the_same_id_counts() -> None:
    renamed = INDEX.with_films([film("her-2013", "Her, Again", 2013)])
    found = renamed.resolve("id:her-2013").only
    assert found is not None
    assert found.title == "Her, Again"


def test_an_index_may_be_empty_or_hold_one_film() -> None:
    for index in (TitleIndex(), TitleIndex([film("a-1999", "A", 1999)])):
        index.resolve("anything")
        index.complete("a")
        index.near("a thing")
    assert exact("a", TitleIndex([film("a-1999", "A", 1999)])) == ["a-1999"]


def test_a_film_without_year_or_letters_is_found() -> None:
    index = TitleIndex([film("u", "Untold", None), film("dots", "...", 1999)])
    assert exact("untold", index) == ["u"]
    assert exact("...", index) == ["dots"]
    assert exact("Untold (1999)", index) == []


def test_an_overlong_query_is_nothing_and_quick() -> None:
    assert not INDEX.is_title("her " * LONGEST_TITLE)
    assert INDEX.resolve(" " * 1_000_000 + "x").exact == ()
    assert INDEX.complete("her" * 400_000) == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("h", "the-host-2006"),
        ("her", "her-2013"),
        ("blade r", "blade-runner-1982"),
        ("blade runner 2", "blade-runner-2049-2017"),
        ("the godf", "the-godfather-1972"),
        ("godf", "the-godfather-1972"),
        ("tiger", "crouching-2000"),
        ("hidden dr", "crouching-2000"),
        ("runner 20", "blade-runner-2049-2017"),
        ("amel", "amelie-2001"),
        ("wall", "wall-e-2008"),
        ("七人", "samurai-1954"),
        ("seven s", "samurai-1954"),
        ("rocky 4", "rocky-iv-1985"),
        ("THE H", "the-host-2006"),
    ],
)
def test_completes(typed: str, first: str) -> None:
    assert INDEX.complete(typed)[0].film_id == first


def test_a_typed_blank_ends_a_word() -> None:
    index = TitleIndex([film("on-1", "Onward", 2020), film("on-2", "On the Beach", 1959)])
    assert {each.film_id for each in index.complete("on")} == {"on-1", "on-2"}
    assert [each.film_id for each in index.complete("on ")] == ["on-2"]


def test_completion_offers_the_better_known_first_and_the_start_before_the_inside() -> None:
    films = [
        film("a", "Night Train", 1959),
        film("b", "Nightjar", 2001),
        film("c", "By Night", 2000),
    ]
    known = TitleIndex([replace(films[0], popularity=9), *films[1:]])
    assert [each.film_id for each in known.complete("nigh")] == ["a", "b", "c"]
    other = TitleIndex(
        [films[0], replace(films[1], popularity=9), replace(films[2], popularity=99)]
    )
    assert [each.film_id for each in other.complete("nigh")] == ["b", "a", "c"]


def test_completion_shows_one_film_of_each_title_first() -> None:
    films = [film(f"dusk-{year}", "Dusk", year) for year in range(1990, 2000)]
    index = TitleIndex([*films, film("dusky-1950", "Dusky Rose", 1950)])
    assert [each.title for each in index.complete("dus", 3)] == ["Dusk", "Dusky Rose", "Dusk"]
    assert [each.title for each in index.complete("dusk", 3)] == ["Dusk"] * 3


def test_completion_of_nothing_is_nothing() -> None:
    assert INDEX.complete("") == ()
    assert INDEX.complete("   ") == ()
    assert INDEX.complete("zzzz") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Third Man", "third man"),
        ("Rocky II", "Rocky 2"),
        ("Part V", "part 5"),
        ("Don't Look Now", "Dont look now"),
        ("Caché", "CACHE"),
        ("Ｐｅｒｓｏｎａ", "Persona"),
        ("Straße", "strasse"),
        ("Smørrebrød", "Smorrebrod"),
        ("Fanny & Alexander", "Fanny and Alexander"),
        ("Romeo + Juliet", "Romeo & Juliet"),
        ("9½ Weeks", "9 1/2 weeks"),
        ("Alien³", "Alien 3"),
        ("¡Átame!", "atame"),
        ("Ёлки", "елки"),
        ("La Haine", "haine"),
        ("Das Boot", "boot"),
        ("Howl’s Moving Castle", "Howl's moving castle"),
        ("がんばる", "か\u3099んは\u3099る"),
    ],
)
def test_normalise_takes_as_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("X", "10"),
        ("I", "1"),
        ("Malcolm X", "Malcolm 10"),
        ("Withnail and I", "Withnail and 1"),
        ("Die Hard", "Hard"),
        ("か", "が"),
        ("Rocky II", "Rocky III"),
        ("$", "€"),
    ],
)
def test_normalise_keeps_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text(max_size=80))
def test_a_key_is_its_own_key_and_never_empty(title: str) -> None:
    keys = keys_of(title)
    assert bool(keys.key) == bool(title.strip() or keys.key)
    assert bool(keys.key.strip()) == bool(normalise(f" {title} ").strip())
    if title.strip():
        assert keys.key
    assert normalise(keys.plain) == keys.key


@settings(deadline=None)  # an index and dozens of queries: long on a busy machine
@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=12))
def test_every_film_is_found_by_its_title(names: list[str]) -> None:
    films = [film(f"f-{place}", name, 2000) for place, name in enumerate(names)]
    index = TitleIndex(films)
    for each in films:
        found = {candidate.film_id for candidate in index.exact(each.titles[0])}
        assert each.film_id in found or found
        assert all(0 <= near.score <= 1 for near in index.near(each.titles[0]))
        assert len(index.complete(each.titles[0], 3)) <= 3


@given(st.text(max_size=60))
def test_no_query_breaks_the_index(query: str) -> None:
    match = INDEX.resolve(query)
    assert len(match.near) <= 5
    assert not (match.exact and match.near)
    INDEX.complete(query)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("id:her-2013", FilmLink(Source.OWN, "her-2013")),
        ("tmdb:12", FilmLink(Source.TMDB, "12")),
        ("TT0012345", FilmLink(Source.IMDB, "tt0012345")),
        ("imdb:tt0012345", FilmLink(Source.IMDB, "tt0012345")),
        ("https://m.imdb.com/title/tt0012345", FilmLink(Source.IMDB, "tt0012345")),
        ("https://www.imdb.com/de/title/tt0012345/", FilmLink(Source.IMDB, "tt0012345")),
        ("themoviedb.org/movie/12-a-title?language=de", FilmLink(Source.TMDB, "12")),
        ("https://letterboxd.com/film/yi-yi/", FilmLink(Source.LETTERBOXD, "yi-yi")),
        ("https://letterboxd.com/ana/film/yi-yi/1/", FilmLink(Source.LETTERBOXD, "yi-yi")),
        ("https://example.com/film/yi-yi/", None),
        ("tmdb:", None),
        ("tt12", None),
        ("tmdb:12 and more", None),
        ("https://imdb.com.example/title/tt0012345", None),
        ("id:" + "a" * 1_000, None),
    ],
)
def test_reads_links(text: str, link: FilmLink | None) -> None:
    assert film_link(text) == link


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Stork or (The Unexpected Guest)", "stork or"),
        ("Dr. Oddlove or: How I Began", "Doctor Oddlove, or"),
        ("The Lamp; or, A Night Out", "lamp or"),
    ],
)
def test_a_title_with_a_second_one_is_found_by_its_beginning(title: str, typed: str) -> None:
    index = TitleIndex([TitledFilm(FilmId("one"), (title,)), TitledFilm(FilmId("two"), ("Stork",))])
    found = index.exact(typed)
    assert [(each.film_id, each.title) for each in found] == [("one", title)]
