"""What people tell beside their wish: who of them likes what, where they sit, how good their English is."""

import re
from collections.abc import Iterator

from bot.domain.words.numbers import number_words
from bot.language.wishes.lexicon.entries import Entry, stem_of
from bot.language.wishes.lexicon.notions import vocabulary
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.reading.audiences import for_children
from bot.language.wishes.wish import Understood

_WHOSE = r"(?:my|our|his|her|the)\s+(?:(?:own|dear|old|best|little|older|younger|whole|new|poor|(?:\w+\s+)?year[\s-]old|ex)[\s-]+)*"
_GROWN = (
    r"(?:(?:grand|step)?(?:parents?|mother|father|ma|pa|mum|mom|dad|mums|moms|dads)|mummy|mommy|daddy|gran(?:ny|dma|dpa|dad|ny)?|nan(?:a|ny)?|folks|in-?laws?"
    r"|wife|husband|hubby|wifey|missus|boyfriend|girlfriend|bf|gf|bff|partner|spouse|fianc[eé]e?|date|friends?|mates?|pals?|flatmates?|roommates?|housemates?"
    r"|neighbours?|neighbors?|boss|colleagues?|coworkers?|co-workers?|uncle|aunt(?:ie|y)?|family|brothers?|sisters?|siblings?|cousins?|bro|sis|teacher|therapist|ex)(?![a-z])"
)
_YOUNG = r"(?:kids?|child(?:ren)?|(?:grand)?(?:sons?|daughters?|child(?:ren)?)|nieces?|nephews?|toddlers?|little\s+ones?|boys?|girls?)(?![a-z])"
_REALLY = r"(?:(?:only|just|really|also|absolutely|always|still|currently|all|both|so|totally|completely|utterly|super)\s+)*"
_LIKES = (
    rf"{_REALLY}(?:(?:likes?|loves?|adores?|enjoys?|wants?|prefers?|worships?|recommended|suggested|mentioned)(?:\s+(?:to\s+(?:watch|see)|watching|seeing))?"
    rf"|(?:is|are|['’]s|['’]re|was|were|got)\s+{_REALLY}(?:in\s*to(?!\s+(?:\w+\s+){{0,2}}(?:school|uni(?:versity)?|college|oxford|cambridge|harvard|trouble|debt|fights?|accidents?)(?!\w))|obsessed(?=\s+(?:with|by))|(?:mad|crazy|nuts|bonkers|wild|passionate)\s+(?:about|for)|a\s+(?:\w+\s+)?fan\s+of|keen\s+on|fond\s+of|big\s+on|hooked\s+on)"
    r"|got\s+(?:me|us)\s+(?:in\s*to|hooked\s+on)|(?:keeps?|kept)\s+(?:on\s+)?(?:going\s+on|talking|raving|banging\s+on|asking|telling\s+me)\s+(?:about|for)"
    r"|(?:won['’]?t|never|doesn['’]?t|can['’]?t|cannot)\s+(?:ever\s+)?(?:shuts?\s+up|stops?\s+\w+(?:\s+on)?)\s+about|can['’]?t\s+get\s+enough\s+of"
    r"|(?:swears?\s+by|raves?\s+about|goes\s+on\s+about|talks?\s+(?:only\s+)?about|told\s+me\s+about|grew\s+up\s+(?:on|with|watching)))(?![a-z])"
)
_TASTE = re.compile(
    rf"(?<![\w-]){_WHOSE}(?:(?P<child>{_YOUNG})|{_GROWN})\s*{_LIKES}", re.IGNORECASE
)
"""Whose taste a wish is for, before what they like: `my dad only likes`, `my daughter is obsessed with`."""

_SUFFERS = re.compile(
    rf"(?:(?<![\w-]){_WHOSE}|^\W*){_GROWN}\s+(?:has|had|got|suffers\s+from|is\s+(?:living\s+with|dying\s+of|losing|going\s+through)|(?:was|got)\s+diagnosed\s+with)\s+"
    r"(?=(?:early\s+|bad\s+|terminal\s+|breast\s+|an?\s+)?(?:dementia|alzheimer|cancer|aids|depression|ptsd|autism|parkinson|stroke|adhd|bipolar|heart|illness))",
    re.IGNORECASE,
)
"""Who has what the wish is about: `grandad has dementia`."""

