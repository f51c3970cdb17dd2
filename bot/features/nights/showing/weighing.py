"""What the ledger's weights did to a vote, where another film had won without them."""

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.nights import Rule
from bot.features.nights.counting.methods import BY_HOST, decide
from bot.features.nights.showing.view import NightView
from bot.messages.phrases import joined, titled
from bot.messages.spans import Plain, Span


def overtaken(view: NightView) -> FilmId | None:
    """Return the film that had won if all ballots weighed the same; None where it is the same one."""
    night, poll = view.night, view.poll
    if not poll.ballots or night.film_id not in poll.films or night.how == BY_HOST:
        return None
    if decide(poll, night.rule).film_id != night.film_id:
        return None  # something has changed since, such as a member who is forgotten
    plain = decide(poll.plain, night.rule).film_id
    return None if plain == night.film_id else plain


def weighed_words(view: NightView, other: Film) -> tuple[Span, ...]:
    """Say that weights decided, and by how much: `2.7 for Get Out, 2.5 for Ran, where plain sums have 2 and 3`."""
    film_id, poll = view.night.film_id, view.poll
    told = Plain(" Ballots of who gave way before weigh more, and that decided it: ")
    if film_id is None or view.night.rule is not Rule.SUM:
        return told, Plain("otherwise it had been "), titled(other), Plain(".")
    mine, theirs = (f"{poll.total(each):.1f}" for each in (film_id, other.film_id))
    plain = [f"{poll.plain.total(each):.0f}" for each in (film_id, other.film_id)]
    sums = f", where plain sums have {plain[0]} and {plain[1]}."
    return told, Plain(f"{mine} for it, {theirs} for "), titled(other), Plain(sums)


def weights_note(view: NightView) -> str:
    """Name the weight of each counted ballot, the heaviest first."""
    weights = sorted(view.poll.ballots, key=lambda each: (-view.poll.weight(each), view.name(each)))
    named = [f"{view.name(each)} {view.poll.weight(each):.2f}" for each in weights]
    return f"Ballots weighed by who gave way before: {joined(named)}."
