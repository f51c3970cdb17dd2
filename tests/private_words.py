"""Texts that ask for privacy, or mark a spoiler, in any place and shape, each with a secret in it.

In English, German, French, Spanish, Italian and Portuguese.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film

PRIVATE_WORDS = "my own divorce"
FLAGS = ["--private", "-private", "—private", "-- private", "–private", "--PRIVATE", "--privat", "--private=yes",
         "--prviate", "--privte", "--privately", "--priv", "--only-me", "--onlyme", "--secret", "--hidden",
         "private: yes", "#private"]  # fmt: skip
PLAINLY = ["private", "Private", "just for me", "only for me", "for my eyes only", "for me only",
           "privat", "nur für mich", "nur fuer mich", "privé", "juste pour moi", "seulement pour moi",
           "privado", "privada", "solo para mí", "sólo para mi", "solo yo", "privato", "privatissimo", "solo per me",
           "solo io", "só para mim", "só eu", "nur ich", "rien que pour moi", "eyes only"]  # fmt: skip
LABELS = ["private", "PRIVATE", "secret", "confidential", "privat", "geheim", "vertraulich", "privé", "confidentiel",
          "privado", "secreto", "privato", "segreto", "riservato", "segredo", "just for me", "personal", "note to self", "my secret",
          "persönlich", "perso", "personale", "pessoal"]  # fmt: skip
SENTENCES = ["please keep this private", "keep it to yourself", "this is private", "it's confidential",
             "don't show this to anyone", "do not share", "not for the others", "between us", "nobody else",
             "don't let anyone see this", "nobody must read this", "hide this from the others", "not public",
             "bitte nicht teilen", "behalte es für dich", "unter uns", "vertraulich", "das soll niemand lesen",
             "niemand soll das lesen", "sag es niemandem", "nicht öffentlich",
             "ne pas partager", "entre nous", "en privé", "personne ne doit le lire", "ne le dis à personne",
             "no compartir", "en privado", "entre nosotros", "que nadie lo lea", "no se lo digas a nadie",
             "non condividere", "in privato", "tra noi", "nessuno deve leggerlo", "non dirlo a nessuno",
             "não compartilhar", "em privado", "ninguém deve ler", "não conte a ninguém",
             "please don't post this publicly", "I'd rather the others didn't see this", "for my diary only",
             "this stays off the channel", "keep between ourselves", "not to be shared", "strictly personal",
             "only I may read this", "only visible to me", "visible to me only", "I don't want anyone to read this",
             "nobody gets to see this", "keep it secret", "off record", "not for sharing", "this one's private",
             "this one is just mine", "mine alone", "do not make public", "don't make this public",
             "make it private", "set to private", "hidden from the club", "unlisted", "privat bitte",
             "nur für meine Augen", "bitte für dich behalten", "soll keiner sehen", "darf keiner lesen",
             "nicht weitergeben", "bleibt geheim", "streng geheim", "nicht für den Club", "nur mir zeigen",
             "nur ich darf das lesen", "bleibt unter uns", "à garder pour moi", "rien que pour moi",
             "pour moi uniquement", "privé svp", "à ne montrer à personne", "ça reste entre nous",
             "ne pas diffuser", "juste moi", "je ne veux pas que les autres lisent", "personne d'autre",
             "para mí solo", "solo lo leo yo", "es secreto", "que no lo lea nadie", "es privado",
             "que quede entre nosotros", "no quiero que lo lean", "solo yo puedo leerlo", "no lo enseñes",
             "solo per i miei occhi", "è un segreto", "che nessuno lo legga", "resti tra noi", "da non condividere",
             "solo mio", "non voglio che altri leggano", "è privato", "solo io posso leggerlo", "é segredo",
             "só para os meus olhos", "que ninguém leia", "fica entre nós", "é privado"]  # fmt: skip
BEFORE = ["", "So close to ", "Warm and sad. ", "Loved it! ", "Très beau, "]
AFTER = ["", " Too close.", " --rewatch", " 🙂", ".", " It stayed with me."]


def shapes(dice: random.Random) -> Iterator[str]:
    """Yield texts that ask for privacy, each with the secret in it."""
    while True:
        kind = dice.randrange(6)
        before, after = dice.choice(BEFORE), dice.choice(AFTER)
        if kind == 0:
            flag = dice.choice(FLAGS)
            yield dice.choice(
                [
                    f"{before}{PRIVATE_WORDS} {flag}{after}",
                    f"{flag} {PRIVATE_WORDS}{after}",
                    f"{PRIVATE_WORDS} ({flag}) {after}",
                ]
            )
        elif kind == 1:
            yield f"{dice.choice(PLAINLY)}{dice.choice([': ', ' - ', '! ', ' ', ', '])}{before}{PRIVATE_WORDS}{after}"
        elif kind == 2:
            left, right = dice.choice([("(", ")"), ("[", "]"), ("*", "*"), ("{", "}")])
            yield f"{before}{PRIVATE_WORDS} {left}{dice.choice(PLAINLY + SENTENCES)}{right}{after}"
        elif kind == 3:
            yield f"{before}{PRIVATE_WORDS}, {dice.choice(PLAINLY)}{dice.choice(['', '.', '!', ' 🙂'])}"
        elif kind == 4:
            yield f"{before}{PRIVATE_WORDS}, {dice.choice(SENTENCES)}{after}"
        else:
            between = dice.choice(
                ["", "Warm and sad. ", "Loved it!\n", "4/5\n", "Long, but fine, "]
            )
            yield f"{between}{dice.choice(LABELS)}: {PRIVATE_WORDS}{after}"


MARKS = ["SPOILER: {}", "spoiler alert: {}", "Spoilers! {}", ">!{}!<", "[spoiler]{}[/spoiler]", "||{}||", "|| {}",
         "{} --spoiler", "--spoiler {}", "{} --spoilers.", "—spoiler {}", "--spolier {}", "{} --spioler", "(spoilers) {}",
         "*SPOILER* {}", "#spoiler {}", "{} #spoilers", "{} (spoiler)", "{} [spoiler]", "[spoilers] {}", "||{}",
         "Warning, spoilers. {}", "Achtung Spoiler! {}", "¡Spoiler! {}", "attention spoilers, {}"]  # fmt: skip


def marked(dice: random.Random) -> Iterator[str]:
    """Yield texts that mark a spoiler; what stands before it is for everybody."""
    while True:
        yield f"{dice.choice(BEFORE)}{dice.choice(MARKS).format(PRIVATE_WORDS)}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text for a film that nobody has written about; its secret may be read by nobody else."""

    film: Film
    text: str


def attempts(seed: int, films: Sequence[Film], titles: TitleIndex) -> Iterator[Attempt]:
    """Yield attempts, each with a film that its title alone names."""
    dice = random.Random(seed)
    asking, marking = shapes(dice), marked(dice)
    there = [each for each in films if each.title.isascii() and " " in each.title]
    for film in dice.sample(there, len(there)):
        only = titles.resolve(film.title).only
        if only and only.film_id == film.film_id:
            yield Attempt(film, next(marking if dice.random() < 0.3 else asking))