_HOURS = rf"(?:\d{{1,2}}|{'|'.join(number_words(5, 16))})[\s-]*(?:hours?|hrs?|h)(?![a-z])"
_VEHICLE = r"(?:(?:air|aero)?planes?|flights?|trains?|bus|coach|car|ferry|boat)(?:\s+(?:ride|journey|trip))?(?![a-z])"
_TREAT = r"(?:wine|prosecco|beers?|gin|cocktails?|pizza|snacks|popcorn|crisps|chips|nachos|chocolate|ice\s+cream|tea|blankets?|candles)"
_TOLD = (
    # A journey, which is no length of a film.
    rf"(?:(?:i|we)(?:['’]?(?:m|re|ve)|\s+(?:am|are|have(?:\s+got)?|will\s+be))\s+)?(?:(?:on|in|for)\s+)?(?:(?:an?|the|my|our)\s+)?{_HOURS}[\s-]*(?:long\s+)?(?:(?:on|in)\s+)?(?:(?:an?|the|my|our)\s+)?{_VEHICLE}",
    rf"(?:(?:i|we)(?:['’]?(?:m|re|ll\s+be)|\s+(?:am|are|will\s+be))\s+(?:stuck\s+)?|stuck\s+)(?:on|in)\s+(?:an?|the|my|our)\s+(?:\w+\s+)?{_VEHICLE}(?:\s+(?:so|and|now|tomorrow|tonight))?",
    # What the language of the one who asks is like.
    r"(?:(?:sorry,?\s+(?:(?:for|about|but)\s+)?)?my\s+(?:bad\s+|poor\s+)?(?:english|french|german|spanish|italian)\s+(?:is|['’]s)\s+(?:(?:not|so|very|too|a\s+bit|really|still|quite)\s+)*\w+|sorry\s+(?:for|about)\s+my\s+(?:bad\s+|poor\s+)?english)",
    # What somebody of theirs lived through.
    rf"{_WHOSE}{_GROWN}\s+(?:(?:also|himself|herself|themselves|actually)\s+)?(?:lived|went|fought|grew\s+up|suffered|was|were|is|are|came|served)\s+(?:through\s+|from\s+|in\s+)*(?:this|it|that|there|those\s+(?:days|times|years))(?![a-z])",
    # What somebody of theirs is or was.
    rf"(?:{_WHOSE})?{_GROWN}\s+(?:was|is|used\s+to\s+be|worked\s+as|works\s+as)\s+an?\s+[a-z]+(?:\s+(?:all\s+(?:his|her)\s+life|once|back\s+then|for\s+(?:\d+|many|forty|thirty)\s+years))?(?![a-z])",
    rf"(?:{_WHOSE})?(?:{_GROWN}|{_YOUNG})\s+(?:is|are|['’]s)\s+(?:in\s+(?:the\s+)?hospital|away|at\s+work|back(?:\s+from\s+\w+)?|moving(?:\s+\w+){{0,2}}|leaving(?:\s+\w+){{0,2}}|getting\s+(?:married|divorced)|(?:about\s+)?\d+\s+(?:months?|weeks?)\s+pregnant|expecting|pregnant|due\s+(?:soon|in\s+\w+)|sick|ill|poorly|unwell|off\s+sick|under\s+the\s+weather)(?![a-z])",
    # News of them.
    (
        rf"(?:{_WHOSE}(?:{_GROWN}|{_YOUNG})|(?<=^){_GROWN})\s+(?:just\s+|finally\s+|recently\s+|has\s+)*(?:got(?!\s+(?:me|us|really|so|totally|obsessed|in\s*to\s+(?!(?:\w+\s+)?(?:school|uni|college|med)))(?!\w))|passed|failed|graduated|started|cheated|dumped|ghosted|broke\s+up|split\s+up|left\s+me|moved|lost|died|passed\s+away|retired|quit|won|bought|came|went|worked|works|broke|had|left)"
        r"(?:\s+(?!(?:so|and|but|we|now|please|pls|movies?|films?)(?!\w))[a-z'’]+){0,5}?(?=\s*(?:$|[^\w\s'’]|(?:so|and|but|we|now)(?!\w)))(?:\s+so\s+yeah(?!\w))?"
    ),
    # What kind of group asks.
    r"(?:we|us)(?:['’]?re|\s+are|\s+r)?\s+an?\s+(?:\w+\s+)?(?:club|group|couple|team|class|band|crew)(?:\s+(?:that|who|which|with|of)(?:\s+[a-z'’]+){1,4}?)?(?=\s*(?:$|[^\w\s'’]|lol))",
    # A birthday.
    r"(?:i|we|he|she)(?:['’]?(?:m|re|s)|\s+(?:am|are|is))?\s+turn(?:s|ing|ed)?\s+\d{2}(?:\s+(?:today|tomorrow|tonight|this\s+week(?:end)?|soon))?(?![\w-])",
    # That somebody's films were all seen.
    r"(?:i|we)(?:['’]?ve|\s+have)?\s+(?:already\s+|just\s+)?(?:exhausted|seen|watched|done)\s+(?:him|her|them|(?:them|those|it)\s+all|all\s+(?:of\s+)?(?:his|hers?|theirs?)(?:\s+(?:films?|movies?|stuff|work))?)(?![a-z])",
    # That they like it, or did.
    rf"(?:and\s+|because\s+|as\s+)?(?:{_WHOSE}|(?<=^)|(?<=,\s)){_GROWN}\s+(?:(?:really|always|just|also|so|both|all|used\s+to)\s+)*(?:like|love|adore|enjoy|watch|see|saw|show(?:ed)?\s+(?:me|us))(?:e?[sd])?\s+(?:them|it|those|these|that(?:\s+one)?)(?:\s+(?:a\s+lot|so\s+much|very\s+much|all|too|as\s+a\s+(?:kid|child|boy|girl)))*(?![\w'’])",
    # What there is to eat and drink.
    rf"(?<=,)\s*(?:(?:lots\s+of|some|loads\s+of|plenty\s+of|cheap|good)\s+)*{_TREAT}(?:\s*(?:,|and|&)\s*{_TREAT})*(?=\s*(?:,|$))",
    # What need not be: `doesn't have to be korean`.
    r"(?:(?:it|that|they|and|but)\s+)*(?:(?:does|do)(?:n['’]?t|\s+not)\s+(?:have|need)\s+to|need\s+not|needn['’]?t|not\s+necessarily|no\s+need\s+(?:for|to))(?:\s+(?:be|have|an?|the|in|any))*\s+[^\s,;.!?]+(?:\s+(?:films?|movies?|ones?|stuff))?(?!\w)",
    # Apologies.
    r"sorry\s+(?:for|about|to|i|if)(?:\s+[a-z'’]+){1,5}?(?=\s*(?:$|[^\w\s'’]))",
    # Which of them to see first.
    r"(?:and\s+|so\s+)?(?:which|what)\s+(?:(?:one|film|movie)\s+)?(?:do|should|shall|can|would)\s+(?:i|we|you)\s+(?:watch|see|start(?:\s+with)?|begin\s+with|pick|recommend|suggest)(?:\s+(?:first|next|to\s+(?:begin|start)\s+with|now|tonight))?",
    r"where\s+(?:do|should|shall|can)\s+(?:i|we)\s+(?:start|begin)",
)
_INTRODUCED = re.compile(
    r"(?<![\w-])(?:(?:(?:hi+|hey+|hello|hiya|heya|yo|hallo|hola|ciao|salut|moin)(?:\s+(?:all|everyone|bot|guys|there))?[\s,.!]+)(?:it['’]?s|this\s+is|i['’]?m|i\s+am|my\s+name\s+is)\s+(?P<name>[a-z]+)(?![\w'’])"
    r"|(?:hi+|hey+|hello|hiya|heya|yo|hallo|hola|ciao|salut|moin)(?:\s+(?:all|everyone|bot|guys))?[\s,.!]+(?P<here>[a-z]+)(?=\s+here(?!\w))"
    r"|(?:it['’]?s|this\s+is)\s+(?P<again>[a-z]+)(?=\s+(?:again|here|speaking)(?!\w)))(?:\s+(?:again|here|speaking|from\s+(?:the\s+)?(?:\w+\s+)?(?:club|group|office|flat|team|book\s+club)))*",
    re.IGNORECASE,
)
"""Who asks: `hi, it's marta again`, unless the word means something in a wish: `hi, i'm bored`."""

