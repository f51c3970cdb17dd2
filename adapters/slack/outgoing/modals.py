"""Forms as Slack modals, and the values that members submit in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rich.emoji import Emoji

from adapters.chat.commands import RATING_OPTIONS, file_help, typed_questions
from adapters.slack import limits
from adapters.slack.ids import channel, member_of, place_of
from adapters.slack.outgoing.actions import option, options_of
from adapters.slack.outgoing.blocks import plain_text
from adapters.slack.outgoing.rich_text import MEMBER, Json
from bot.domain.ids import PlaceId
from bot.language.grammar.forms import Question
from bot.messages.commands import Kind
from bot.messages.replies import Form, Option

FILM = "film"
"""The field in which a film is searched for, and the action id of every such field."""

VALUE = "value"
"""The action id of every other field; its block id is the field's name."""

FILE = "file"
"""The field for a file: a review, or films from another service."""

CALLBACK = "form"

_TEXTS = ["txt", "md", "markdown", "text"]
_FILM_FILES = ["zip", "csv", "tsv", "json"]
_RATINGS = [Option(f"{each.label}  ·  {each.value}", each.value) for each in RATING_OPTIONS]


def modal(form: Form, title: str, metadata: str) -> Json:
    """Return the modal of a form, with its values filled in. `metadata` is submitted with it."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(title, limits.TITLE),
        "submit": plain_text("Send", limits.TITLE),
        "close": plain_text("Cancel", limits.TITLE),
        "private_metadata": metadata,
        "blocks": [*map(_block, typed_questions(form)), *_file_field(form)][: limits.VIEW_BLOCKS],
    }


def typed(values: Mapping[str, Mapping[str, Json]]) -> dict[str, str]:
    """Return the submitted values as typed text, without files; empty for fields left alone."""
    return {
        name: text
        for name, fields in values.items()
        if name != FILE
        for state in fields.values()
        if (text := _typed(state)) is not None
    }


def channels(values: Mapping[str, Mapping[str, Json]], team: str) -> dict[str, PlaceId]:
    """Return the channels that were picked."""
    return {
        name: channel(team, picked)
        for name, fields in values.items()
        for state in fields.values()
        if state.get("type") == "conversations_select"
        and (picked := state.get("selected_conversation"))
    }


def files(values: Mapping[str, Mapping[str, Json]]) -> Sequence[Json]:
    """Return the submitted files."""
    return [file for state in values.get(FILE, {}).values() for file in state.get("files") or ()]


def _block(question: Question) -> Json:
    """Make the block of a question; a value that is too long for a modal is only told of, and stays unchanged."""
    if len(question.now) <= limits.INPUT:
        return _field(question)
    told = f"{question.label}: all {len(question.now):,} characters are kept as they are, too many to change here."
    return {"type": "context", "elements": [plain_text(told, limits.SECTION)]}


def _file_field(form: Form) -> Iterator[Json]:
    if help_ := file_help(form):
        label, kinds = (
            ("Or a text file", _TEXTS) if "text" in form.fields else ("File", _FILM_FILES)
        )
        element = {"type": "file_input", "filetypes": kinds, "max_files": 1}
        yield _input(FILE, label, help_, element)


def _field(question: Question) -> Json:
    if question.name == FILM:  # also in a form that only asks which film is meant
        question = replace(question, kind=Kind.FILM, help="")
    element = _element(question)
    if question.kind is Kind.FILM:
        element["action_id"] = FILM
    return _input(question.name, question.label, question.help, element)


def _input(name: str, label: str, help_: str, element: Json) -> Json:
    hint = {"hint": plain_text(help_, limits.LABEL)} if help_ else {}
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label, limits.LABEL),
        "element": {"action_id": VALUE, **element},
        **hint,
    }


def _element(question: Question) -> Json:
    now = question.now
    match question.kind:
        case Kind.FILM:
            return _chosen({"type": "external_select", "min_query_length": 0}, _named(now))
        case Kind.RATING:
            rated = next((each.value for each in RATING_OPTIONS if each.label == now), "")
            return _choices("static_select", _RATINGS, rated)
        case Kind.CHOICE if question.choices:
            options = [Option(each, each) for each in question.choices]
            return _choices("static_select", options, now)
        case Kind.YES_NO:
            return _choices("radio_buttons", [Option("Yes", "yes"), Option("No", "no")], now)
        case Kind.DATE | Kind.PAST_DATE:
            return {"type": "datepicker", **({"initial_date": now} if now else {})}
        case Kind.MEMBER:
            user = now.removeprefix(MEMBER)
            return {"type": "users_select", **({"initial_user": user} if user != now else {})}
        case Kind.CHANNEL:
            there = place_of(PlaceId(now))
            filled = {"initial_conversation": there.channel} if there and there.channel else {}
            kinds = {"include": ["public", "private"], "exclude_bot_users": True}
            return {"type": "conversations_select", "filter": kinds, **filled}
        case Kind.MEMBERS:
            users = [each.removeprefix(MEMBER) for each in now.split(", ") if MEMBER in each]
            return {"type": "multi_users_select", **({"initial_users": users} if users else {})}
    return _text_input(question)


def _text_input(question: Question) -> Json:
    filled: Json = {"initial_value": question.now} if question.now else {}
    if question.otherwise:
        filled["placeholder"] = plain_text(question.otherwise, limits.PLACEHOLDER)
    return {
        "type": "plain_text_input",
        "multiline": question.has_lines,
        "max_length": limits.INPUT,
        **filled,
    }


def _named(now: str) -> Json | None:
    """Return a film as the chosen option, as it was named."""
    named = now and len(now) <= limits.OPTION_VALUE
    return option(now.removeprefix("id:"), now) if named else None


def _choices(kind: str, options: Sequence[Option], now: str) -> Json:
    shown = options_of(options)
    chosen = next((each for each in shown if each["value"] == now), None)
    return _chosen({"type": kind, "options": shown}, chosen)


def _chosen(element: Json, chosen: Json | None) -> Json:
    return {**element, **({"initial_option": chosen} if chosen else {})}


def _typed(state: Mapping[str, Any]) -> str | None:
    match state.get("type"):
        case "static_select" | "external_select" | "radio_buttons":
            return str((state.get("selected_option") or {}).get("value", ""))
        case "datepicker":
            return state.get("selected_date") or ""
        case "users_select":
            user = state.get("selected_user")
            return member_of(user) if user else ""
        case "multi_users_select":
            return ", ".join(member_of(each) for each in state.get("selected_users") or ())
        case "plain_text_input":
            return Emoji.replace(state.get("value") or "")
    return None
