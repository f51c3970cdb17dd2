"""Options of `matinee catalogue`; light to import, since every start reads them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_CATALOGUE = "bring films in from files, look at them, find them"
_IMPORT_MORE = """\
PATH is a Wikipedia film list (.json or .json.gz), a folder of such files, a MovieLens
folder or ZIP (movies.csv, links.csv, tags.csv, ratings.csv), or a folder with IMDb's public
data files (title.basics.tsv.gz, title.ratings, title.crew, title.principals, name.basics,
title.akas), which are for personal and non-commercial use. Everything is checked before
anything is stored. To go on after an interruption, say the same again.
"""
_DAYS_MORE = """\
PATH is a table (.csv) whose first line names its columns, film and day, and if you like year,
region and kind, or a calendar (.ics) whose events are films:
    film,day,region
    Perfect Days,2026-06-12,GB
Days are put on films that the catalogue has; reminders follow. Say it again with a newer file.
"""
_JOIN_MORE = """\
FILM gives OTHER its titles, and what OTHER lacks; in every club, reviews, marks and reminders go
along. `matinee catalogue part` undoes it. A title of several words stands in quotes.
"""
_SEARCH_MORE = """\
With --json - each line of the standard input is a query, and each line of the output a list
of films, best first: title, year, directors, id, score (0 to 1).
"""


def add_catalogue(
    commands: Any,  # noqa: ANN401 - argparse has no public name for what add_subparsers returns
    parents: Sequence[argparse.ArgumentParser],
    path: Callable[[str], Path],
) -> None:
    """Add the command and its actions to the parser."""
    catalogue = commands.add_parser(
        "catalogue", parents=parents, help=_CATALOGUE, description=_CATALOGUE
    )
    actions = catalogue.add_subparsers(metavar="ACTION", dest="action", required=True)

    def add(name: str, says: str, more: str = "") -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(
            name,
            parents=parents,
            help=says,
            description=says,
            epilog=more,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return parser

    importing = add("import", "import the films of files into the catalogue", _IMPORT_MORE)
    importing.add_argument("path", metavar="PATH", type=path)
    importing.add_argument(
        "--votes",
        metavar="N",
        type=int,
        default=1_000,
        help="IMDb: films that so many people rated, 1000 unless you say otherwise; 0 for all",
    )
    importing.add_argument(
        "--regions",
        metavar="DE,FR",
        default="GB",
        help="IMDb: other titles as in these countries, beside the English and the original ones",
    )
    days = add("days", "take the days of release of a table or a calendar", _DAYS_MORE)
    days.add_argument("path", metavar="PATH", type=path)
    days.add_argument("--region", default="GB", help="country of days that name none (GB)")
    days.add_argument("--kind", default="cinema", help="kind of days that name none (cinema)")
    add("twins", "list films that may stand twice, as commands that join them")
    joining = add("join", "make two films one that stand twice", _JOIN_MORE)
    joining.add_argument("film", metavar="FILM", help="the film to go: id:..., or its title")
    joining.add_argument("other", metavar="OTHER", help="the film to stay")
    parting = add("part", "undo a join")
    parting.add_argument("film", metavar="FILM", help="the film that went, by its id")
    add("status", "say how many films there are, and where they come from")
    add("rebuild", "make the recommender's index anew, now")
    showing = add("show", "show all that is known of one film")
    showing.add_argument("film", metavar="FILM", nargs="+", help="a title, with its year; id:...")
    searching = add("search", "find films by title", _SEARCH_MORE)
    searching.add_argument("query", metavar="QUERY", nargs="*")
    searching.add_argument(
        "--json", choices=["-"], metavar="-", help="answer the queries of the standard input"
    )