_PERSONAL = re.compile(
    r"(?<!\w)(?:my|our|his|her|i|we|he|she|it|its|this|im|ive|us|have|need|needn|necessarily|sorry|stuck|hours?|hrs?|which|what|where|kid|(?:grand)?(?:dad|pa|ma)|mum|mom|gran\w*|wife|husband|gf|bf|hi+|hey+|hello|hiya|heya|yo|hallo|hola|ciao|salut|moin|the\s+(?:\w+\s+)?(?:kids?|children|family|parents|folks|boys?|girls?))(?!\w)|\dh",
    re.IGNORECASE,
)
"""Words of which every aside has one: without them none is looked for, which is slow."""

_ASIDE = re.compile(rf"(?<![\w-])(?:{'|'.join(_TOLD)})", re.IGNORECASE)


def asides(text: str) -> Iterator[Found]:
    """Find what is told beside a wish; of a child whose taste it is, that the film is for children."""
    if not _PERSONAL.search(text):
        return
    for found in _TASTE.finditer(text):
        child = found["child"]
        yield found.start(), found.end(), for_children(found[0]) if child else _nothing(found[0])
    for found in _INTRODUCED.finditer(text):
        word = (found["name"] or found["again"] or found["here"]).lower()
        if not {word, stem_of(word)} & vocabulary():
            yield found.start(), found.end(), _nothing(found[0])
    for found in _SUFFERS.finditer(text):
        yield found.start(), found.end(), _nothing(found[0])
    for found in _ASIDE.finditer(text):
        yield found.start(), found.end(), _nothing(found[0])


def _nothing(typed: str) -> Understood:
    return Understood(typed, Entry(typed, filler=True))
