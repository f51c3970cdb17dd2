"""Words that ask for privacy, as forms of regular expressions: in six languages."""

# fmt: off
PRIVATE = r"(?:private(?:ly)?|priv[ée]e?|privad[oa]|privat(?:issim)?[oa]|privat)"
"""The word itself."""

CONFIDENTIAL = r"(?:top\s+)?(?:secret|geheim|secreto|segreto|segredo|confidential|confidentiel(?:le)?|vertraulich|riservato)"
"""Words that ask for it only as a label or a flag: `geheim: ...`, `--secret`."""

_ENGLISH = (
    r"(?:just|only|strictly)\s+for\s+(?:me|myself|my\s+eyes)|for\s+(?:me|myself|my\s+eyes)\s+(?:only|alone)|(?:eyes|me)\s+only",
    r"keep\s+(?:this|it|that)\s+(?:\w+\s+)?(?:private|secret|quiet|to\s+yourself|between\s+us)|hide\s+(?:this|it|that)",
    r"(?:this|it|that)(?:\s+is|['’]s|\s+stays)\s+(?:\w+\s+)?(?:private|confidential|between\s+us)|confidential(?:ly)?",
    r"off\s+the\s+record|not\s+public|in\s+(?:private|confidence)|between\s+(?:you\s+and\s+me|us)",
    r"(?:not|nothing)\s+for\s+(?:the\s+)?(?:others?|anyone|anybody|everyone|everybody|public|club|channel)",
    r"(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?(?:show|tell|share|publish|post|announce|let\s+(?:any\w+|the|them|others))",
    r"(?:no\s+one|nobody)\s+(?:else|(?:must|should|may|is\s+to)\s+(?:read|see|know|hear))",
)
_GERMAN = (
    r"(?:nur|allein)\s+f(?:ü|ue|u)r\s+mich|f(?:ü|ue|u)r\s+mich\s+(?:allein|behalten)|nur\s+ich|behalt\w*\s+(?:\w+\s+)?f(?:ü|ue|u)r\s+dich",
    r"nicht\s+(?:\w+\s+)?(?:zeigen|teilen|weitersagen|(?:ver)?(?:ö|oe|o)ffentlich\w*|f(?:ü|ue|u)r\s+(?:alle|andere|die\s+anderen))",
    r"vertraulich|unter\s+uns|(?:soll|darf|muss)\s+(?:\w+\s+)?niemand|niemand(?:em)?\s+(?:sonst|zeigen|sagen|soll|darf|muss)",
    r"(?:sag\w*|verrat\w*|zeig\w*)\s+(?:\w+\s+)?(?:niemand\w*|keinem)",
)
_FRENCH = (
    r"(?:juste|seulement|uniquement|que)\s+pour\s+moi|pour\s+moi\s+(?:seule?|seulement|uniquement)|pas\s+pour\s+les\s+autres",
    r"ne\s+(?:le\s+|la\s+)?(?:pas\s+)?(?:montre[rz]?|partage[rz]?|publie[rz]?|diffuse[rz]?)|confidentiel(?:le)?|entre\s+nous",
    r"personne\s+(?:d['’]autre|ne\s+doi\w+)|ne\s+(?:le\s+)?di\w+\s+(?:\w+\s+)?(?:à|a)\s+personne",
)
_SPANISH = (
    r"s[óo]l[oa](?:mente)?\s+(?:para\s+m[íi]m?|yo)|entre\s+nosotr[oa]s|confidencial|que\s+nadie|nadie\s+(?:m[áa]s|debe)",
    r"no\s+(?:es\s+|se\s+)?(?:lo\s+)?(?:compart\w+|publi\w+|p[úu]blic[oa]|muestr\w+|mostrar\w*|ense[ñn]\w+|digas|cuentes)",
    r"no\s+para\s+l[oa]s\s+(?:dem[áa]s|otr[oa]s)",
)
_ITALIAN = (
    r"(?:sol[oa]|soltanto)\s+(?:per\s+me|io)|(?:tra|fra)\s+(?:di\s+)?noi|riservat[oa]|confidenziale|non\s+per\s+gli\s+altri",
    r"non\s+(?:lo\s+)?(?:condivid\w+|pubblic\w+|mostrar\w*|dir(?:e|lo))|nessun(?:o|\s+altro)\s+(?:deve|dovrebbe)",
)
_PORTUGUESE = (
    r"(?:s[óo]|apenas)\s+(?:(?:para|pra)\s+mim|eu)|entre\s+n[óo]s|ningu[ée]m\s+(?:mais|deve)",
    r"n[ãa]o\s+(?:\w+\s+)?(?:compartilh\w+|partilh\w+|publi\w+|mostr\w+|conte|contar|diga)",
)
# fmt: on

_LANGUAGES = (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _PORTUGUESE)
REQUEST = "|".join(
    [*(each for words in _LANGUAGES for each in words), rf"(?:en|em|in)\s+{PRIVATE}"]
)
"""Request for privacy in the middle of a sentence."""
