"""Credits, origins and festivals in single sentences."""

import pytest

from bot.language.critics import BasedOn, Certainty, CritiqueField, Disagreement
from tests.bot.language.critics.measure import IndexedFilms, read_critique

# sentence, then (name, role, character) of each credit
CREDITS = [
    ("Adam (Andrew Scott) waits.", [("Andrew Scott", "actor", "Adam")]),
    ("Meanwhile Adam (Andrew Scott) waits.", [("Andrew Scott", "actor", "Adam")]),
    ("Adam (played by Andrew Scott) waits.", [("Andrew Scott", "actor", "Adam")]),
    ("His boss (Petra Voss) waits.", [("Petra Voss", "actor", None)]),
    (
        "The sisters (Petra Voss and Ines Kuhl) wait.",
        [("Petra Voss", "actor", None), ("Ines Kuhl", "actor", None)],
    ),
    ("Robert Kean (Petra Voss) waits.", [("Petra Voss", "actor", "Robert Kean")]),
    ("The director (Petra Voss) waits.", [("Petra Voss", "director", None)]),
    (
        "Parents played by Petra Voss and Ines Kuhl.",
        [("Petra Voss", "actor", None), ("Ines Kuhl", "actor", None)],
    ),
    ("Petra Voss plays Marthe.", [("Petra Voss", "actor", "Marthe")]),
    ("Petra Voss, never better, plays a nurse.", [("Petra Voss", "actor", None)]),
    ("Petra Voss stars as Marthe.", [("Petra Voss", "actor", "Marthe")]),
    (
        "Starring Petra Voss, Ines Kuhl and Bo Ek.",
        [("Petra Voss", "actor", None), ("Ines Kuhl", "actor", None), ("Bo Ek", "actor", None)],
    ),
    (
        "Cast: Petra Voss (Marthe), Ines Kuhl as Tilde",
        [("Petra Voss", "actor", "Marthe"), ("Ines Kuhl", "actor", "Tilde")],
    ),
    (
        "Directed by Petra Voss and Ines Kuhl.",
        [("Petra Voss", "director", None), ("Ines Kuhl", "director", None)],
    ),
    ("Dir: Petra Voss.", [("Petra Voss", "director", None)]),
    ("Director Petra Voss waits.", [("Petra Voss", "director", None)]),
    (
        "From Danish writer/director Petra Voss.",
        [("Petra Voss", "director", None), ("Petra Voss", "writer", None)],
    ),
    ("Petra Voss's second feature drips.", [("Petra Voss", "director", None)]),
    ("Marthe, gespielt von Petra Voss, wartet.", [("Petra Voss", "actor", "Marthe")]),
    ("Regie führte Petra Voss.", [("Petra Voss", "director", None)]),
    ("Regisseurin Petra Voss wartet.", [("Petra Voss", "director", None)]),
    ("Marthe, incarnée par Petra Voss, attend.", [("Petra Voss", "actor", "Marthe")]),
    ("La réalisatrice Petra Voss attend.", [("Petra Voss", "director", None)]),
    ("Le film est réalisé par Petra Voss.", [("Petra Voss", "director", None)]),
    (
        "Screenplay by Petra Voss. Music: Ines Kuhl",
        [("Petra Voss", "writer", None), ("Ines Kuhl", "composer", None)],
    ),
    ("Cinematographer Petra Voss lights it.", [("Petra Voss", "cinematographer", None)]),
    ("The harbour (in the old part) is wet, the year (1984) grey.", []),
    ("Made by a big firm (Harbour Pictures) in a town (New Something Street).", []),
    ("She has opinions (Monday to Friday).", []),
]

