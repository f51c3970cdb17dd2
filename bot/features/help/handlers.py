"""Help that teaches by examples, read from the command catalogue."""

from bot.domain.errors import NotFound
from bot.messages.commands import BY_NAME, CATALOGUE, CommandSpec, Help
from bot.messages.replies import (
    Block,
    Code,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Plain,
    Reply,
    Span,
    Visibility,
)


def help_(command: Help) -> Reply:
    """Explain one command, or show what there is."""
    topic = command.topic.strip().lstrip("/").casefold()
    if not topic:
        return _overview()
    spec = BY_NAME.get(topic)
    if spec is None or not spec.typed:
        names = ", ".join(f"/{each.name}" for each in CATALOGUE if each.typed)
        raise NotFound(f"There is no command /{topic}. There are {names}.")
    return _about(spec)


def _overview() -> Reply:
    fields = tuple(Field(f"/{spec.name}", (Plain(spec.help),)) for spec in CATALOGUE if spec.typed)
    first: tuple[Span, ...] = (
        Plain("Begin with "),
        Code("/review All of Us Strangers"),
        Plain(" to read, "),
        Code("/review Aftersun 4.5/5 It stayed with me."),
        Plain(" to write, and "),
        Code("/recommend"),
        Plain(" for what to see next."),
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain("Matinee remembers what your club thought of films"),)),
        Paragraph(first),
        Fields(fields),
        Footnote((Plain("More about one: /help review"),)),
    )
    return Reply(blocks, "What Matinee can do, with examples.", Visibility.ONLY_YOU)


def _about(spec: CommandSpec) -> Reply:
    blocks: list[Block] = [Heading((Code(f"/{spec.name}"),)), Paragraph((Plain(spec.help),))]
    blocks += [Paragraph((Code(example),)) for example in spec.examples]
    fields = tuple(
        Field(each.name, (Plain(_option_help(each.help, each.choices)),)) for each in spec.options
    )
    if fields:
        blocks.append(Fields(fields))
    return Reply(tuple(blocks), f"/{spec.name}: {spec.help}", Visibility.ONLY_YOU)


def _option_help(text: str, choices: tuple[str, ...]) -> str:
    return f"{text} ({', '.join(choices)})" if choices else text
