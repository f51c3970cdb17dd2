"""Settings of a process, checked, from the environment, a `.env` file and `*_FILE` files.

Read by hand: pydantic-settings would add 0.2 s of processor time to every start, which takes
0.13 s up to `--help`, and the checks of values below would stay.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.chat.font_files import fonts_in
from adapters.runtime.settings.environment import SettingsError, dotenv, expanded, value_of
from bot.domain.connections import Shards

TMDB_API_URL = "https://api.themoviedb.org/3"
LETTERBOXD_URL = "https://letterboxd.com"
WEB_PORT = 8737
DISCORD_API_URL = "https://discord.com/api/v10"
SLACK_API_URL = "https://slack.com/api/"

_UNPREFIXED = ("tmdb_", "discord_", "slack_")
"""Prefixes of settings without MATINEE_ before them, as other programs read the same ones."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Value that no log, traceback or repr shows."""

    value: str

    def __repr__(self) -> str:
        """Return a mask."""
        return "***"

    __str__ = __repr__


def read_shards(text: str, name: str) -> Shards:
    """Read shards as in `0-3/8`. Raises SettingsError, which names the setting."""
    if found := Shards.of(text):
        return found
    raise SettingsError(
        f"{name} is {text!r}; write the first and the last shard of this process, counted from 0, and "
        "how many there are in all: 0-3/8"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a process. Each is described in `.env.example`."""

    data_dir: Path | None = None
    database_url: Secret | None = None
    log_level: str = "warning"
    log_format: str = "text"
    only: str = ""
    secret_key: tuple[Secret, ...] = ()
    tmdb_api_key: Secret | None = None
    tmdb_api_url: str = TMDB_API_URL
    letterboxd_url: str = LETTERBOXD_URL
    web_url: str = ""
    web_host: str = "127.0.0.1"
    web_port: int = WEB_PORT
    fonts: Path | None = None
    health_port: int | None = None
    discord_token: Secret | None = None
    discord_api_url: str = DISCORD_API_URL
    discord_gateway_url: str = ""
    discord_shards: Shards | None = None
    slack_bot_token: Secret | None = None
    slack_app_token: Secret | None = None
    slack_signing_secret: Secret | None = None
    slack_client_id: str = ""
    slack_client_secret: Secret | None = None
    slack_redirect_uri: str = ""
    slack_http_host: str = "127.0.0.1"
    slack_http_port: int = 3000
    slack_api_url: str = SLACK_API_URL
    slack_command_prefix: str = ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that no log may show."""
        values = [getattr(self, each.name) for each in fields(self)]
        return tuple(e.value for e in (*values, *self.secret_key) if isinstance(e, Secret))

    @property
    def folder(self) -> Path:
        """Data folder: the one that is set, else the user's data folder."""
        if self.data_dir is not None:
            return self.data_dir
        from platformdirs import user_data_path  # noqa: PLC0415 - not needed when a folder is named

        return user_data_path("matinee", appauthor=False)

    @property
    def listens(self) -> bool:
        """Whether the process takes what members say in chats: not one of deliveries or of pages alone."""
        return self.only not in {"worker", "web"}

    @property
    def database(self) -> str:
        """URL of the database."""
        if self.database_url is not None:
            return self.database_url.value
        return f"sqlite:///{self.folder.absolute() / 'matinee.db'}"


ONLY = ("discord", "slack", "worker", "web")
"""What a process may be limited to: a platform, deliveries and maintenance, the club's pages."""

_LEVELS = ("debug", "info", "warning", "error")
_FORMATS = ("text", "json")


def names() -> list[str]:
    """List the settings' names in the environment."""
    return [_name(each.name) for each in fields(Settings)]


def _name(setting: str) -> str:
    return setting.upper() if setting.startswith(_UNPREFIXED) else f"MATINEE_{setting.upper()}"


def read_settings(environ: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """Read the settings. Raises SettingsError."""
    known = {**(dotenv(env_file) if env_file else {}), **environ}
    values = {name: value_of(known, name) for name in names()}
    folder, url = values["MATINEE_DATA_DIR"], values["MATINEE_DATABASE_URL"]
    return Settings(
        data_dir=expanded(folder) if folder else None,
        database_url=Secret(url) if url else None,
        log_level=_choice(values, "MATINEE_LOG_LEVEL", _LEVELS, "warning"),
        log_format=_choice(values, "MATINEE_LOG_FORMAT", _FORMATS, "text"),
        only=_choice(values, "MATINEE_ONLY", ONLY, "") if values["MATINEE_ONLY"] else "",
        secret_key=_keys(values),
        letterboxd_url=_address(values, "MATINEE_LETTERBOXD_URL", LETTERBOXD_URL).rstrip("/"),
        **_web(values),
        **_tmdb(values),
        **_discord(values),
        **_slack(values),
    )


def _web(values: Mapping[str, str]) -> dict[str, Any]:
    url = _address(values, "MATINEE_WEB_URL", "").rstrip("/")
    health = values["MATINEE_HEALTH_PORT"]
    if urlsplit(url).path:
        raise SettingsError(
            f"MATINEE_WEB_URL is {url!r}; the pages need a host name of their own, without a path: "
            "https://club.example.org"
        )
    return {
        "web_url": url,
        "web_host": values["MATINEE_WEB_HOST"] or "127.0.0.1",
        "web_port": _port(values, "MATINEE_WEB_PORT", WEB_PORT),
        "health_port": _port(values, "MATINEE_HEALTH_PORT", 0) if health else None,
        "fonts": _fonts(values["MATINEE_FONTS"]),
    }


def _fonts(text: str) -> Path | None:
    """Check the folder of fonts."""
    if not text:
        return None
    folder = expanded(text).absolute()
    if not fonts_in(folder):
        raise SettingsError(
            f"MATINEE_FONTS is {text!r}, where there is no font; name a folder with .ttf, .otf or .ttc files"
        )
    return folder


def _tmdb(values: Mapping[str, str]) -> dict[str, Any]:
    url = _address(values, "TMDB_API_URL", TMDB_API_URL)
    return {
        "tmdb_api_key": _secret(
            values,
            "TMDB_API_KEY",
            "copy the API key or the read access token from the page "
            "https://www.themoviedb.org/settings/api",
        ),
        # With or without the version at its end.
        "tmdb_api_url": f"{url.rstrip('/').removesuffix('/3')}/3",
    }


def _discord(values: Mapping[str, str]) -> dict[str, Any]:
    shards = values["DISCORD_SHARDS"]
    portal = "copy the token of your application's bot from https://discord.com/developers"
    return {
        "discord_token": _secret(values, "DISCORD_TOKEN", portal),
        "discord_api_url": _address(values, "DISCORD_API_URL", DISCORD_API_URL).rstrip("/"),
        "discord_gateway_url": _address(values, "DISCORD_GATEWAY_URL", "", {"ws", "wss"}),
        "discord_shards": read_shards(shards, "DISCORD_SHARDS") if shards else None,
    }


def _slack(values: Mapping[str, str]) -> dict[str, Any]:
    page = "copy it from your app's page at https://api.slack.com/apps"
    prefix = values["SLACK_COMMAND_PREFIX"]
    if not re.fullmatch(r"[a-z0-9_-]{0,12}", prefix):
        raise SettingsError(f"SLACK_COMMAND_PREFIX is {prefix!r}; use up to 12 of a-z, 0-9, - or _")
    return {
        "slack_bot_token": _token(values, "SLACK_BOT_TOKEN", "xoxb-", page),
        "slack_app_token": _token(values, "SLACK_APP_TOKEN", "xapp-", page),
        "slack_signing_secret": _secret(values, "SLACK_SIGNING_SECRET", page),
        "slack_client_id": _client_id(values, page),
        "slack_client_secret": _secret(values, "SLACK_CLIENT_SECRET", page),
        "slack_redirect_uri": _redirect(values),
        "slack_http_host": values["SLACK_HTTP_HOST"] or "127.0.0.1",
        "slack_http_port": _port(values, "SLACK_HTTP_PORT", 3000),
        "slack_api_url": _address(values, "SLACK_API_URL", SLACK_API_URL).rstrip("/") + "/",
        "slack_command_prefix": prefix,
    }


def _keys(values: Mapping[str, str]) -> tuple[Secret, ...]:
    """Check the keys that seal what is secret in the database: the first seals, all open."""
    keys = [each.strip() for each in values["MATINEE_SECRET_KEY"].split(",") if each.strip()]
    if not all(re.fullmatch(r"[\w-]{43}=", each, re.ASCII) for each in keys):
        raise SettingsError(
            "MATINEE_SECRET_KEY holds something that is no key; matinee slack key prints one. Several "
            "stand with commas between them, the newest first"
        )
    return tuple(map(Secret, keys))


def _client_id(values: Mapping[str, str], hint: str) -> str:
    client_id = values["SLACK_CLIENT_ID"]
    if client_id and not re.fullmatch(r"\d+\.\d+", client_id, re.ASCII):
        raise SettingsError(f"SLACK_CLIENT_ID is {client_id!r}; two numbers with a dot: {hint}")
    return client_id


def _redirect(values: Mapping[str, str]) -> str:
    url = _address(values, "SLACK_REDIRECT_URI", "")
    parts = urlsplit(url)
    safe = parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}
    if url and not (safe and parts.path.endswith("/slack/oauth_redirect")):
        raise SettingsError(
            f"SLACK_REDIRECT_URI is {url!r}; Slack takes https alone, and Matinee listens at one path: "
            "https://club.example.org/slack/oauth_redirect"
        )
    return url


def _secret(values: Mapping[str, str], name: str, hint: str) -> Secret | None:
    """Check a key or token: printable ASCII without blanks, or None."""
    key = values[name]
    if not key:
        return None
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError(f"{name} cannot be one; {hint}")
    return Secret(key)


def _token(values: Mapping[str, str], name: str, begins: str, hint: str) -> Secret | None:
    token = _secret(values, name, hint)
    if token is not None and not token.value.startswith(begins):
        raise SettingsError(f"{name} does not begin with {begins}; {hint}")
    return token


def _address(
    values: Mapping[str, str],
    name: str,
    usual: str,
    schemes: Collection[str] = frozenset({"http", "https"}),
) -> str:
    """Check the URL of a platform, or of a stand-in for it."""
    url = values[name] or usual
    parts = urlsplit(url)
    if url and (parts.scheme not in schemes or not parts.hostname or parts.query):
        example = usual or f"{max(schemes)}://{name.split('_')[1].lower()}.example.org"
        raise SettingsError(f"{name} is {url!r}; use an address such as {example}")
    return url


def _port(values: Mapping[str, str], name: str, usual: int) -> int:
    text = values[name] or str(usual)
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise SettingsError(f"{name} is {text!r}; use a port from 0 to 65535")
    return int(text)


def _choice(values: Mapping[str, str], name: str, choices: Collection[str], usual: str) -> str:
    value = (values[name] or usual).lower()
    if value not in choices:
        raise SettingsError(f"{name} is {value!r}; use one of {', '.join(choices)}")
    return value