ORIGINS = [
    ("Based on a novel by Taichi Yamada.", BasedOn("novel", "Taichi Yamada")),
    (
        "Loosely based on the novel Strangers by Taichi Yamada.",
        BasedOn("novel", "Taichi Yamada", "Strangers"),
    ),
    ("Adapted from Taichi Yamada's novel.", BasedOn("novel", "Taichi Yamada")),
    ("An adaptation of Taichi Yamada's 1987 novel.", BasedOn("novel", "Taichi Yamada")),
    (
        "It is based on “Strangers”, the novel by Taichi Yamada.",
        BasedOn("novel", "Taichi Yamada", "Strangers"),
    ),
    ("Adapted from a play by Petra Voss.", BasedOn("play", "Petra Voss")),
    ("From the short story by Petra Voss.", BasedOn("short story", "Petra Voss")),
    ("D'après le roman de Petra Voss.", BasedOn("novel", "Petra Voss")),
    ("Adapté du roman « Le Quai » de Petra Voss.", BasedOn("novel", "Petra Voss", "Le Quai")),
    ("Nach dem Roman von Petra Voss.", BasedOn("novel", "Petra Voss")),
    (
        "Der Film basiert auf dem Roman „Der Kai“ von Petra Voss.",
        BasedOn("novel", "Petra Voss", "Der Kai"),
    ),
    ("It is based on a true story.", BasedOn("true story")),
    ("It reads like a novel, and nobody is based on anybody.", None),
]

FESTIVALS = [
    ("It screened at the London Film Festival.", ["London Film Festival"]),
    ("It opened the BFI London Film Festival.", ["London Film Festival"]),
    ("It won the Palme d'Or.", ["Cannes Film Festival"]),
    (
        "It won at Cannes, then played TIFF.",
        ["Cannes Film Festival", "Toronto International Film Festival"],
    ),
    ("Auf der Berlinale lief er im Panorama.", ["Berlin International Film Festival"]),
    ("Présenté à la Mostra de Venise.", ["Venice Film Festival"]),
    ("A hit of Sundance.", ["Sundance Film Festival"]),
    ("It closed the Harbour Town Film Festival.", ["Harbour Town Film Festival"]),
    ("As in Butch Cassidy and the Sundance Kid.", []),
    ("Two lovers meet in Venice and part in Toronto.", []),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_credits(
    text: str, expected: list[tuple[str, str, str | None]], films: IndexedFilms
) -> None:
    found = read_critique(text, films).people
    assert {(each.name, each.role.value, each.character) for each in found} == set(expected)


@pytest.mark.parametrize(("text", "expected"), ORIGINS)
def test_origins(text: str, expected: BasedOn | None, films: IndexedFilms) -> None:
    assert read_critique(text, films).based_on == expected


@pytest.mark.parametrize(("text", "expected"), FESTIVALS)
def test_festivals(text: str, expected: list[str], films: IndexedFilms) -> None:
    assert list(read_critique(text, films).festivals) == expected


def test_a_book_beside_the_film_is_only_asked_about(films: IndexedFilms) -> None:
    critique = read_critique("The mood is that of Petra Voss's novel, without the herring.", films)
    assert critique.based_on == BasedOn("novel", "Petra Voss")
    assert critique.certainty(CritiqueField.BASED_ON) is Certainty.ASKS


def test_every_disagreement_is_said_in_the_texts_and_the_catalogues_words(
    films: IndexedFilms,
) -> None:
    text = (
        "Carol (2014)\n\nTodd Hanes directs Cate Blanchet and Rooney Mara in Carol, based on the "
        "novel by Patricia Highsmyth. Carol is released in the UK on 28 November 2015."
    )
    assert set(read_critique(text, films).disagreements) == {
        Disagreement("director", "Todd Hanes", "Todd Haynes"),
        Disagreement("actor", "Cate Blanchet", "Cate Blanchett"),
        Disagreement("author", "Patricia Highsmyth", "Patricia Highsmith"),
        Disagreement("year", "2014", "2015"),
        Disagreement("release", "28 November 2015", "27 November 2015"),
    }


def test_accents_and_hyphens_are_no_disagreement(films: IndexedFilms) -> None:
    text = "Portrait of a Lady on Fire\n\nCeline Sciamma directs Noemie Merlant and Adele Haenel."
    assert read_critique(text, films).disagreements == ()
