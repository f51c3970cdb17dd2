"""Cues: words before and after people's names in English, French and German reviews."""

import re
from types import MappingProxyType

from bot.language.critics.model import CreditRole

_BY = r"(?:by|par|von)"
_LEAD = r"(?<![^\W_])"  # like \b, but also after an underscore of markdown


def _cue(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{words})", re.IGNORECASE)


# Each cue ends where a name may start. Cues of two roles may end at one place, and both count:
# "written and directed by" credits one person twice.
BEFORE = MappingProxyType(
    {
        CreditRole.DIRECTOR: _cue(
            rf"(?:directed|helmed|réalisée?|inszeniert|mise? en scène)(?: and [\w-]+)? {_BY} "
            r"|(?:film-?maker|director|co-director|regisseur(?:in)?|filmemacher(?:in)?|réalisat(?:eur|rice)|cinéaste|"
            r"writer ?/ ?director|writer-director|auteur)s? "
            r"|(?:dir(?:ector|ected by)?|regie|réalisation|director\(s\))\.? ?: ?|dir\. |regie führte? |(?<=\n)de ?:? "
            r"|(?:first|second|third|debut|new|latest|premier|deuxième|dernier|nouveau) "
            r"(?:feature|film|long métrage)(?: film)? (?:of|by|from|de) "
            r"|(?:a|un|ein|the|le|der) film (?:by|de|von) |début de |debüt von |directorial debut of "
        ),
        CreditRole.WRITER: _cue(
            rf"(?:co-)?(?:written|scripted)(?: and [\w-]+)? {_BY} |(?:directed|produced) and written by "
            r"|(?:screenplay|script|scénario|drehbuch|buch)(?: by| de| von| ?:) ?|writers? ?: ?"
            r"|(?:screenwriter|scénariste|drehbuchautor(?:in)?|writer ?/ ?director|writer-director)s? "
        ),
        CreditRole.ACTOR: _cue(
            rf"(?:played|portrayed|voiced|embodied) {_BY} |(?:gespielt|verkörpert|dargestellt|gesprochen) von "
            r"|(?:incarnée?|jouée?|interprétée?|campée?)s? par "
            r"|(?:co-)?starring |featuring |(?:starring|cast|with|mit|avec|besetzung|darsteller(?:innen)?|"
            r"distribution|interprètes) ?: ?"
            r"|(?:(?<=\n)|(?<=\)\. ))(?-i:With|Starring|Avec|Mit) "
            r"|(?:actor|actress|newcomer|schauspieler(?:in)?|act(?:eur|rice)|comédien(?:ne)?)s? "
        ),
        CreditRole.COMPOSER: _cue(
            r"(?:score|music|soundtrack) by |composer |(?:music|musik|musique) ?: ?|musique de "
        ),
        CreditRole.CINEMATOGRAPHER: _cue(
            r"(?:shot|photographed|lensed) by |(?:cinematographer|director of photography|kameramann|kamerafrau) "
            r"|(?:cinematography|camera|kamera|image|photographie) ?: ?|cinematography by "
        ),
    }
)

PLAYS = re.compile(
    r"(?P<aside>,[^,.;\n]{1,60},)? (?:plays|stars as|co-stars as|is cast as|portrays|joue|incarne|interprète|campe|spielt|"
    r"verkörpert|gibt)(?= )"
)
IS = re.compile(r" is (?=\w)")
IS_ENDS = re.compile(r"[,;] (?:who|whose|the|a|an|his|her)\b")
AS = re.compile(r",? as (?=\w)")
PLAYED = re.compile(r"(?P<aside>,[^,.;\n]{1,60})?,? ?(?:is|was|ist|wird|wurde|est)? ?$")

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
OWNED = re.compile(
    r"'s? (?:(?:first|second|third|fourth|fifth|debut|directorial) (?:\w+ )?(?:feature|film|debut|documentary)"
    r"|(?:new|latest|debut) feature)\b"
)
PART = re.compile(r" ?\((?P<bracket>[^()\n]{1,40})\)| as (?=\w)")
BRACKET = re.compile(r"\(([^()\n]{2,100})\)")
IN_BRACKET = re.compile(r"(?:(?:played|voiced) by |gespielt von |[a-zäöüéèà' -]{1,40} )?$")
LISTED = re.compile(r"(?:, (?:and |und |et )?| and | und | et | & | / ?|/)(?=\w)")
