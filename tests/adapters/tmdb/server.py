"""Fake TMDB: version 3 of its API on the loopback, with failures on request."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "head.body.seal"  # noqa: S105 - opens nothing
PAGE = 20

Json = dict[str, Any]
Trouble = Callable[[web.Request], "web.StreamResponse | None"]

INVALID_KEY = {
    "status_code": 7,
    "status_message": "Invalid API key: You must be granted a valid key.",
    "success": False,
}
NO_SUCH = {
    "success": False,
    "status_code": 34,
    "status_message": "The resource you requested could not be found.",
}

LANTERN: Json = {
    "adult": False,
    "backdrop_path": None,
    "belongs_to_collection": {
        "id": 70001,
        "name": "The Lighthouse Collection",
        "poster_path": None,
        "backdrop_path": None,
    },
    "budget": 0,
    "genres": [{"id": 18, "name": "Drama"}, {"id": 10402, "name": "Music"}],
    "homepage": "",
    "id": 900001,
    "imdb_id": "tt9900001",
    "origin_country": ["NO"],
    "original_language": "no",
    "original_title": "Lykten i snøen",
    "overview": "A ferry pilot and her deaf brother keep a lighthouse lit through one long winter.",
    "popularity": 3.5,
    "poster_path": "/lantern.jpg",
    "production_companies": [],
    "production_countries": [{"iso_3166_1": "NO", "name": "Norway"}],
    "release_date": "2019-03-08",
    "revenue": 0,
    "runtime": 101,
    "spoken_languages": [
        {"english_name": "Norwegian", "iso_639_1": "no", "name": "Norsk"},
        {"english_name": "No Language", "iso_639_1": "xx", "name": "No Language"},
    ],
    "status": "Released",
    "tagline": "",
    "title": "A Lantern in the Snow",
    "video": False,
    "vote_average": 7.1,
    "vote_count": 412,
    "credits": {
        "cast": [
            {"id": 2, "name": "Per Dahl", "order": 1, "character": "Odd"},
            {"id": 1, "name": "Ingrid Moe", "order": 0, "character": "Liv"},
        ],
        "crew": [
            {"id": 3, "name": "Solveig Brekke", "job": "Director", "department": "Directing"},
            {"id": 4, "name": "Nils Aas", "job": "Editor", "department": "Editing"},
            {"id": 5, "name": "Tove Lie", "job": "Screenplay", "department": "Writing"},
        ],
    },
    "keywords": {
        "keywords": [
            {"id": 1, "name": "lighthouse"},
            {"id": 2, "name": "Siblings"},
            {"id": 3, "name": "aftercreditsstinger"},
            {"id": 4, "name": "based on novel or book"},
            {"id": 5, "name": "woman director"},
        ]
    },
    "alternative_titles": {
        "titles": [
            {"iso_3166_1": "DE", "title": "Das Licht im Schnee", "type": ""},
            {"iso_3166_1": "GB", "title": "The Snow Lantern", "type": ""},
            {"iso_3166_1": "US", "title": "A lantern in the snow", "type": ""},
        ]
    },
    "release_dates": {
        "results": [
            {
                "iso_3166_1": "NO",
                "release_dates": [
                    {"certification": "", "release_date": "2019-03-08T00:00:00.000Z", "type": 3},
                    {"certification": "", "release_date": "2019-02-01T00:00:00.000Z", "type": 1},
                    {"certification": "", "release_date": "2024-03-08T00:00:00.000Z", "type": 3},
                ],
            },
            {
                "iso_3166_1": "GB",
                "release_dates": [
                    {"certification": "12A", "release_date": "2024-03-01T00:00:00.000Z", "type": 3},
                    {"certification": "12", "release_date": "2024-06-03T00:00:00.000Z", "type": 4},
                ],
            },
        ]
    },
    "videos": {
        "results": [
            {"site": "YouTube", "type": "Teaser", "key": "teaser00001", "official": True},
            {"site": "YouTube", "type": "Trailer", "key": "fanmade0001", "official": False},
            {"site": "YouTube", "type": "Trailer", "key": "lantern0001", "official": True},
        ]
    },
    "watch/providers": {
        "results": {
            "GB": {
                "link": "https://www.themoviedb.org/movie/900001/watch?locale=GB",
                "flatrate": [
                    {"provider_id": 8, "provider_name": "Netflix", "display_priority": 4},
                    {"provider_id": 11, "provider_name": "MUBI", "display_priority": 2},
                    {
                        "provider_id": 12,
                        "provider_name": "MUBI Amazon Channel",
                        "display_priority": 1,
                    },
                ],
                "buy": [{"provider_id": 2, "provider_name": "Apple TV", "display_priority": 3}],
            },
            "US": {
                "link": "https://www.themoviedb.org/movie/900001/watch?locale=US",
                "rent": [{"provider_id": 2, "provider_name": "Apple TV", "display_priority": 3}],
            },
        }
    },
}
"""Made-up film, with all fields that TMDB has."""

APPENDED = (
    "credits",
    "keywords",
    "alternative_titles",
    "release_dates",
    "videos",
    "watch/providers",
)
"""Parts of a film that its details hold where they are asked for."""


@dataclass
class FakeTmdb:
    """Films of the server, the requests it got, and its failures.

    `troubles`: each is used by one request, before anything else happens; `always` by all.
    """

    url: str = ""
    films: dict[int, Json] = field(default_factory=lambda: {LANTERN["id"]: LANTERN})
    changed: list[int] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    always: Trouble | None = None
    asked: list[str] = field(default_factory=list)
    queries: list[Mapping[str, str]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or fail it."""
        self.asked.append(request.path)
        self.queries.append(dict(request.query))
        trouble = self.troubles.pop(0) if self.troubles else self.always
        if trouble is not None and (response := trouble(request)) is not None:
            return response
        if not _has_key(request):
            return web.json_response(INVALID_KEY, status=401)
        found = self._found(request)
        return web.json_response(NO_SUCH, status=404) if found is None else web.json_response(found)

    def _found(self, request: web.Request) -> Json | None:
        match request.path.removeprefix("/3/").split("/"):
            case ["authentication"]:
                return {"success": True, "status_code": 1, "status_message": "Success."}
            case ["search", "movie"]:
                return self._search(request.query)
            case ["discover", "movie"]:
                return self._coming(request.query)
            case ["movie", "changes"]:
                results = [{"id": number, "adult": False} for number in self.changed]
                return _page(results, request.query)
            case ["movie", number]:
                return self._details(int(number), request.query)
            case ["movie", number, "release_dates"] if int(number) in self.films:
                return {"id": int(number), **self.films[int(number)]["release_dates"]}
            case ["find", imdb_id]:
                return self._find(imdb_id, request.query)
        return None

    def _search(self, query: Mapping[str, str]) -> Json:
        typed, year = query["query"].casefold(), query.get("year", "")
        results = [
            _brief(film)
            for film in self.films.values()
            if typed in film["title"].casefold() and film["release_date"].startswith(year)
        ]
        return _page(results, query)

    def _details(self, number: int, query: Mapping[str, str]) -> Json | None:
        film = self.films.get(number)
        if film is None:
            return None
        asked = set(query.get("append_to_response", "").split(","))
        return {name: film[name] for name in film if name not in APPENDED or name in asked}

    def _coming(self, query: Mapping[str, str]) -> Json:
        """Find the films with a release of these types, in this region, on these days."""
        types = {int(each) for each in query["with_release_type"].split("|")}
        first, last = query["release_date.gte"], query["release_date.lte"]
        found = [
            _brief(film)
            for film in self.films.values()
            for country in film["release_dates"]["results"]
            if country["iso_3166_1"] == query["region"]
            and any(
                each["type"] in types and first <= each["release_date"][:10] <= last
                for each in country["release_dates"]
            )
        ]
        return _page(found, query)

    def _find(self, imdb_id: str, query: Mapping[str, str]) -> Json:
        assert query["external_source"] == "imdb_id"
        found = [_brief(each) for each in self.films.values() if each["imdb_id"] == imdb_id]
        others = ("person_results", "tv_results", "tv_episode_results", "tv_season_results")
        return {"movie_results": found, **{name: [] for name in others}}


