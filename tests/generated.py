"""Hypothesis strategies for whole replies, with the nastiest text there is."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.ids import DraftId, FilmId, MemberId
from bot.features.films.commands import FilmCommand, OpenFilmCommand
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.messages.commands import Command
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Divider,
    Document,
    Field,
    Fields,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Histogram,
    Option,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Style,
)
from bot.messages.spans import (
    Code,
    Day,
    Emphasis,
    Link,
    Mention,
    Plain,
    Span,
    Spoiler,
    Strong,
    When,
)
from bot.messages.visibility import Visibility
from bot.request.commands import DropDraftCommand, RecallCommand

HIDDEN = "Zebrafinch"
"""Stands in every spoiler and nowhere else."""

NASTY = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://evil\x07here\x1b]8;;\x07",
    "\x9b2J",
    "[bold]loud[/bold] [/] [link=http://x]y[/link] [",
    "one\r\ntwo\rthree\ttabbed",
    "\u202ereversed\u202c \u2066x\u2069",
    "Z" + "\u0301" * 40,
    "日本語の映画 愛のコリーダ",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "nul\0here",
    "ﷺ" * 20,
    "wordwithoutanyspace" * 20,
    "★★★½ … — “quoted”",
    "@everyone @here <@123> <@!123> <@&45> <#67> </review:89> <t:0:R> <:pop:12> <id:browse>",
    "||bars|| **bold** *slant* __under__ _low_ ~~through~~ `code` ```js\nx``` |` ` || *",
    "# big\n> quote\n>>> all\n- list\n* list\n12. twelve\n-# small\n\u2028# big",
    "[click](https://evil.example) <https://evil.example> https://evil.example/a_b_c )](",
    "¯\\_(ツ)_/¯ \\||not hidden|| \\\\**",
    "",
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=60)).filter(
    lambda text: HIDDEN not in text
)
film_ids = st.sampled_from([FilmId("her-2013"), FilmId("weekend-2011")])
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(ReviewCommand, film=texts, text=texts),
    st.builds(ReviewsCommand, film=texts),
    st.builds(RecommendCommand, mood=texts),
    st.builds(FilmCommand, film=texts),
    st.builds(HelpCommand, topic=texts),
    st.builds(DropDraftCommand, st.just(DraftId("abc"))),
    st.builds(RecallCommand, st.just(DraftId("abc"))),
)

_leaves: st.SearchStrategy[Span] = st.one_of(
    st.builds(Plain, texts),
    st.builds(Code, texts),
    st.builds(Mention, st.just(MemberId("console:ana")), texts),
    st.builds(
        When,
        st.datetimes(timezones=st.just(UTC)),
        st.sampled_from(["Europe/London", "Asia/Kathmandu", "Mars/Olympus", "", "../x", "\0"]),
    ),
    st.builds(Day, st.dates()),
)


def _wrapped(inner: st.SearchStrategy[Span]) -> st.SearchStrategy[Span]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Strong, several),
        st.builds(Emphasis, several),
        st.builds(Link, st.sampled_from(["https://example.org/a b", "http://x/\x1b[1m"]), several),
        several.map(lambda spans: Spoiler((Plain(HIDDEN), *spans, Plain(HIDDEN)))),
    )


spans = st.lists(st.recursive(_leaves, _wrapped, max_leaves=4), max_size=3).map(tuple)
fields = st.lists(st.builds(Field, texts, spans), max_size=3).map(tuple)
buttons = st.builds(Button, texts, commands, st.sampled_from(Style))
choices = st.builds(
    Choice,
    texts,
    st.lists(st.builds(Option, texts, texts, texts), max_size=3).map(tuple),
    st.builds(RecallCommand, st.just(DraftId("abc"))),
    st.just("film"),
)
forms = st.builds(Form, texts, st.builds(ReviewCommand, film=texts), st.just(("rating", "text")))
actions: st.SearchStrategy[tuple[Action, ...]] = st.lists(
    st.one_of(buttons, choices, forms), max_size=4
).map(tuple)
years = st.one_of(st.none(), st.integers(1890, 2100))
posters = st.sampled_from((None, "https://image.tmdb.org/t/p/w500/a.jpg", "http://[", "no address"))
items = st.builds(
    FilmItem,
    film_ids,
    texts,
    years,
    st.lists(spans, max_size=2).map(tuple),
    actions,
    posters,
    spans,
)


def _openable(films: list[FilmItem], label: str, numbered: bool) -> FilmList:
    options = tuple(Option(each.title, each.film_id) for each in films)
    return FilmList(
        tuple(films), numbered, Choice(label, options, OpenFilmCommand(FilmId("")), "film_id")
    )


blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, spans),
    st.builds(Paragraph, spans),
    st.builds(Fields, fields),
    st.builds(FilmCard, film_ids, texts, years, fields, spans, posters, spans),
    st.builds(_openable, st.lists(items, max_size=3), texts, st.booleans()),
    st.builds(FilmList, st.lists(items, max_size=3).map(tuple), st.booleans()),
    st.builds(Quote, spans, spans),
    st.builds(Histogram, st.lists(st.tuples(texts, st.integers(-1, 10**6)), max_size=5).map(tuple)),
    st.just(Divider()),
    st.builds(Footnote, spans),
    st.builds(Picture, texts, texts),
    st.builds(Document, texts, texts, texts),
    st.builds(Actions, actions),
)

replies = st.builds(
    Reply, st.lists(blocks, max_size=6).map(tuple), texts, st.sampled_from(Visibility)
)

NOON = datetime(2024, 1, 20, 12, tzinfo=UTC)
