"""Homes of languages: where the speakers of one live, as platforms name it."""

from collections.abc import Mapping
from types import MappingProxyType

HOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bg": ("BG", "Europe/Sofia"),
        "cs": ("CZ", "Europe/Prague"),
        "da": ("DK", "Europe/Copenhagen"),
        "de": ("DE", "Europe/Berlin"),
        "el": ("GR", "Europe/Athens"),
        "es-ES": ("ES", "Europe/Madrid"),
        "fi": ("FI", "Europe/Helsinki"),
        "fr": ("FR", "Europe/Paris"),
        "hi": ("IN", "Asia/Kolkata"),
        "hr": ("HR", "Europe/Zagreb"),
        "hu": ("HU", "Europe/Budapest"),
        "it": ("IT", "Europe/Rome"),
        "ja": ("JP", "Asia/Tokyo"),
        "ko": ("KR", "Asia/Seoul"),
        "lt": ("LT", "Europe/Vilnius"),
        "nl": ("NL", "Europe/Amsterdam"),
        "no": ("NO", "Europe/Oslo"),
        "pl": ("PL", "Europe/Warsaw"),
        "pt-BR": ("BR", "America/Sao_Paulo"),
        "ro": ("RO", "Europe/Bucharest"),
        "sv-SE": ("SE", "Europe/Stockholm"),
        "th": ("TH", "Asia/Bangkok"),
        "tr": ("TR", "Europe/Istanbul"),
        "uk": ("UA", "Europe/Kyiv"),
        "vi": ("VN", "Asia/Ho_Chi_Minh"),
        "zh-TW": ("TW", "Asia/Taipei"),
    }
)
"""Region and IANA zone with which a club of this language starts. English, which everything has where
nobody chose anything, tells neither, nor do languages of several continents or many zones."""


def home_of(language: str) -> tuple[str, str] | None:
    """Return the region and the zone of a language, named with its country or without: `de`, `de-DE`.

    None where it tells neither, as `fr-CA` does, whose speakers do not live where most of its language do.
    """
    alone, _, country = language.partition("-")
    home = HOMES.get(language) or HOMES.get(alone)
    return home if home and country in {"", home[0]} else None
