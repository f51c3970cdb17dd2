"""Cues: words before and after people's names in English, French and German reviews."""

import re
from functools import cache
from types import MappingProxyType

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.model import CreditRole
from bot.language.critics.text.layout import in_a_line

_WORDS = Templates("bot.language.critics.text", "cues.toml")
_LEAD = r"(?<![^\W_])"  # like \b, but also after an underscore of markdown
BEFORE_NAMES = (
    CreditRole.DIRECTOR,
    CreditRole.WRITER,
    CreditRole.ACTOR,
    CreditRole.COMPOSER,
    CreditRole.CINEMATOGRAPHER,
)
"""Roles that words before a name can tell."""

PLAYS = lazy_pattern(
    r"(?P<aside>,[^,.;\n]{1,60},)? (?:plays|stars as|co-stars as|is cast as|portrays|joue|incarne|interprète|campe|spielt|"
    r"verkörpert|gibt)(?= )"
)
IS = lazy_pattern(r" is (?=\w)")
IS_ENDS = lazy_pattern(r"[,;] (?:who|whose|the|a|an|his|her)\b")
AS = lazy_pattern(r",? as (?=\w)")
PLAYED = lazy_pattern(r"(?P<aside>,[^,.;\n]{1,60})?,? ?(?:is|was|ist|wird|wurde|est)? ?$")

BRACKETED_ROLES = MappingProxyType(
    {
        "director": CreditRole.DIRECTOR,
        "filmmaker": CreditRole.DIRECTOR,
        "regisseur": CreditRole.DIRECTOR,
        "regisseurin": CreditRole.DIRECTOR,
        "réalisateur": CreditRole.DIRECTOR,
        "réalisatrice": CreditRole.DIRECTOR,
        "writer": CreditRole.WRITER,
        "screenwriter": CreditRole.WRITER,
        "author": CreditRole.AUTHOR,
        "novelist": CreditRole.AUTHOR,
        "composer": CreditRole.COMPOSER,
        "cinematographer": CreditRole.CINEMATOGRAPHER,
    }
)
OWNED = lazy_pattern(
    r"'s? (?:(?:first|second|third|fourth|fifth|debut|directorial) (?:\w+ )?(?:feature|film|debut|documentary)"
    r"|(?:new|latest|debut) feature)\b"
)
PART = lazy_pattern(r" ?\((?P<bracket>[^()\n]{1,40})\)| as (?=\w)")
BRACKET = lazy_pattern(r"\(([^()\n]{2,100})\)")
IN_BRACKET = lazy_pattern(r"(?:(?:played|voiced) by |gespielt von |[a-zäöüéèà' -]{1,40} )?$")
LISTED = lazy_pattern(r"(?:, (?:and |und |et )?| and | und | et | & | / ?|/)(?=\w)")


@cache
def before(role: CreditRole) -> re.Pattern[str]:
    """Return the pattern of cues before the name of somebody of a role, each of which ends where it may start.

    Cues of two roles may end at one place, and both count: "written and directed by" credits one person twice.
    """
    words = {
        CreditRole.DIRECTOR: rf"{_cue('director', 'director label')}|(?<=\n)de ?:? ",
        CreditRole.WRITER: _cue("writer", "writer label"),
        CreditRole.ACTOR: rf"{_cue('actor', 'actor label')}|(?:(?<=\n)|(?<=\)\. ))(?-i:With|Starring|Avec|Mit) ",
        CreditRole.COMPOSER: _cue("composer", "composer label"),
        CreditRole.CINEMATOGRAPHER: _cue("cinematographer", "cinematographer label"),
    }
    return re.compile(rf"{_LEAD}(?:{words[role]})", re.IGNORECASE)


def _cue(words: str, label: str) -> str:
    return in_a_line(rf"{_WORDS.words(label)}(?:\(s\))?\.? ?: ?|{_WORDS.words(words)} ")
