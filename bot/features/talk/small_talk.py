"""Answers to what is said in passing: short, with the next step on buttons."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import Manner, SmallTalkCommand
from bot.messages.phrases import said
from bot.messages.replies import Action, Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context

EVERYONE = ("everyone",)
"""Members of picks for the whole club."""

_ANSWERS: Mapping[Manner, str] = MappingProxyType(
    {
        Manner.HELLO: "Hello! I keep what this club thinks of films. Shall I pick something to watch?",
        Manner.THANKS: "You're welcome. Tell me what you thought of it once you've seen it.",
        Manner.BYE: "See you. Enjoy the film!",
        Manner.SORRY: "No harm done.",
        Manner.YES: "I'm not sure which answer you mean. Press a button of my last answer, or say it in full.",
        Manner.NO: "All right. Nothing was changed.",
        Manner.PRAISE: "Thank you! A review helps me most: name a film and what you thought of it.",
        Manner.BLAME: "Sorry, I got that wrong. Name a film, or tell me what you would like to see.",
        Manner.REACTION: "Shall I pick something to watch?",
        Manner.LANGUAGE: "I answer in English. Say what you would like to see in German, French, Spanish, "
        "Italian or Portuguese, too, and write your reviews in any language.",
        Manner.ENDING: "I don't tell endings. What members wrote of them stays folded in their reviews.",
    }
)
_OFFERED = frozenset({Manner.HELLO, Manner.BLAME, Manner.REACTION})
"""Manners after which picks are offered; after the others the talk may rest."""


async def small_talk(command: SmallTalkCommand, context: Context, _: UnitOfWork) -> Reply:
    """Answer a greeting, thanks, a yes or no; offer the film that is called so, if there is one."""
    manner = Manner(command.manner)
    actions: list[Action] = list(offers()) if manner in _OFFERED else []
    if command.film and (match := context.titles.resolve(command.film).exact):
        label = f"{match[0].title} ({match[0].year})" if match[0].year else match[0].title
        actions.append(Button(f"The film {label}", ReviewCommand(command.film)))
    answer = said(_ANSWERS[manner], actions=actions)
    # A no ends the question that it answers.
    return replace(answer, aside=manner is not Manner.NO)


def offers(mood: str = "") -> tuple[Action, ...]:
    """Return the buttons that pick for the member, or for everyone, and the one that helps."""
    return (
        Button("For me", RecommendCommand(mood=mood)),
        Button("For everyone", RecommendCommand(mood=mood, members=EVERYONE)),
        Button("Help", HelpCommand()),
    )
