"""Settings from the environment, from `.env` and from files."""

import os
import re
from pathlib import Path

import pytest

from adapters.cli.main import main
from adapters.runtime.platforms import platforms
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings, names, read_settings
from bot.domain.connections import Shards
from tests.adapters.conftest import ROOT
from tests.support import HandClock


def test_everything_has_a_default() -> None:
    settings = read_settings({})

    assert settings == Settings()
    assert settings.database.startswith("sqlite:///")
    assert settings.database.endswith("/matinee.db")


def test_the_data_folder_holds_the_database(tmp_path: Path) -> None:
    settings = read_settings({"MATINEE_DATA_DIR": str(tmp_path)})

    assert settings.folder == tmp_path
    assert settings.database == f"sqlite:///{tmp_path}/matinee.db"


def test_the_environment_wins_over_dotenv(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "# comment\n\nexport MATINEE_LOG_LEVEL = 'info'\n"
        'MATINEE_DATA_DIR="/some where"  \nMATINEE_DATABASE_URL=sqlite:///x.db # here\n'
    )
    settings = read_settings({"MATINEE_LOG_LEVEL": "debug"}, dotenv)

    assert settings.log_level == "debug"
    assert settings.data_dir == Path("/some where")
    assert settings.database == "sqlite:///x.db"


def test_a_value_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:///secret.db\n")

    assert (
        read_settings({"MATINEE_DATABASE_URL_FILE": str(tmp_path / "url")}).database
        == "sqlite:///secret.db"
    )


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"MATINEE_LOG_LEVEL": "loud"}, "debug, info"),
        ({"MATINEE_DATABASE_URL_FILE": "/nowhere/at/all"}, "cannot read /nowhere/at/all"),
        ({"MATINEE_DATA_DIR": "x", "MATINEE_DATA_DIR_FILE": "y"}, "keep one of them"),
        ({"TMDB_API_KEY": "a key with blanks"}, "https://www.themoviedb.org/settings/api"),
        ({"TMDB_API_URL": "api.themoviedb.org"}, "use an address such as https://"),
        ({"DISCORD_TOKEN": "two words"}, "https://discord.com/developers"),
        ({"DISCORD_GATEWAY_URL": "https://x.org"}, "use an address such as wss://"),
        ({"DISCORD_SHARDS": "4-3/8"}, "0-3/8"),
        ({"DISCORD_SHARDS": "0-8/8"}, "counted from 0"),
        ({"MATINEE_ONLY": "irc"}, "use one of discord, slack"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "does not begin with xoxb-"),
        ({"SLACK_HTTP_PORT": "http"}, "use a port from 0 to 65535"),
        ({"MATINEE_WEB_URL": "club.example.org"}, "use an address such as https://web.example.org"),
        ({"MATINEE_WEB_URL": "https://example.org/club"}, "without a path"),
        ({"MATINEE_WEB_PORT": "70000"}, "use a port from 0 to 65535"),
        ({"SLACK_CLIENT_ID": "A012345"}, "two numbers with a dot"),
        ({"SLACK_REDIRECT_URI": "http://club.example/slack/oauth_redirect"}, "takes https alone"),
        ({"SLACK_REDIRECT_URI": "https://club.example/slack/events"}, "/slack/oauth_redirect"),
        ({"MATINEE_SECRET_KEY": f"{'a' * 43}=,secret"}, "matinee slack key"),
        ({"SLACK_COMMAND_PREFIX": "Film Club"}, "use up to 12 of a-z"),
    ],
)
def test_what_cannot_be_used_is_named(environ: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)):
        read_settings(environ)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"just words", "line 1: expected NAME=value"),
        (b"A=\xff\xfe", "not UTF-8"),
        (b"A=" + b"x" * 70_000, "larger than 64 KiB"),
    ],
)
def test_a_broken_dotenv_is_named(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(content)

    with pytest.raises(SettingsError, match=says):
        read_settings({}, tmp_path / ".env")


def test_secrets_are_never_shown() -> None:
    settings = read_settings({"MATINEE_DATABASE_URL": "postgresql://ana:hunter2@host/db"})

    assert "hunter2" not in f"{settings!r} {settings} {settings.database_url}"
    assert settings.database_url == Secret("postgresql://ana:hunter2@host/db")


def test_the_example_documents_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text()

    assert re.findall(r"^#?(\w+)=", example, re.MULTILINE) == names()


def test_a_tmdb_key_may_lie_in_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123456789abcdef\n")
    settings = read_settings({"TMDB_API_KEY_FILE": str(tmp_path / "key")})

    assert settings.tmdb_api_key == Secret("0123456789abcdef")
    assert "0123456789abcdef" not in repr(settings)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://127.0.0.1:8080/3/"])
def test_tmdbs_address_may_leave_the_version_out(url: str) -> None:
    assert read_settings({"TMDB_API_URL": url}).tmdb_api_url == "http://127.0.0.1:8080/3"


def test_a_process_may_have_some_of_the_shards() -> None:
    settings = read_settings({"DISCORD_SHARDS": "2-3/8", "MATINEE_ONLY": "discord"})
    assert settings.discord_shards is not None
    assert settings.discord_shards.numbers == [2, 3]
    assert settings.only == "discord"


MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "secret-of-many",
    "SLACK_REDIRECT_URI": "https://club.example/slack/oauth_redirect",
    "MATINEE_SECRET_KEY": f"{'a' * 43}=, {'b' * 42}A=",
    "SLACK_SIGNING_SECRET": "secret",
}


