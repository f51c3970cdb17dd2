"""Fake TMDB: its answers conform to the public description of the real one's API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from adapters.tmdb.client import TmdbClient
from adapters.tmdb.source import TmdbSource
from tests.adapters.tmdb.server import APPENDED, LANTERN, FakeTmdb

SPEC = Path(__file__).parents[4] / "shared" / "specs" / "tmdb-openapi.json"

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the description of TMDB's API is not beside the project"
)

_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}


@cache
def described(path: str) -> dict[str, Any]:
    operation = json.loads(SPEC.read_text("utf-8"))["paths"][f"/3{path}"]["get"]
    assert isinstance(operation, dict)
    return operation


def schema(path: str) -> dict[str, Any]:
    found = described(path)["responses"]["200"]["content"]["application/json"]["schema"]
    assert isinstance(found, dict)
    return found


def differences(value: object, wanted: dict[str, Any], where: str) -> list[str]:
    """Yield fields that the schema lacks or has of another type; anything may be null."""
    if value is None or "type" not in wanted:
        return []
    if not isinstance(value, _TYPES[wanted["type"]]):
        return [f"{where}: {value!r} is no {wanted['type']}"]
    if isinstance(value, list):
        return [d for each in value for d in differences(each, wanted.get("items", {}), where)]
    if isinstance(value, dict) and (known := wanted.get("properties")):
        unknown = [f"{where}: no {name}" for name in value if name not in known]
        inside = (
            differences(value[name], known[name], f"{where}.{name}")
            for name in value
            if name in known
        )
        return unknown + [difference for each in inside for difference in each]
    return []


@pytest.mark.parametrize(
    ("path", "asked", "query"),
    [
        ("/search/movie", "/search/movie", {"query": "lantern", "page": "1"}),
        ("/movie/changes", "/movie/changes", {"page": "1"}),
        ("/movie/{movie_id}", "/movie/900001", {}),
        ("/movie/{movie_id}/release_dates", "/movie/900001/release_dates", {}),
        ("/authentication", "/authentication", {}),
        (
            "/discover/movie",
            "/discover/movie",
            {
                "region": "GB",
                "with_release_type": "2|3",
                "release_date.gte": "2024-01-01",
                "release_date.lte": "2024-12-31",
            },
        ),
        ("/find/{external_id}", "/find/tt9900001", {"external_source": "imdb_id"}),
    ],
)
async def test_answers_are_as_described(
    tmdb: FakeTmdb, client: TmdbClient, path: str, asked: str, query: dict[str, str]
) -> None:
    tmdb.changed = [1, 2]
    answer = await client.get(asked, query)
    assert answer
    assert differences(answer, schema(path), path) == []


@pytest.mark.parametrize("part", APPENDED)
def test_what_is_appended_is_as_described(part: str) -> None:
    assert differences(LANTERN[part], schema(f"/movie/{{movie_id}}/{part}"), part) == []


def test_a_difference_would_be_seen() -> None:
    wrong = {"page": "1", "results": [{"id": 1, "name": "x"}]}
    assert len(differences(wrong, schema("/search/movie"), "")) == 2


async def test_questions_are_as_described(tmdb: FakeTmdb, source: TmdbSource) -> None:
    film = await source.film(900001)
    await source.search("lantern", 2019)
    await source.number_of("tt9900001")
    await source.release_dates(film)
    await source.changed_since(source.clock.now().date())
    await source.coming("GB", 56)

    paths = (
        "/movie/{movie_id}",
        "/search/movie",
        "/find/{external_id}",
        "/movie/{movie_id}/release_dates",
        "/movie/changes",
        "/discover/movie",
    )
    for path, query in zip(paths, tmdb.queries, strict=True):
        known = {each["name"] for each in described(path).get("parameters", ())}
        assert set(query) - known == {"api_key"}, path