def _has_key(request: web.Request) -> bool:
    return (
        request.query.get("api_key") == KEY
        or request.headers.get("Authorization") == f"Bearer {TOKEN}"
    )


def _brief(film: Json) -> Json:
    """Return a film's fields in search results."""
    same = (
        "adult",
        "backdrop_path",
        "id",
        "original_language",
        "original_title",
        "overview",
        "popularity",
        "poster_path",
        "release_date",
        "title",
        "video",
        "vote_average",
        "vote_count",
    )
    return {name: film[name] for name in same} | {"genre_ids": [g["id"] for g in film["genres"]]}


def _page(results: list[Json], query: Mapping[str, str]) -> Json:
    page = int(query.get("page", "1"))
    return {
        "page": page,
        "results": results[PAGE * (page - 1) : PAGE * page],
        "total_pages": max(1, -(-len(results) // PAGE)),
        "total_results": len(results),
    }


def failing(status: int, **headers: str) -> Trouble:
    """Make a trouble that answers with an error."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: web.json_response(
        {"success": False, "status_code": 11, "status_message": "Internal error."},
        status=status,
        headers=named,
    )


def saying(body: bytes) -> Trouble:
    """Make a trouble that answers with these bytes."""
    return lambda _: web.Response(body=body, content_type="application/json")


def cut_off(request: web.Request) -> web.StreamResponse:
    """Send less than Content-Length, and close the connection."""
    transport = request.transport
    assert transport is not None
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    transport.write(head + b'{"page": 1, "results": [{"id": 900')
    transport.close()
    return web.Response()


@asynccontextmanager
async def serving() -> AsyncIterator[FakeTmdb]:
    """Run the server on a free port of the loopback."""
    fake = FakeTmdb()
    app = web.Application()
    app.router.add_get("/{rest:.*}", fake.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        fake.url = f"http://{host}:{port}/3"
        yield fake
    finally:
        await runner.cleanup()
