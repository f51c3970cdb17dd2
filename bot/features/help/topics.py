"""All topics of help, each with its answer; the words that ask for it are in topics.toml."""

from datetime import timedelta

from bot.domain.films.film import ReleaseKind
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.domain.words.templates import Templates
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

ASKED = Templates("bot.features.help", "topics.toml")
"""What asks for each topic, by its name, and what begins a question."""

_HER = ReviewCommand("Her", text="Warm, sad and very orange. ||She leaves.||")
_AFTERSUN = ReviewCommand("Aftersun", HalfStars(9), "It stayed with me for a week")

TOPICS: tuple[Topic, ...] = (
    topic(
        "about",
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
        "Ratings go from ½ to ★★★★★ in half stars: ½ is half a star, so ★★★½ is 3.5 of 5, or 7 of 10. See and "
        "give them your way, as numbers or per cent: ",
        Usage(SettingsCommand(scale=Scale.TEN)),
        ".",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "import",
        "Bring the file that Letterboxd, IMDb, Trakt or another service gives you of your films, as it is: ",
        Usage(ImportCommand()),
        ". It is shown first; nothing is saved before you say so, and all of it can be taken back. What you log "
        "on Letterboxd from now on comes by itself with ",
        Usage(FollowCommand()),
        ".",
    ),
    topic(
        "forget",
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
        "Those who run this server or workspace can take me out of it, as any app: what the club wrote here is "
        "forgotten 30 days later. It can be taken along before.",
        actions=(Button("Take it along", ExportCommand()), Button("Forget me…", ForgetCommand())),
    ),
    topic(
        "spoilers",
        "Put a spoiler between bars, and it stays folded until somebody opens it: ",
        Usage(_HER),
        ". If the whole review gives things away, say so: ",
        Usage(ReviewCommand("Her", HalfStars(8), "She leaves him in the end.", spoiler=True)),
        ". No summary or pick shows what is folded.",
    ),
    topic(
        "votes",
        "Plan a film night with ",
        Usage(NightCommand("new", when="friday at 8")),
        ". Whoever comes nominates up to two films and votes in private: yes please, fine or not tonight, changed as "
        "often as you like until the vote ends. Nobody learns who voted how. A tie goes to the film with the fewest "
        "not tonight, then to the one that more prefer, in the end to a draw.",
        actions=(Button("Film night", NightCommand()),),
    ),
    topic(
        "programmes",
        "A bridge leads from one film to another by films each like the one before: ",
        Usage(BridgeCommand("Paddington 2", "All of Us Strangers")),
        ". A season is a programme for the coming film nights, for a wish in your words: ",
        Usage(SeasonCommand("grief and ghosts", 4)),
        ".",
    ),
    topic(
        "kinds",
        "A film comes out at its premiere, limited (in a few cinemas), in the cinema, digital (to stream, rent or buy), "
        "physical (on disc) or on tv. I remind you of the cinema unless you say which: ",
        Usage(RemindCommand("Flow", ReleaseKind.DIGITAL)),
        ".",
    ),
    topic(
        "joining",
        "Whoever is in this server, workspace or room is in the club once they say something to me. I have no app and "
        "no price: all that I do is here in the chat, and on the club's pages where those are switched on: ",
        Usage(WebCommand()),
        ".",
        actions=(Button("Help", HelpCommand()),),
    ),
    topic(
        "private",
        "A review is for the whole club unless you say otherwise: ",
        Usage(ReviewCommand("Her", HalfStars(6), "Too close to home.", private=True)),
        " is for you alone and feeds only your own picks. Your watchlist, reminders and settings only you see; "
        "others see a film of your list only where they ask what you both want to see.",
    ),
    topic(
        "quotes",
        "Sentences of your reviews may be quoted in summaries and picks, with your name. You can switch that off: ",
        Usage(SettingsCommand(quotable=False)),
        ".",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "share",
        "What only you see has a Share button where it can be shown to the whole club: below picks, cards and "
        "figures, and below a review that you have just saved. Outside the club's channel I ask which of the two "
        "you mean.",
    ),
    topic(
        "delete",
        "Open your reviews and press Edit or Delete, or name the film: “delete my review of Heat”. After each "
        "change there is an Undo, too.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "edit",
        "Write it again, and the new one takes the old one's place: ",
        Usage(_AFTERSUN),
        ". Or open your reviews and press Edit.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "moderate",
        "Those who moderate the club can hide a review from everyone else: ",
        Usage(ModerateCommand("hide", "Her", "ben")),
        ". Its author still sees it.",
    ),
    topic(
        "setup",
        "Those who run the club choose its channel, country, hour of reminders and how spoilers are kept: ",
        Usage(SetupCommand()),
        ".",
    ),
    topic(
        "settings",
        "Your country, time zone, scale of ratings and where reminders go are in your settings: ",
        Usage(SettingsCommand("US", "America/New_York", quotable=False)),
        ". I answer in English.",
        actions=(Button("My settings", SettingsCommand()),),
    ),
    topic(
        "remind",
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
        "This shows what comes out in the coming weeks, here or elsewhere: ",
        Usage(ReleasesCommand("US")),
        ". From there you get it as a file for your calendar, too.",
        actions=(Button("What comes out", ReleasesCommand()),),
    ),
    topic(
        "watchlist",
        "Keep what you want to see on your watchlist: ",
        Usage(WatchlistCommand("add", "Yi Yi")),
        ". To find what several of you want to see: ",
        Usage(WatchlistCommand("overlap", members=("everyone",))),
        ".",
        actions=(Button("My watchlist", WatchlistCommand()),),
    ),
    topic(
        "seen",
        "Say “seen Heat”, or press Seen it below a pick, and I won't suggest the film again. A review marks "
        "it, too. “Never suggest Heat” keeps one away that you don't want to see.",
    ),
    topic(
        "recommend",
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
        "What I know of films comes from Matinee's own list, from lists that whoever runs me has brought in, and, "
        "where a key is set, from TMDB. Opinions come from this club alone.",
    ),
    topic(
        "add",
        "If I don't know a film, your club can add it; reviews and picks then work as for any other. Two entries "
        "for one film can be joined: ",
        Usage(MergeFilmCommand()),
        ".",
        actions=(Form("Add a film", AddFilmCommand(), ("title", "year", "director", "line")),),
    ),
    topic(
        "review",
        "Name the film, then your rating or your words: ",
        Usage(_AFTERSUN),
        ". To read what the club thinks: ",
        Usage(ReviewCommand("All of Us Strangers")),
        ". A long text or a critic's review can come as a file or be pasted whole.",
        actions=(Button("My reviews", ReviewsCommand()),),
    ),
    topic(
        "figures",
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
        "The club has pages to look at and write on, with everything that you may see here. A private link lets you in: ",
        Usage(WebCommand()),
        ". Where you are signed in, and how to end it: ",
        Usage(WebCommand("sessions")),
        ".",
        actions=(Button("Open the pages", WebCommand()),),
    ),
    topic(
        "film",
        "Name a film, and I show its card: ",
        Usage(FilmCommand("Tokyo Story")),
        ".",
    ),
)
"""All topics; of several that fit, the first is meant."""