def test_keys_stand_with_commas_and_are_shown_nowhere() -> None:
    settings = read_settings(MANY)
    assert len(settings.secret_key) == 2
    assert {"a" * 43 + "=", "b" * 42 + "A=", "secret-of-many"} <= set(settings.secrets)
    assert "aaa" not in repr(settings)
    assert [each.name for each in platforms(settings, HandClock())] == ["slack"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "set one or the other"),
        ({"SLACK_CLIENT_ID": "", "SLACK_BOT_TOKEN": "xoxb-1"}, "set one or the other"),
        ({"SLACK_CLIENT_ID": ""}, "set SLACK_CLIENT_ID, too"),
        ({"SLACK_CLIENT_SECRET": "", "MATINEE_SECRET_KEY": ""}, "SECRET and MATINEE_SECRET_KEY"),
        ({"SLACK_REDIRECT_URI": ""}, "set SLACK_REDIRECT_URI, too"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_APP_TOKEN for Socket Mode"),
    ],
)
def test_settings_of_one_and_of_many_workspaces_do_not_contradict(
    changed: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        platforms(read_settings({**MANY, **changed}), HandClock())
    assert "secret-of-many" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(only="discord"), "DISCORD_TOKEN is not set"),
        (Settings(only="worker"), "neither DISCORD_TOKEN nor SLACK_BOT_TOKEN"),
        (Settings(only="web", slack_bot_token=Secret("xoxb-1")), "MATINEE_WEB_URL is not set"),
        (
            Settings(only="worker", discord_token=Secret("x.y.z"), discord_shards=Shards(0, 0, 2)),
            "shards are Discord's",
        ),
        (
            Settings(
                only="slack", slack_bot_token=Secret("xoxb-1"), discord_shards=Shards(0, 0, 2)
            ),
            "shards are Discord's",
        ),
    ],
)
def test_a_process_that_would_serve_nothing_says_so(settings: Settings, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        platforms(settings, HandClock())


def test_a_folder_of_fonts_has_to_hold_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"MATINEE_FONTS.*no font"):
        read_settings({"MATINEE_FONTS": str(tmp_path)})
    (tmp_path / "Some.OTF").touch()
    assert read_settings({"MATINEE_FONTS": str(tmp_path)}).fonts == tmp_path


def test_a_folder_of_fonts_from_a_file_reaches_what_draws_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Some.ttf").touch()
    (tmp_path / ".env").write_text("MATINEE_FONTS=fonts\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert main(["slack", "key"]) == 0
    assert os.environ["MATINEE_FONTS"] == str(tmp_path / "fonts")
