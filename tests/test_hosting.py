"""The container's files: what the image holds, how it is started, where its ports are to be had."""

import re
from pathlib import Path

import pytest

from adapters.runtime.settings.settings import names
from bot.domain.regions import TONGUES
from bot.language.wishes.lexicon.places import LOCALES

ROOT = Path(__file__).parents[1]
HOSTING = ROOT / "hosting"
CONTAINERFILE = HOSTING / "Containerfile"
COMPOSED = sorted(HOSTING.glob("compose*.yaml"))


def test_the_image_keeps_the_names_in_every_language_that_is_read() -> None:
    kept = re.search(r"/\(([a-z|]+)\)", CONTAINERFILE.read_text("utf-8"))
    assert kept
    assert {*TONGUES, *LOCALES, "en", "root"} == set(kept[1].split("|"))


@pytest.fixture(params=COMPOSED, ids=lambda path: path.name)
def composed(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """Return the name of a compose file, and the text of each of its services, with what they share."""
    text = request.param.read_text("utf-8")
    parts = re.split(r"(?m)^services:$|^volumes:$", text)
    services = re.split(r"(?m)^  (\w+):$", parts[1])[1:]
    return request.param.name, dict(zip(services[::2], services[1::2], strict=True))


def test_the_compose_file_says_how_its_settings_are_found(
    composed: tuple[str, dict[str, str]],
) -> None:
    """Compose looks for .env beside the file, not in the project, unless it is named."""
    name, services = composed
    command = f"docker compose --env-file .env --file hosting/{name}"
    shown = [
        line.strip("# ")
        for path in (HOSTING / name, ROOT / "docs" / "hosting.md")
        for line in path.read_text("utf-8").splitlines()
        if "docker compose" in line
    ]
    here = [line for line in shown if line.startswith(command)]
    assert len(here) == 2
    assert all("docker compose --env-file .env " in line for line in shown)
    profiles = {each for text in services.values() for each in _listed("profiles", text)}
    assert profiles == (set(services) - {"database"} if len(services) > 1 else set())
    assert all(set(re.findall(r"--profile (\w+)", line)) <= profiles for line in here)


def test_what_listens_in_a_container_is_reached_from_its_host_alone(
    composed: tuple[str, dict[str, str]],
) -> None:
    published = []
    for text in composed[1].values():
        given = dict(re.findall(r"(?m)^      (\w+): (\S+)$", text))
        hosts = {name for name in given if name.endswith("_HOST")}
        assert hosts <= set(names())
        assert all(given[each] == "0.0.0.0" for each in hosts)  # noqa: S104 - of the container, not of the host
        inside = {given[each.replace("_HOST", "_PORT")] for each in hosts}
        ports = _listed("ports", text)
        assert {f"127.0.0.1:{each}:{each}" for each in inside} == set(ports)
        published += ports
    assert sorted(published) == ["127.0.0.1:3000:3000", "127.0.0.1:8737:8737"]


def _listed(name: str, text: str) -> list[str]:
    """Return the values of a list that stands on one line."""
    found = re.search(rf"(?m)^    {name}: \[(.+)\]$", text)
    return [each.strip(' "') for each in found[1].split(",")] if found else []
