"""Stop words, folded (lower case, no diacritics): they tell nothing of a film and are no terms.

English function words, common words of film reviews, and the commonest function words of other
languages that clubs write in.
"""

_ENGLISH = """
a about above after again against all almost also although always am an and any anybody anyone
anything are aren as at away be became because become becomes been before being below between both
but by came can cannot could couldn did didn do does doesn doing don done down during each either
else enough even ever every everybody everyone everything except few for from further gave get gets
getting give given go goes going gone got had hadn has hasn have haven having he her here hers
herself him himself his how however i if in instead into is isn it its itself just ll least less let
like made make makes making many may maybe me might mine more most much must mustn my myself neither
never no nobody none nor not nothing now of off often on once one only onto or other others otherwise
ought our ours ourselves out over own perhaps put quite rather re really same say says see seem
seems seen shall she should shouldn since so some somebody someone something still such take takes
than that the their theirs them themselves then there these they thing things this those though
through thus to together too took toward towards under until up upon us ve very via was wasn way we
well went were weren what whatever when where whether which while who whole whom whose why will with
within without won would wouldn yet you your yours yourself yourselves
"""

_FILM_TALK = """
film films movie movies cinema flick picture watch watched watching watches viewer viewers audience
saw seeing review reviews rating star stars scene scenes story plot character characters acting
actor actors actress performance performances cast director directed directs direction
screenplay written writer script starring stars minute minutes hour hours time times
think thought thinking feel felt feels know want wanted bit lot kind sort
"""

_OTHER_LANGUAGES = """
le la les un une des du de et est en que qui dans pour sur pas plus avec ce cette il elle au aux se
der die das und ist nicht ein eine einer einem einen den dem mit von zu im auf fur sich es auch als
el los las una y es del con por para su lo como pero
il gli uno di che per non sono della nel
o os um uma do da dos das em nao com
"""

STOP_WORDS = frozenset(f"{_ENGLISH} {_FILM_TALK} {_OTHER_LANGUAGES}".split())
ELISIONS = frozenset({"l", "d", "j", "m", "n", "s", "t", "c", "qu", "dell", "nell", "all", "sull"})
