"""Words that ask for privacy, as forms of regular expressions: in six languages."""

# fmt: off
PRIVATE = r"(?:private(?:ly)?|priv[ée]e?|privad[oa]|privat(?:issim)?[oa]|privat)"
"""The word itself."""

CONFIDENTIAL = (
    r"(?:(?:top\s+|streng\s+|my\s+)?(?:secret|geheim|secreto|segreto|segredo|confidential|confidentiel(?:le)?|vertraulich|riservato)"
    r"|anonym(?:ous(?:ly)?|e|)|an[óo]nim[oa]|personal|pers(?:ö|oe)nlich|perso|personnel|personale|pessoal|notes?\s+to\s+(?:my\s?)?self)"
)
"""Words that ask for it only as a label or a flag: `geheim: ...`, `--secret`."""

_ENGLISH = (
    r"(?:just|only|strictly)\s+for\s+(?:me|myself|my\s+eyes)|for\s+(?:me|myself|my\s+eyes)\s+(?:only|alone)|(?:eyes|me)\s+only",
    r"for\s+my\s+(?:own\s+)?(?:diary|notes|records|files|eyes)|only\s+i\s+(?:may|can|should|get)|(?:mine|me)\s+alone|(?:just|only)\s+mine",
    r"(?:only\s+visible|visible\s+only)\s+(?:to|for)\s+me|visible\s+(?:to|for)\s+(?:me|myself)\s+only|unlisted|hidden\s+from\s+(?:the|every\w+|others)",
    r"keep\s+(?:this|it|that)\s+(?:\w+\s+)?(?:private|secret|quiet|to\s+yourself)|hide\s+(?:this|it|that)|(?:make|set)\s+(?:this\s+|it\s+)?(?:to\s+)?private",
    r"(?:this|it|that)(?:\s+one)?(?:\s+is|['’]s|\s+stays)\s+(?:\w+\s+)?(?:private|confidential|between\s+us|off\s+the)|confidential(?:ly)?",
    r"off\s+(?:the\s+)?(?:record|channel)|not\s+public|in\s+(?:private|confidence)|(?:just\s+|strictly\s+)?between\s+(?:you\s+and\s+me|us|ourselves)|strictly\s+personal",
    r"(?:not|nothing)\s+for\s+(?:the\s+)?(?:others?|anyone|anybody|public|club|channel|every\w+(?:['’]s)?\s+(?:eyes|to\s+\w+))|my\s+(?:private|secret)\s+(?:notes?|diary)",
    r"not\s+(?:to\s+be\s+|for\s+)(?:shar\w+|publi\w+|post\w+|shown|quot\w+)|(?:private|personal)\s+notes?\s*[-–—]",
    r"(?:don['’]?t|do\s+not|never|please\s+no|no)\s+(?:\w+\s+)?quot(?:e|es|ing)(?:\s+(?:me|this|it|that|from\s+this))?(?=\s*(?:[.!,;:)\]]|please|pls|$|\n|on\s))",
    r"(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?quote\s+(?:me|this|it|that)",
    r"(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?(?:share|publish|post|announce|make\s+(?:this\s+|it\s+)?public)",
    r"(?:don['’]?t|do\s+not)\s+(?:show|tell)\s+(?!(?:you|us|me|him|her|but|and)\b)@?\w+(?=\s*(?:[.!,;:)]|$))",
    r"(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?(?:show|tell)\s+(?:this|it|that|any\w+|others|the\s+\w+|them|people|my|ma\w+|dad|@?\w+\s+(?:this|it|that|about|i))",
    r"(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?let\s+(?:any\w+|others|them|people|the\s+\w+|@?\w+)\s+(?:else\s+)?(?:see|read|know|hear|find)",
    r"(?:\w+n['’]?t|not|rather)\s+(?:\w+\s+){0,2}(?:any\s?one|anybody|others?|them)\s+(?:else\s+)?(?:\w+(?:['’]t)?\s+)?(?:see|read|know)\w*\s+(?:this|it|that)",
    r"(?:no\s+one|nobody)\s+(?:else|(?:must|should|may|is\s+to|gets\s+to)\s+(?:read|see|know|hear))",
)
_GERMAN = (
    r"(?:nur|allein)\s+f(?:ü|ue|u)r\s+(?:mich|meine)|f(?:ü|ue|u)r\s+(?:mich|dich)\s+(?:allein|behalten)|nur\s+(?:ich|mir)|behalt\w*\s+(?:\w+\s+)?f(?:ü|ue|u)r\s+dich",
    r"nicht\s+(?:\w+\s+)?(?:zeigen|teilen|weitersagen|weitergeben|posten|(?:ver)?(?:ö|oe|o)ffentlich\w*)",
    r"nicht\s+(?:\w+\s+)?f(?:ü|ue|u)r\s+(?:alle|andere|(?:den|die|das)\s+(?:anderen|club|gruppe|kanal|rest))",
    r"vertraulich|unter\s+uns|(?:bleibt|streng)\s+(?:\w+\s+)?(?:geheim|privat)|privat\s+bitte|bitte\s+privat",
    r"(?:soll|darf|muss)\s+(?:\w+\s+)?(?:niemand|keiner)|(?:niemand(?:em)?|keiner)\s+(?:sonst|zeigen|sagen|soll|darf|muss)",
    r"(?:sag\w*|verrat\w*|zeig\w*)\s+(?:\w+\s+)?(?:niemand\w*|keinem)",
)
_FRENCH = (
    r"(?:juste|seulement|uniquement|que)\s+pour\s+moi|pour\s+moi\s+(?:seule?|seulement|uniquement)|pas\s+pour\s+les\s+autres|juste\s+moi",
    r"ne\s+(?:le\s+|la\s+)?(?:pas\s+)?(?:montre[rz]?|partage[rz]?|publie[rz]?|diffuse[rz]?)|confidentiel(?:le)?|entre\s+nous",
    r"garde[rz]?\s+(?:(?:ça|cela|le|la)\s+)?(?:pour\s+(?:moi|toi)|secret)|c['’]est\s+(?:un\s+)?(?:secret|priv[ée])|priv[ée]\s+(?:svp|s['’]il)",
    r"personne\s+(?:d['’]autre|ne\s+doi\w+)|ne\s+(?:le\s+)?di\w+\s+(?:\w+\s+)?(?:à|a)\s+personne|les\s+autres\s+(?:le\s+)?(?:lis\w+|voi\w+|sach\w+)",
)
_SPANISH = (
    r"s[óo]l[oa](?:mente)?\s+(?:para\s+m[íi]m?|(?:lo\s+\w+\s+)?yo|m[íi]o)|para\s+m[íi]\s+s[óo]lo|entre\s+nosotr[oa]s|confidencial|que\s+nadie|nadie\s+(?:m[áa]s|debe)",
    r"no\s+(?:es\s+|se\s+)?(?:lo\s+)?(?:compart\w+|publi\w+|p[úu]blic[oa]|muestr\w+|mostrar\w*|ense[ñn]\w+|digas|cuentes)",
    r"no\s+para\s+l[oa]s\s+(?:dem[áa]s|otr[oa]s)|es\s+(?:un\s+)?(?:secreto|privado)|no\s+(?:quiero\s+que\s+)?lo\s+(?:lea|vea|sepa)n?",
)
_ITALIAN = (
    r"(?:sol[oa]|soltanto)\s+(?:per\s+(?:me|i\s+miei)|io|mi[oa])|(?:tra|fra)\s+(?:di\s+)?noi|riservat[oa]|confidenziale|non\s+per\s+gli\s+altri",
    r"non\s+(?:lo\s+)?(?:condivid\w+|pubblic\w+|mostrar\w*|dir(?:e|lo))|nessun(?:o|\s+altro)\s+(?:deve|dovrebbe)|[èe]['’]?\s+(?:un\s+)?(?:segreto|privato)",
    r"(?:nessuno|altri)\s+(?:lo\s+)?(?:legga|veda|sappia|leggano|vedano|sappiano)",
)
_PORTUGUESE = (
    r"(?:s[óo]|apenas)\s+(?:(?:para|pra)\s+(?:mim|os\s+meus)|eu)|entre\s+n[óo]s|ningu[ée]m\s+(?:mais|deve|(?:\w+\s+)?(?:leia|veja|saiba))|é\s+(?:um\s+)?(?:segredo|privado)",
    r"n[ãa]o\s+(?:\w+\s+)?(?:compartilh\w+|partilh\w+|publi\w+|mostr\w+|conte|contar|diga)",
)
# fmt: on

_LANGUAGES = (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _PORTUGUESE)
REQUEST = "|".join(
    [*(each for words in _LANGUAGES for each in words), rf"(?:en|em|in)\s+{PRIVATE}"]
)
"""Request for privacy in the middle of a sentence."""
