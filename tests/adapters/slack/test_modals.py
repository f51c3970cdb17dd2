"""Forms as modals: any of them is one that Slack takes, and gives back what it was filled with."""

from datetime import date

import pytest

from adapters.slack.outgoing.modals import FILE, modal, typed
from bot.domain.clubs.club import SpoilerPolicy
from bot.domain.films.film import ReleaseKind
from bot.domain.ids import DraftId, FilmId
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.features.club.commands import ModerateCommand, SettingsCommand, SetupCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import AddReleaseCommand, RemindCommand, SnoozeReminderCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.language.grammar.forms import fill, questions
from bot.messages.commands import Command, Kind
from bot.messages.replies import Form
from bot.registry import COMMANDS, TYPED
from bot.request.commands import RecallCommand
from bot.request.lookup.commands import AddFilmCommand
from tests.adapters.slack.block_kit import refused_view
from tests.adapters.slack.driver import Workspace

HELD: tuple[Command, ...] = (
    ReviewCommand(
        "id:her-2013", HalfStars(9), "Warm & <sad>.", spoiler=True, watched_on=date(2024, 1, 2)
    ),
    ReviewCommand(abandoned=True, abandoned_after=40),
    RecommendCommand(mood="tender", members=("slack:U1", "slack:U2"), max_minutes=100),
    RemindCommand("Anora", ReleaseKind.DIGITAL, "US", here=True),
    WatchlistCommand("add", "Yi Yi"),
    SettingsCommand("US", "America/New_York", Scale.TEN, quotable=False, direct=True),
    SetupCommand(
        "GB", "Europe/London", "09:00", SpoilerPolicy.SEEN, announce=True, here=False, weekly=True
    ),
    ModerateCommand("unhide", "Her", "slack:U2"),
    AddFilmCommand("Lykten", 2019, "Solveig Brekke", "A lighthouse."),
    AddReleaseCommand(FilmId("her-2013"), "GB", ReleaseKind.CINEMA, date(2024, 1, 26)),
    SnoozeReminderCommand("r1", "friday 18:00"),
)
"""Commands with something in every kind of field."""


def form_of(command: Command) -> Form:
    """Ask for all that a person can give but a file, which has a field of its own."""
    asked = [each.name for each in command.options() if each.kind is not Kind.FILE]
    return Form("Change it", command, tuple(asked))


@pytest.mark.parametrize("command", HELD, ids=lambda each: each.name)
def test_what_a_form_holds_comes_back_as_it_was(command: Command) -> None:
    form = form_of(command)
    view = modal(form, form.label, "{}")

    assert refused_view(view) == []
    sent = Workspace.filled(_nobody(), "ana", view)["view"]["state"]["values"]
    assert fill(command, typed(sent)) == command


@pytest.mark.parametrize("name", [each.name for each in TYPED])
def test_every_command_can_be_asked_for_in_a_form(name: str) -> None:
    command = COMMANDS[name]()
    form = form_of(command)
    if form.fields:
        view = modal(form, "x" * 100, "{}")
        assert refused_view(view) == []
        labels = [block["label"]["text"] for block in view["blocks"]]
        assert len(labels) == len(questions(form)) + (name == "review")


@pytest.mark.parametrize("text", ["", "x" * 3_000, "x" * 3_001, "* _ ` <!here> &", "\n\n"])
def test_any_text_can_be_edited_or_stays(text: str) -> None:
    command = ReviewCommand("id:her-2013", text=text, whole=True)
    view = modal(Form("Edit", command, ("rating", "text")), "Edit", "{}")
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    told = "all 3,001 characters are kept as they are" in str(view["blocks"])

    assert told is (len(text) > 3_000)
    assert refused_view(view) == []
    assert ("text" in fields) is (len(text) <= 3_000)
    assert FILE in fields


def test_the_answer_to_a_question_about_a_film_is_looked_for_too() -> None:
    view = modal(Form("Which?", RecallCommand(DraftId("d1")), ("film",)), "Which?", "{}")

    assert view["blocks"][0]["element"]["type"] == "external_select"


def _nobody() -> Workspace:
    return Workspace(None, None)  # type: ignore[arg-type]  # nothing is sent
