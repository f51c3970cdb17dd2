"""What a live source's pages add to a finished reply: pictures, trailers, series, where to watch."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.ids import FilmId
from bot.messages.phrases import joined
from bot.messages.replies import Actions, Block, Field, FilmCard, FilmItem, FilmList, Reply
from bot.messages.spans import Link, Plain, Span
from bot.ports.film_source import FilmPage, WhereToWatch
from bot.views.film_card import NOWHERE, is_tmdb_notice, tmdb_notice

_MOST_SERVICES = 4


def films_shown(reply: Reply) -> list[FilmId]:
    """Return the films of a reply's cards and lists, in order, each once."""
    return list(dict.fromkeys(each.film_id for block in reply.blocks for each in _films(block)))


def _films(block: Block) -> Iterable[FilmCard | FilmItem]:
    match block:
        case FilmCard():
            return [block]
        case FilmList(items):
            return items
    return []


def with_pages(reply: Reply, pages: Mapping[FilmId, FilmPage]) -> Reply:
    """Add what the pages show to the films of a reply, with the credits that their source asks for."""
    shown = [pages[film_id] for film_id in films_shown(reply) if film_id in pages]
    if not shown:
        return reply
    blocks = [_with_page(block, pages) for block in reply.blocks]
    end = next(
        (place for place, block in enumerate(blocks) if isinstance(block, Actions)), len(blocks)
    )
    told = [block for block in blocks[:end] if not is_tmdb_notice(block)]
    listed = any(page.watch.stream or page.watch.buy for page in shown)
    if listed:
        told = [block for block in told if block != NOWHERE]
    number = shown[0].number if isinstance(_first(reply), FilmCard) else None
    credit = tmdb_notice(number, where_to_watch=listed)
    return replace(reply, blocks=(*told, credit, *blocks[end:]))


def _first(reply: Reply) -> FilmCard | FilmItem:
    return next(film for block in reply.blocks for film in _films(block))


def _with_page(block: Block, pages: Mapping[FilmId, FilmPage]) -> Block:
    match block:
        case FilmCard(film_id=film_id) if page := pages.get(film_id):
            facts = (*block.facts, *_facts(block, page))
            return replace(block, facts=facts, poster=block.poster or page.poster)
        case FilmList(items):
            return replace(
                block, items=tuple(_item(item, pages.get(item.film_id)) for item in items)
            )
    return block


def _item(item: FilmItem, page: FilmPage | None) -> FilmItem:
    if page is None:
        return item
    told = where_to_watch(page.watch)
    lines = (*item.lines, (Plain(told),)) if told else item.lines
    return replace(item, poster=page.poster, lines=lines)


def _facts(card: FilmCard, page: FilmPage) -> Iterable[Field]:
    if page.series and all(each.name != "Series" for each in card.facts):
        yield Field("Series", (Plain(page.series),))
    if told := where_to_watch(page.watch):
        words: Span = Plain(told)
        yield Field("Watch", (Link(page.watch.link, (words,)) if page.watch.link else words,))
    if page.trailer:
        site = "YouTube" if "youtube" in page.trailer else "Vimeo"
        yield Field("Trailer", (Link(page.trailer, (Plain(site),)),))


def where_to_watch(watch: WhereToWatch) -> str:
    """Word where a film can be watched: `On MUBI and Netflix (GB)`; empty where it cannot."""
    if watch.stream:
        return f"On {_few(watch.stream)} ({watch.region})"
    if watch.buy:
        return f"To rent or buy on {_few(watch.buy)} ({watch.region})"
    return ""


def _few(services: tuple[str, ...]) -> str:
    more = len(services) - _MOST_SERVICES
    if more <= 0:
        return joined(services)
    return joined([*services[:_MOST_SERVICES], f"{more} more"])
