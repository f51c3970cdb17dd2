"""Help: all commands, or one with its options and examples."""

from dataclasses import replace

from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.text import one_line
from bot.features.help.asked_topic import topic_of
from bot.features.help.commands import HelpCommand
from bot.features.help.topic import Topic
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import beyond
from bot.messages.commands import Command, Kind, OptionSpec
from bot.messages.phrases import said
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.middleware.stages import may_give


async def help_(command: HelpCommand, context: Context, _: UnitOfWork) -> Reply:
    """Explain one command, answer a question, or show what there is."""
    topic = command.topic.strip().lstrip("/").casefold()
    if not topic:
        return _overview(context)
    about = context.commands.get(topic)
    if about is not None and about.typed:
        return _about(about, topic_of(topic))
    if found := topic_of(topic):
        return replace(said(*found.spans, actions=found.actions), aside=True)
    return _no_topic(command.topic)


def _no_topic(typed: str) -> Reply:
    """Say that there is no help of this name, and offer what helps."""
    actions = (Button("All commands", HelpCommand()), Button("Pick something", RecommendCommand()))
    asked = said(f"I have no help on “{one_line(typed, 60)}”.", actions=actions)
    return replace(asked, aside=True)


def _overview(context: Context) -> Reply:
    fields = tuple(
        Field(Usage(each()), (Plain(each.help()),))
        for each in context.commands.values()
        if each.typed and may_give(each(), context.caller)
    )
    first: tuple[Span, ...] = (
        Plain("Begin with "),
        Usage(ReviewCommand("All of Us Strangers")),
        Plain(" to read, "),
        Usage(ReviewCommand("Aftersun", HalfStars(9), "It stayed with me.")),
        Plain(" to write, and "),
        Usage(RecommendCommand()),
        Plain(" for what to see next."),
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain("Matinee remembers what your club thought of films"),)),
        Paragraph(first),
        Fields(fields),
        Footnote((Plain("More about one: "), Usage(HelpCommand("review")))),
    )
    return Reply(blocks, "What Matinee can do, with examples.", Visibility.ONLY_YOU)


def _about(command: type[Command], topic: Topic | None) -> Reply:
    """Explain a command; what people ask about its subject is answered, too."""
    blocks: list[Block] = [
        Heading((Usage(command()),)),
        Paragraph((Plain(command.help()),)),
    ]
    if topic:
        blocks.append(Paragraph(topic.spans))
    blocks += [Paragraph((Usage(example),)) for example in command.examples()]
    fields = tuple(
        Field(
            each.label if command.has_places() else each.name,
            (Plain(_option_help(_meaning(each, command), each.choices)),),
        )
        for each in command.options()
    )
    if fields:
        blocks.append(Fields(fields))
    if topic and topic.actions:
        blocks.append(Actions(topic.actions))
    return Reply(tuple(blocks), command.help(), Visibility.ONLY_YOU)


def _meaning(option: OptionSpec, command: type[Command]) -> str:
    """Return what an option means, beyond its label where that is shown."""
    more = beyond(option.label, option.help)
    if command.has_places() or option.kind is not Kind.YES_NO:
        return more
    named = option.label.casefold() == option.name
    return more if named else f"{option.label}: {more}" if more else option.label


def _option_help(text: str, choices: tuple[str, ...]) -> str:
    listed = ", ".join(choices)
    return f"{text} ({listed})" if text and choices else text or listed
