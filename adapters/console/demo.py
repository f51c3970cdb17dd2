"""Demo club: a few members and their reviews, to try Matinee out on."""

from bot.domain.ids import ClubId, MemberId
from bot.ports.store import Store

CLUB = "demo"
SEEN_AT = "2024-01-14T20:00Z"
"""Instant of all the demo's reviews: after an early screening, before the UK release."""

LAST = "fay"
"""Author of the very last line, and of no other: where she is a member, all is loaded."""

LINES = """\
ana: /review All of Us Strangers 4.5/5 I rang my mother from the cinema steps. The visits to the \
old house are so gentle that you forget how strange they are. ||When they ask him to stop \
coming, I gave up pretending there was something in my eye.||
ben: /review All of Us Strangers 2.5/5 Lovely light, and I felt very little. Everybody whispers, \
and the pop songs do work that the script should have done.
cleo: /review All of Us Strangers 4/5 A ghost story with no wish to frighten anybody. Andrew \
Scott listens better than most actors talk. The night out drags a little.
ana: /review Weekend 5/5 Two men talk in a small flat and it is enough for a lifetime. Tender, \
funny, and nobody makes a speech.
dara: /review Weekend 4/5 I believed every awkward silence. It made me want to text someone I \
should not text.
ben: /review 45 Years 4.5/5 The most frightening scene of that year is a woman looking at slides \
in an attic. Charlotte Rampling does it all with her jaw.
ana: /review 45 Years 4/5 Quiet as snow and just as cold. I have trusted no letter since.
ana: /review Aftersun 4.5/5 It looked like somebody else's holiday video and turned out to be \
about my own father. It stayed with me for a week.
cleo: /review Aftersun 3.5/5 Gorgeous, patient, a bit too fond of reflections. The dancing scene \
forgives everything.
emil: /review Aftersun --dnf 40 | Two people by a pool. I kept waiting for the film to start, \
then I fell asleep.
dara: /review Past Lives 4/5 Grown-ups being kind to each other, and it hurts more than any \
shouting would. The last walk to the car took my breath.
ben: /review Past Lives 3/5 Elegant and well behaved. I admired it more than I liked it.
cleo: /review Carol 4.5/5 Every glove, every cigarette, every window with rain on it is a love \
letter. Cate Blanchett could read me a train timetable.
dara: /review Carol 4/5
ben: /review Paddington 2 5/5 A perfect film about good manners. Hugh Grant has never been \
happier and neither have I.
emil: /review Paddington 2 4.5/5 Went for my nephew, cried harder than he did. Very funny, very \
kind, and the pop-up book is pure magic.
emil: /review Tokyo Story 5/5 Nothing happens except everything: parents visit, children are \
busy, a day is over. I phoned home afterwards.
cleo: /review Suspiria (1977) 5/5 A fairy tale with a knife in it. Red, blue, louder than a fire \
alarm, and not one sensible decision by anybody.
ben: /review Suspiria (1977) 2/5 Wonderful wallpaper. The plot was written on the back of it.
ana: /review A Ghost Story 4/5 A sheet with two holes made me think about time more than any \
clock. Lonely and a little funny.
ben: /review A Ghost Story 1.5/5 She eats a pie for four minutes. I counted, because there was \
nothing else to do.
emil: /review Truly, Madly, Deeply 4/5 Alan Rickman comes back from the dead and turns up the \
heating. Grief with a sense of humour, which is the only sort I can stand.
ben: /review Anatomy of a Fall 4.5/5 --spoiler | The dog is the only honest witness. I changed \
my verdict three times and the film let me keep the last one.
dara: /review Anatomy of a Fall | I am still not sure what I think, which may be the point. The \
quarrel in the kitchen is hard to listen to.
dara: /review After Life 5/5 Which memory would you keep? We argued about it all the way to the \
last bus. Warm, plain and wise.
ana: /review After Life 4.5/5 An office for the dead, with tea and filing cabinets. Nobody has \
been this gentle about dying.
ana: /review Petite Maman 4/5 Seventy minutes, two little girls, a hut in the woods: a whole \
childhood forgiven.
fay: /review Paddington 2 4/5 First film with this club. I came for the bear and stayed for the \
argument about marmalade.
"""
"""Lines of the demo's members, in the terminal's line protocol."""


async def is_loaded(store: Store) -> bool:
    """Tell whether the demo club has been loaded before, to its last line."""
    async with store.reading(ClubId(f"console:{CLUB}")) as work:
        return await work.members.get(MemberId(f"console:{LAST}")) is not None
