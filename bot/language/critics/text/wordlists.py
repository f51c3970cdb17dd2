"""Word lists that tell people's names from other capitalised words, in three languages."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


PARTICLES = word_set(
    "de da do dos du del della der den di la le van von vom zu bin ibn al el y e af av ter ten"
)
# Capitalised words at the beginning of sentences or before names that are not part of a name.
LEADING = word_set(
    """
    cinematographer composer novelist playwright author editor producer screenwriter newcomer veteran
    a about adding after again all also although among an and another any are as at back because
    before beside between both but by can cast casting could despite directed director directors did
    do does during each either elsewhere enter even ever every featuring filmmaker for from given had
    has have having he her here hers hers his how however i if in indeed instead into is it its just
    last later like many meanwhile meet more most much my neither never next no nobody none nor not
    nothing now of off often on once one only opposite or our out over perhaps plus poor put review
    reviewed screenwriter see seldom she since so some somehow somewhere soon star starring stars
    still such take than that the their then there therefore these they this those though three
    through thus to together too two under unlike until up upon was watch we what whatever when where
    whereas which while who whose why with within without words would writer writer-director
    written yet you your young
    au aux avec ce ces cet cette chez comme dans de depuis des du elle elles en entre est et face il
    ils la le les leur leurs lorsque mais mon ni notre on ou où par pour quand que qui sa sans ses si
    sous sur tout un une vers
    aber als am an auch auf aus bei beim das dass dem den der des die dies diese dieser doch ein eine
    einem einen einer er es für gegen hier ihr ihre im in ist mit nach neben nicht nun nur ob oder
    ohne regie regisseur regisseurin sein seine sie so über um und unter vom von vor was weil wenn wer
    wie wir während zu zum zur zwischen réalisatrice réalisateur cinéaste text filmkritik kritik
    """
)
HONOURED = word_set(
    """
    mr mrs ms miss dr doctor professor nurse sister brother father mother aunt uncle captain sergeant
    detective inspector officer lieutenant cardinal kardinal schwester pater vater mutter onkel tante
    herr frau chef chefin ärztin arzt anwalt anwältin lehrer lehrerin professorin kommissar madame monsieur mademoiselle docteur sir lady king queen prince
    princess president actor actress schauspieler schauspielerin kapitän hauptmann
    """
)
NO_PEOPLE = word_set(
    """
    festival pictures films film studios studio street road cinema cinemas theatre theater university
    college school hotel bros productions company award awards prize oscar oscars bafta palme grand
    prix week netflix amazon apple mubi disney warner channel house city county park square station
    hospital church club academy university januar january february march april june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    york angeles critic
    english french german american british
    """
)
# Works: in "Roman von X", "film de X" the first word is not a first name.
WORKS = word_set(
    """
    roman romans novelle buch drehbuch stück theaterstück erzählung kurzgeschichte film spielfilm kritik filmkritik
    musik text regie debüt werk pièce critique texte réalisation scénario musique début livre récit
    """
)
SMALL = word_set(
    "a an the of and in on at to for by from with or nor but as is "
    "le la les de du des et un une à au en der die das und von im"
)
DETERMINERS = word_set(
    """
    a an the his her their its whose our this that un une le la les son sa ses leur leurs ce cette
    ein eine einen einem einer der die das den dem des sein seine seinen seinem ihr ihre ihren ihrem
    """
)
SHORT_FORMS = word_set(
    "dr mr mrs ms st jr sr dir prof vs no nr vol bzw ca ab jan feb mar apr jun jul aug sep sept oct "
    "nov dec m mme"
)
GERMAN_DETERMINERS = word_set("der die das dem den des ein eine ihr ihre sein seine unser")
CONJUNCTIONS = word_set(
    """
    when while as but and so now then yet if because although though since after before meanwhile
    today quand lorsque mais et si puis wenn als aber und nun
    """
)
