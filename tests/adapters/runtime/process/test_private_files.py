"""What Matinee writes is its owner's alone, in any folder; and starts that are cut off say so."""

import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from adapters.indexes.titles_file import EMPTY, saved_snapshot
from adapters.runtime.platforms import platform_findings, platforms
from adapters.runtime.process.data_folder import keep_private
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings
from recommender import BaseIndex, IndexDamaged
from tests.adapters.conftest import command, run, surroundings
from tests.support import HandClock


def open_to_others(folder: Path) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def test_files_are_private_in_an_open_folder(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    done = run("--data", str(folder), "chat", "--club", "friends", "/review Her 4/5")
    assert done.returncode == 0, done.stderr
    assert (folder / "matinee.db").exists()
    assert open_to_others(folder) == []
    backup = folder / "copy.db"
    assert run("--data", str(folder), "backup", str(backup)).returncode == 0
    assert open_to_others(folder) == []


def test_files_of_an_earlier_version_are_closed(tmp_path: Path) -> None:
    for name in ("matinee.db", "titles.json", "titles.bin", "mine.txt"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    keep_private(tmp_path)
    assert open_to_others(tmp_path) == ["mine.txt"]


def test_a_pipe_in_the_place_of_an_index_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("index.bin", "titles.bin"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(IndexDamaged, match="is not a file"):
        BaseIndex.load(tmp_path / "index.bin")
    assert saved_snapshot(tmp_path / "titles.bin") == EMPTY


def test_a_command_that_is_cut_off_does_not_succeed(data: Path, tmp_path: Path) -> None:
    rows = "".join(f"{n},Film Number {n} (19{n % 90 + 10}),Drama\n" for n in range(400_000))
    (tmp_path / "movies.csv").write_text(f"movieId,title,genres\n{rows}", "utf-8")
    started = subprocess.Popen(  # noqa: S603 - our own command
        command("--data", str(data), "catalogue", "import", str(tmp_path)), env=surroundings()
    )
    time.sleep(2.5)
    started.send_signal(signal.SIGTERM)
    assert started.wait(10) == 143


def test_lines_of_a_pipe_read_no_files_unless_it_says_so(data: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Quetzalcoatlus flew over the cinema.")
    line = f"ana: /review Her 4/5 file:{secret}\n"
    told = run("--data", str(data), "chat", typed=line)
    assert "read no files of this machine" in told.stdout
    assert "Quetzalcoatlus" not in told.stdout
    assert "Quetzalcoatlus" in run("--data", str(data), "chat", "--files", typed=line).stdout


@pytest.mark.parametrize("name", ["slack_app_token", "slack_signing_secret"])
async def test_slack_set_up_by_half_says_what_lacks(name: str) -> None:
    settings = Settings(**{name: Secret("xapp-1-abc")})  # type: ignore[arg-type]  # one of two fields
    with pytest.raises(SettingsError, match="set SLACK_BOT_TOKEN, too"):
        platforms(settings, HandClock())
    [finding] = await platform_findings(settings)
    assert "SLACK_BOT_TOKEN" in finding.text


@pytest.mark.parametrize("url", ["http://club.example/slack/events", "club.example", "https://"])
def test_the_manifest_takes_https_alone(url: str) -> None:
    refused = run("slack", "manifest", "--url", url)
    assert refused.returncode == 2
    assert "takes https alone" in refused.stderr
    fine = run("slack", "manifest", "--url", "https://club.example/slack/events")
    assert '"request_url": "https://club.example/slack/events"' in fine.stdout
