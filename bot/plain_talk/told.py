"""Chat that asks for nothing: what somebody tells of their day, wishes others, or asks them.

Its words are those of wishes (`my boss is sick again`, `happy birthday mum`), but no film is meant by them.
"""

import re

from bot.features.picks.commands import RecommendCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.messages.commands import Command

_ASKS = re.compile(
    r"(?<!\w)(?:films?|movies?|flicks?|cinema|watch\w*|see|rewatch\w*|screen|netflix|something|anything|some\s?thing|smth|sth|recommend\w*|recs?|suggest\w*|picks?|mood|fancy|feel(?:ing)?\s+like"
    r"|craving|looking\s+for|one\s+(?:with|where|that|about)|in\s+for|ideas?|show\s+(?:me|us)|give\s+(?:me|us)|please|pls|plz|genres?|stories|story|about\s+(?:a|an|the|someone)|without|where\s+(?:the|a|they|he|she|nobody)|comed(?:y|ies)|horrors?(?!\s+show)|westerns?|thrillers?|dramas?|anime|animated|cartoons?|musicals?|documentar(?:y|ies)|docs?|rom-?coms?|noirs?|sci-?fi|slashers?"
    r"|romances?|mysteries|biopics?|action|adventures?|classics?|blockbusters?|star\s+wars|marvel|pixar|ghibli|disney|samurai|kung\s+fu|zombies?|vampires?)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a line asks for films, or speaks of them."""

_TASTE = re.compile(
    r"(?<!\w)(?:loves?|likes?|hates?|prefers?|enjoys?|wants?|into|obsessed|fans?|crazy\s+about|(?:has|have|already)\s+seen|never\s+seen|allerg\w+\s+to|can['’]?t\s+(?:stand|handle|deal|bear)|afraid|scared|scares?|cheer|cry|laugh)(?!\w)",
    re.IGNORECASE,
)
"""Words that tell of somebody's taste, or how they would like to feel: those are wishes."""

_LEAD = r"(?:(?:and|so|but|oh|omg|hey|hi|guys|folks|sorry|ugh|argh|btw|fyi|anyway|well|ok|wow|yay|damn|reason\s+i\s+ask|guess\s+what|good\s+news|bad\s+news|news)[\s,:!.–—-]+)*"
_NOT_ONES_HEART = (
    r"(?!(?:heart|brain|head|mind|mood|day|week|evening|night|soul|energy|nerves|eyes)\b)"
)
_IS = r"(?:is|are|was|were|isn['’]?t|aren['’]?t|wasn['’]?t|has|had|have|will|won['’]?t|would|can|can['’]?t|could|did|didn['’]?t|does|doesn['’]?t|just|finally|never|always|keeps?|got|gets|went|left|lost|broke|died|turn(?:s|ed)|called|calls|ate|eats|arrive[sd]|came|comes|start(?:s|ed)?|hurts?|work(?:s|ed)?|moved|sold|bought|fell|burned|stopped|says?|said|married|passed|failed|won|needs?|owes?|used|joined)"
_LIFE = (
    r"(?:trains?|bus(?:es)?|tram|metro|flight|plane|kids|children|baby|meetings?|weather|traffic|neighbou?rs|landlord|kitchen|bathroom|wi-?fi|internet|heating|boiler|doctor|dentist|vet|boss|office|wedding|party|"
    r"funeral|exams?|match|dishes|rent|car|bike|dog|cat|parking|concert|dinner|lunch|pizza|food|beer|wine|snacks|projector|sofa|fridge|oven|shop|babysitter|plumber|power|news)"
)
_AT_HOME = r"(?:the|my|our|his|her|their)\s+(?:[\w-]+\s+)?(?:kitchen|bathroom|living\s+room|hallway|stairwell|garage|fridge|sink|flat|office|canteen)"
_TOLD = re.compile(
    _LEAD
    + r"(?:"
    # my boss is sick again
    + rf"(?:my|our|his|her|their|your|@?[\w-]+['’]s)\s+{_NOT_ONES_HEART}(?:[\w'’-]+\s+){{1,4}}?{_IS}(?!\w)"
    + rf"|(?:my|our|his|her|their)\s+{_NOT_ONES_HEART}[\w-]+['’]s\s+(?:here|back|sick|ill|late|gone|dead|birthday|coming|asleep|getting|having|been|not)(?!\w)"
    # the train is late again; parking is a nightmare; school starts tomorrow
    + rf"|(?:(?:the|this|that|today['’]?s|tonight['’]?s)\s+)?(?:[\w-]+\s+)?{_LIFE}\s+(?:in\s+the\s+\w+\s+)?(?:{_IS}|on\s+\w+day|at\s+\d|tomorrow|today|next|again|continues)(?!\w)"
    + rf"|(?:the|this|that)\s+[\w-]+\s+(?:in|at|on|from|under|above)\s+{_AT_HOME}\s+(?:{_IS}|continues?|goes\s+on|drips?|leaks?|smells?|stinks?)(?!\w)"
    + r"|(?:school|work|university|uni)\s+(?:starts?|is|was|ends?|continues|tomorrow|again|on\s+\w+day|at\s+\d)(?!\w)"
    # the boxing class was brutal: no wish is told as over
    + rf"|(?:the|my|our|that|this)\s+{_NOT_ONES_HEART}(?!year\b)[\w'’-]+(?:\s+(?!i\b)[\w'’-]+)?\s+(?:was|were)(?!\w)"
    # we are moving to a new house on friday; we had a baby
    + r"|(?:we|they|you)(?:['’]re|\s+are|\s+were)\s+(?:all\s+|both\s+|finally\s+|just\s+)?(?:moving|getting|having|going|coming|expecting|leaving|driving|renovating|building|buying|selling|running|eating|cooking|waiting|staying|flying|meeting|celebrating|packing|engaged|married|pregnant|late|here|home|back|outside|out|on\s+our\s+way)(?!\w)"
    + r"|(?:we|they)\s+(?:just\s+|finally\s+|all\s+)?(?:had|got|won|lost|moved|bought|sold|ordered|went|met|broke|adopted|missed|forgot|ran\s+out)(?!\w)"
    + r"|(?:we|i)(?:\s+have|(?:\s+have|['’]?ve)\s+got)\s+(?:an?\s+)?(?:(?:new|little|big|small|early)\s+)*(?:baby|guests?|visitors?|problem|meeting|house|flat|car|dog|puppy|cat|kitten|headache|date|exam|interview|appointment|job|party|train|flight|plans)(?!\w)"
    # i got a new job; i'm at the dentist
    + r"|i(?:['’]?ve)?\s+(?:just\s+|finally\s+|also\s+)?(?:lost|missed|forgot|met|had(?!\s+enough)|passed|failed|quit|moved|bought|sold|ordered|adopted|ate|burned|broke\s+my|(?:got|started|have)\s+(?:an?\s+)?(?:(?:new|little|big)\s+)*(?:job|flat|house|car|dog|puppy|cat|kitten|haircut|tattoo|parking\s+ticket|promotion|raise|fired|married|engaged|divorced|promoted|stuck|food\s+poisoning|covid|the\s+flu)|turned\s+\d+)(?!\w)"
    + r"|i(?:['’]?m|\s+am)\s+(?:still\s+|just\s+|already\s+|now\s+)?(?:at\s+(?:the|my|a|work|home|school)|on\s+(?:my\s+way|the\s+(?:train|bus|tram|phone|plane|road)|call|duty|holiday)|in\s+(?:a\s+meeting|the\s+(?:car|office|bath|shower|queue|kitchen|hospital)|traffic|town|hospital)|late|stuck|going\s+(?:to|on|away|home|out)|having\s+(?:lunch|dinner|breakfast|a\s+(?:baby|drink|coffee))|getting\s+(?:married|divorced|fired)|moving|pregnant|outside|driving|cooking|dying\s+of|starving)(?!\w)"
    + r"|i(?:['’]?ll|\s+will|\s+can)\s+(?:bring|be|come|cook|drive|pick\s+you|call|text|get\s+(?:the|some)|order|make)(?!\w)"
    + r"|i(?:\s+really|\s+so)?\s+need\s+(?:to\s+(?:sleep|go|eat|pee|shower|leave|work|study)|(?:an?\s+|some\s+|another\s+)?(?:new\s+|strong\s+)?(?:drink|nap|coffee|beer|wine|tea|shower|hug|haircut|doctor|dentist|job|car|flat|phone|sleep|food|snack|ride|lift|babysitter|plumber|charger|cigarette|smoke|painkiller|aspirin))(?!\w)"
    + r"|it(?:['’]?s|\s+is|\s+was)\s+(?:my|our|his|her|their|@?[\w-]+['’]s)\s+(?:\S+['’]s\s+)?(?:\w+\s+){0,2}(?:birthday|bday|anniversary|first|last|turn|fault|wedding|party|house|flat|day)(?!\w)"
    # running 10 min late; going on holiday
    + r"|running\s+(?:(?:\S+\s+){0,4}late|(?:a|my)\s+\S+)|(?:(?:i|we)\s+)?can['’]?t\s+(?:come|make\s+it|join)|going\s+(?:on\s+(?:holiday|vacation|a\s+trip)|to\s+(?:bed|work|the\s+\w+|sleep)|home|out|away)|(?:lost|missed|forgot|broke|hurt)\s+my|just\s+(?:got\s+(?:home|back|off\s+work)|woke\s+up|left|arrived|landed|finished\s+work|moved)|off\s+to|on\s+my\s+way|late\s+again"
    + r")(?=\W|$).*",
    re.IGNORECASE | re.DOTALL,
)

_GREETS = re.compile(
    _LEAD
    + r"(?:(?:(?:a\s+)?(?:very|super|so)\s+)?(?:happy|merry|joyful|blessed|early\s+happy|belated\s+happy)\s+(?:(?:belated|early|new|\d+(?:st|nd|rd|th)|[\w-]+(?:st|nd|rd|th))\s+)?(?:birthday|b-?day|anniversary|year|years|easter|christmas|xmas|holidays?|diwali|hanukkah|halloween|valentine\S*|mother['’]?s|father['’]?s|women['’]?s|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|thanksgiving|eid|pride|hour|name\s?day)"
    r"|congrats|congratulations|good\s+luck|get\s+well|feel\s+better|hope\s+(?:you|everyone|all|it|your|that\s+(?:you|it|goes))|well\s+done|safe\s+(?:travels|journey|trip|flight)|welcome\s+(?:back|home|to)|bon\s+voyage|rip|r\.i\.p|condolences|my\s+condolences|sleep\s+well|sweet\s+dreams|bless\s+you|thinking\s+of\s+you|so\s+(?:happy|sorry|proud|glad|sad)\s+(?:for|of|to|about)\s+\S+|have\s+(?:a|an)\s+(?:nice|good|great|safe|lovely|wonderful)|enjoy\s+(?:your|the)\s+(?:\w+\s+)?(?:meal|holiday|trip|weekend|evening|dinner|party))(?=\W|$).*",
    re.IGNORECASE | re.DOTALL,
)
"""Good wishes, which are no wish for a film."""

_ASKS_OTHERS = re.compile(
    _LEAD
    + r"(?:(?:is|are|does|do|did|has|have|can|could|will|would)\s+(?:any\s?one|any\s?body|some\s?one|some\s?body|every\s?one|you\s+(?:guys|all|two))(?!\s+(?:know|heard?|got\s+(?:any|a)|have\s+(?:any|a\s+(?:good|tip))))"
    r"|any\s?(?:one|body)\s+(?:else\s+)?(?:want|wants|up\s+for|need|needs|bringing|driving|going|coming|around|awake|hungry|thirsty|here|home|free|ill|sick|cold|lost|got\s+(?:a|the|my)|seen\s+my|fancy)"
    r"|who(?:['’]s|\s+(?:is|was|has|wants|needs|ate|took|brings?|drives?|pays?|did|left|stole|broke|forgot|got|lives))"
    r"|where(?:['’]s|\s+(?:is|are))\s+(?:my|the|everyone|everybody|your)|what\s+time\s+(?:do|does|is(?!\s+it)|are|will|did|shall|should)|how\s+(?:was|is)\s+(?:your|the\s+(?:party|trip|wedding|holiday|exam|interview))|did\s+(?:you|u|we|someone|anyone)\s+(?:get|bring|lock|feed|call|hear|sleep|eat|find|buy|pay))(?=\W|$).*",
    re.IGNORECASE | re.DOTALL,
)
"""Questions to the others that no film answers."""


_SAW_IT = re.compile(
    r"(?:(?:i|we)\s+)?(?:just\s+|finally\s+)?(?:saw|watched|seen)\s+(?:it|that|this)\s(?!.*(?:something|anything|smth|sth|more|similar|like\s+(?:it|that)))",
    re.IGNORECASE,
)
"""What tells of a film that was seen: `saw it in the cinema back in the day`."""

_SENTENCES = re.compile(r"[.!?;]+\s+(?=\S)")

_COMPANY = re.compile(
    r"(?:my|our|his|her|their|the)\s+(?:(?:\w+\s+){0,2}(?:kids?|children|sons?|daughters?|twins?|toddlers?|parents|in-?laws?|in\s+law|mum|mom|mother|dad|father|grand\w+|nan|nephews?|nieces?|cousins?|boss|flatmates?|date))"
    r"\s+(?:is|are)\s+(?:here(?:\s+(?:tonight|too))?|visiting|over|with\s+(?:me|us)|staying\s+with\s+us|\d+(?:\s*(?:,|and|&)\s*\d+)*(?:\s+(?:years\s+old|now))?)",
    re.IGNORECASE,
)
"""Who watches, too, which is a wish by itself: `my kids are 8 and 11`."""


def as_chat(command: Command, line: str, form: str) -> Command:
    """Return the command of a line; of chat that none was asked by, one that leaves it be."""
    by_its_words = isinstance(command, RecommendCommand | UnclearCommand) or (
        isinstance(command, AskAboutFilmCommand) and command.film.islower() and not command.loved
    )
    told = is_chat(form) or (isinstance(command, RecommendCommand) and _SAW_IT.match(form))
    return UnclearCommand(line, chat=True) if by_its_words and told else command


def is_chat(line: str) -> bool:
    """Tell whether a line is chat that asks for no film."""
    if _ASKS.search(line) or _COMPANY.fullmatch(line):
        return False
    return all(map(_is_chat_alone, filter(None, _SENTENCES.split(line))))


def _is_chat_alone(sentence: str) -> bool:
    if _GREETS.fullmatch(sentence) or _ASKS_OTHERS.fullmatch(sentence):
        return True
    return _TOLD.fullmatch(sentence) is not None and _TASTE.search(sentence) is None
