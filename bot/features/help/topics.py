"""All topics of help, each with the words that ask for it and its answer."""

from datetime import timedelta

from bot.domain.films.film import ReleaseKind
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.features.club.commands import ModerateCommand, SettingsCommand, SetupCommand
from bot.features.figures.commands import MatchCommand, StatsCommand, YearCommand
from bot.features.films.commands import FilmCommand
from bot.features.follow.commands import FollowCommand
from bot.features.help.commands import HelpCommand
from bot.features.help.topic import Topic, topic
from bot.features.merging.commands import MergeFilmCommand
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.privacy.commands import ExportCommand, ForgetCommand, PrivacyCommand
from bot.features.programmes.commands import BridgeCommand, SeasonCommand
from bot.features.releases.commands import ReleasesCommand, RemindCommand, RemindersCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.features.transfer.commands import ImportCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.features.web.commands import WebCommand
from bot.messages.replies import Button, Form
from bot.messages.spans import Usage
from bot.request.lookup.commands import AddFilmCommand

_HER = ReviewCommand("Her", text="Warm, sad and very orange. ||She leaves.||")
_AFTERSUN = ReviewCommand("Aftersun", HalfStars(9), "It stayed with me for a week")

TOPICS: tuple[Topic, ...] = (
    topic(
        "about",
        r"about|who (?:are|r|is) (?:you|u|matinee|this)|what (?:are|r|is) (?:you|u|this|matinee)|bot|robot|ai|what can (?:you|u|i|we) do|what do (?:you|u) do",
        "I'm Matinee, the film club's bot. I keep what members think of films, pick what to see next from "
        "their own words, and remind of films that come out. I am a program without a language model; "
        "what you write stays with whoever runs me for your club.",
        actions=(
            Button("Pick something", RecommendCommand()),
            Button("Help", HelpCommand()),
        ),
    ),
    topic(
        "stars",
        r"★+½?|half stars?|stars? (?:mean|stand for)|rating scale",
        "Ratings go from ½ to ★★★★★ in half stars: ½ is half a star, so ★★★½ is 3.5 of 5, or 7 of 10. See and "
        "give them your way, as numbers or per cent: ",
        Usage(SettingsCommand(scale=Scale.TEN)),
        ".",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "import",
        r"imports?|letterboxd|imdb|trakt|import(?:ing)? (?:my )?(?:ratings|reviews|diary)|upload|csv|transfer|sync",
        "Bring the file that Letterboxd, IMDb, Trakt or another service gives you of your films, as it is: ",
        Usage(ImportCommand()),
        ". It is shown first; nothing is saved before you say so, and all of it can be taken back. What you log "
        "on Letterboxd from now on comes by itself with ",
        Usage(FollowCommand()),
        ".",
    ),
    topic(
        "forget",
        r"forget me|my data|gdpr|delete (?:all )?my (?:data|account|everything)|delete everything|erase (?:me|my data|everything)|(?:store|keep|save|log|read|record|track|collect)(?:s|ing)? (?:my |our |all |these |the )?(?:messages?|data|chats?|conversations?|words|what i (?:write|say))|export(?: my)?(?: data| reviews)?|download my|my account|unsubscribe|opt out|leave the club",
        "I store what you tell me to: reviews, ratings, marks, reminders, settings. I keep no other messages. "
        "You can take each of them back, take everything along as files, or have it all erased.",
        actions=(
            Button("What is stored", PrivacyCommand()),
            Button("Take it along", ExportCommand()),
            Button("Forget me…", ForgetCommand()),
        ),
    ),
    topic(
        "removal",
        r"uninstall(?:ing)?|(?:remove|kick|throw|get rid of) (?:you|the bot|this bot)",
        "Those who run this server or workspace can take me out of it, as any app: what the club wrote here is "
        "forgotten 30 days later. It can be taken along before.",
        actions=(Button("Take it along", ExportCommand()), Button("Forget me…", ForgetCommand())),
    ),
    topic(
        "spoilers",
        r"spoil(?:er|ers|ing|ered)?|hide (?:the |an )?ending|black ?out|blur|fold",
        "Put a spoiler between bars, and it stays folded until somebody opens it: ",
        Usage(_HER),
        ". If the whole review gives things away, say so: ",
        Usage(ReviewCommand("Her", HalfStars(8), "She leaves him in the end.", spoiler=True)),
        ". No summary or pick shows what is folded.",
    ),
    topic(
        "votes",
        r"(?:film|movie|club) ?nights?|vot(?:e|es|ing)|ballots?|nominat(?:e|es|ed|ion|ions|ing)|host(?:s|ing)? a",
        "Plan a film night with ",
        Usage(NightCommand("new", when="friday at 8")),
        ". Whoever comes nominates up to two films and votes in private: yes please, fine or not tonight, changed as "
        "often as you like until the vote ends. Nobody learns who voted how. A tie goes to the film with the fewest "
        "not tonight, then to the one that more prefer, in the end to a draw.",
        actions=(Button("Film night", NightCommand()),),
    ),
    topic(
        "programmes",
        r"bridges?|seasons?",
        "A bridge leads from one film to another by films each like the one before: ",
        Usage(BridgeCommand("Paddington 2", "All of Us Strangers")),
        ". A season is a programme for the coming film nights, for a wish in your words: ",
        Usage(SeasonCommand("grief and ghosts", 4)),
        ".",
    ),
    topic(
        "kinds",
        r"kinds? of releases?|limited release|digital release",
        "A film comes out at its premiere, limited (in a few cinemas), in the cinema, digital (to stream, rent or buy), "
        "physical (on disc) or on tv. I remind you of the cinema unless you say which: ",
        Usage(RemindCommand("Flow", ReleaseKind.DIGITAL)),
        ".",
    ),
    topic(
        "joining",
        r"an? app|free of charge|cost|invite",
        "Whoever is in this server, workspace or room is in the club once they say something to me. I have no app and "
        "no price: all that I do is here in the chat, and on the club's pages where those are switched on: ",
        Usage(WebCommand()),
        ".",
        actions=(Button("Help", HelpCommand()),),
    ),
    topic(
        "private",
        r"private(?:ly)?|privacy|secret(?:ly)?|anonymous(?:ly)?|who (?:can|will|could|else) (?:read|see)|who (?:reads|sees)|can (?:others|people|everyone|anybody|anyone|they|he|she|the club|other members|my boss) (?:see|read)|visible|public|hide my|don['’]?t (?:tell|show)|make (?:it|this|that|my .{2,20}) private|only (?:for )?me|just (?:for )?me|see my (?:reviews?|ratings?|list|watchlist|reminders?)",
        "A review is for the whole club unless you say otherwise: ",
        Usage(ReviewCommand("Her", HalfStars(6), "Too close to home.", private=True)),
        " is for you alone and feeds only your own picks. Your watchlist, reminders and settings only you see; "
        "others see a film of your list only where they ask what you both want to see.",
    ),
    topic(
        "quotes",
        r"quot(?:e|es|ed|ing)|my (?:sentences|words|name)",
        "Sentences of your reviews may be quoted in summaries and picks, with your name. You can switch that off: ",
        Usage(SettingsCommand(quotable=False)),
        ".",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "share",
        r"shar(?:e|es|ed|ing)|post (?:it|this|that|my)|show (?:it|this|that|them) to|tell (?:the )?(?:others|everyone|club)|for everyone to see",
        "What only you see has a Share button where it can be shown to the whole club: below picks, cards and "
        "figures, and below a review that you have just saved. Outside the club's channel I ask which of the two "
        "you mean.",
    ),
    topic(
        "delete",
        r"(?:delet|remov|eras|withdraw|retract)(?:e|es|ed|ing)?|undo(?:ne)?|take (?:it |that |something |a review |my review )?back|unrate|revert",
        "Open your reviews and press Edit or Delete, or name the film: “delete my review of Heat”. After each "
        "change there is an Undo, too.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "edit",
        r"(?:edit|chang|correct|fix|rewrit|updat|modify)(?:e|es|ed|ing)? (?:a |my |the |an )?(?:old |last )?(?:reviews?|ratings?|scores?|stars|opinions?|mind|text)|re-?rate|rewatch(?:es)?|second review",
        "Write it again, and the new one takes the old one's place: ",
        Usage(_AFTERSUN),
        ". Or open your reviews and press Edit.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "moderate",
        r"moderat(?:e|es|ed|ing|ion|or)|report|ban|block|hide (?:a |someone['’]?s |their |his |her )?(?:review|member)|mute|offensive|abusive",
        "Those who moderate the club can hide a review from everyone else: ",
        Usage(ModerateCommand("hide", "Her", "ben")),
        ". Its author still sees it.",
    ),
    topic(
        "setup",
        r"set ?up|install|configure|admin|club['’]?s? settings|announce(?:ments?|d)?|channel|weekly|which channel|post(?:s|ed|ing)?",
        "Those who run the club choose its channel, country, hour of reminders and how spoilers are kept: ",
        Usage(SetupCommand()),
        ".",
    ),
    topic(
        "settings",
        r"settings?|time ?zones?|regions?|country|location|scales?|out of (?:ten|10|five|5|100)|stars or|percent(?:age)?s?|preferences?|languages?|(?:speak|talk|switch to|understand|sprichst du|parles[- ]tu|(?<!dubbed\s)in) (?:english|german|french|spanish|italian|deutsch|fran[cç]ais)|notifications?|direct messages?|dms?",
        "Your country, time zone, scale of ratings and where reminders go are in your settings: ",
        Usage(SettingsCommand("US", "America/New_York", quotable=False)),
        ". I answer in English.",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "remind",
        r"remind(?:ers?|s|ing|ed)?|alerts?|notif(?:y|ied|ies)|snooz(?:e|ing)|when (?:a |the )?(?:film|movie)s? comes? out",
        "Name a film, and I tell you when it comes out where you live, or at a time of yours: ",
        Usage(RemindCommand("Anora")),
        ", ",
        Usage(RemindCommand("Anora", lead=timedelta(days=2))),
        ", ",
        Usage(RemindCommand("Carol", on="friday 18:00")),
        ". If the date moves, the reminder moves.",
        actions=(Button("My reminders", RemindersCommand()),),
    ),
    topic(
        "releases",
        r"releases?|release dates?|come out|comes out|coming out|cinemas?|theat(?:er|re)s?|calendar|ics",
        "This shows what comes out in the coming weeks, here or elsewhere: ",
        Usage(ReleasesCommand("US")),
        ". From there you get it as a file for your calendar, too.",
        actions=(Button("What comes out", ReleasesCommand()),),
    ),
    topic(
        "watchlist",
        r"watch ?lists?|to ?watch|save (?:a )?(?:film|movie)s?|bookmark|wish ?lists?|queue|my list|want to see|overlap|in common",
        "Keep what you want to see on your watchlist: ",
        Usage(WatchlistCommand("add", "Yi Yi")),
        ". To find what several of you want to see: ",
        Usage(WatchlistCommand("overlap", members=("everyone",))),
        ".",
        actions=(Button("My watchlist", WatchlistCommand()),),
    ),
    topic(
        "seen",
        r"(?:already )?(?:seen|watched)|mark(?:ed|ing)?|not interested|never (?:suggest|show)|stop suggesting|don['’]?t suggest",
        "Say “seen Heat”, or press Seen it below a pick, and I won't suggest the film again. A review marks "
        "it, too. “Never suggest Heat” keeps one away that you don't want to see.",
    ),
    topic(
        "recommend",
        r"why (?:this|that|these|did|do)|how good|accura(?:te|cy)|recommend(?:s|ed|ing|ations?)?|picks?|pick(?:ed|ing)?|suggest(?:s|ed|ing|ions?)?|cho(?:ose|osing|ice|ices)|algorithm|decide|predict(?:ions?)?|how do you know|mood|genres?",
        "I compare films by what they are about, what members wrote of them, and how the club rated them, and say "
        "why I picked each. Say what you are in the mood for: ",
        Usage(RecommendCommand(mood="tender and ghostly", max_minutes=100)),
        ", ",
        Usage(RecommendCommand(like=("Carol", "Weekend"))),
        ", ",
        Usage(RecommendCommand(members=("everyone",))),
        ".",
        actions=(Button("Pick for me", RecommendCommand()),),
    ),
    topic(
        "sources",
        r"sources?|where (?:do|does|did) (?:your|the|this|these) .{2,30} (?:come|from)|where (?:do|did) (?:you|u) get|tmdb|data(?:base)?|facts?|catalog(?:ue)?|information|how many (?:films|movies)|which films|know all",
        "What I know of films comes from Matinee's own list, from lists that whoever runs me has brought in, and, "
        "where a key is set, from TMDB. Opinions come from this club alone.",
    ),
    topic(
        "add",
        r"add(?:s|ing)? (?:a |an |new |missing |unknown |another )*(?:films?|movies?|titles?)|missing|not (?:there|listed|in (?:the )?(?:list|catalogue|database))|don['’]?t know (?:a|my|this|the) (?:film|movie)|unknown (?:film|movie)|can['’]?t find|duplicates?|same film twice|wrong (?:film|movie|title)|merge",
        "If I don't know a film, your club can add it; reviews and picks then work as for any other. Two entries "
        "for one film can be joined: ",
        Usage(MergeFilmCommand()),
        ".",
        actions=(Form("Add a film", AddFilmCommand(), ("title", "year", "director", "line")),),
    ),
    topic(
        "review",
        r"reviews?|ratings?|rate(?:d|s)?|scores?|stars?|writ(?:e|ing)|half stars?|opinions?|critics?|files?|long",
        "Name the film, then your rating or your words: ",
        Usage(_AFTERSUN),
        ". To read what the club thinks: ",
        Usage(ReviewCommand("All of Us Strangers")),
        ". A long text or a critic's review can come as a file or be pasted whole.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "figures",
        r"stat(?:s|istics)|figures|numbers|charts?|leader ?boards?|rankings?|top (?:films?|ten|10)|best films?|canon|streaks?|year in review|wrapped|recap|divisive|taste|match|alike|most (?:loved|watched|seen)|who (?:has )?(?:saw|seen|watched)",
        "The club in figures, all of it or one year, and any member's: ",
        Usage(StatsCommand()),
        ", ",
        Usage(StatsCommand(year=2024)),
        ", ",
        Usage(StatsCommand("ben")),
        ". How alike two tastes are: ",
        Usage(MatchCommand("ben")),
        ". The year in review: ",
        Usage(YearCommand()),
        ".",
        actions=(Button("The club in figures", StatsCommand()),),
    ),
    topic(
        "web",
        r"web(?:site|page|pages)?|browser|sign(?:ed)? ?in|log ?in|pages?|dashboard|rss|atom|feeds?",
        "The club has pages to look at and write on, with everything that you may see here. A private link lets you in: ",
        Usage(WebCommand()),
        ". Where you are signed in, and how to end it: ",
        Usage(WebCommand("sessions")),
        ".",
        actions=(Button("Open the pages", WebCommand()),),
    ),
    topic(
        "film",
        r"films?|movies?|facts|cast|director|card",
        "Name a film, and I show its card: ",
        Usage(FilmCommand("Tokyo Story")),
        ".",
    ),
)
"""All topics; of several that fit, the first is meant."""
