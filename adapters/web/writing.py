"""Handlers of forms, buttons and choices, which become commands to the core."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from aiohttp import web
from multidict import MultiDictProxy

from adapters.chat.commands import RATING_OPTIONS, typed_questions
from adapters.web.offers import Offer, offer, read_offer
from adapters.web.pages import answer_page, ask, name_of_club
from adapters.web.site import VISITOR, Site, Visitor, site_of
from adapters.web.templating import page
from bot.domain.errors import UsageError
from bot.domain.ids import FilmId
from bot.domain.nights import NOT_TONIGHT, YES_PLEASE
from bot.domain.words.text import storable
from bot.features.nights.commands import WholeBallotCommand
from bot.language.grammar.forms import FormErrors, Question, check_answered, with_value
from bot.messages.commands import Command, Kind
from bot.messages.phrases import said
from bot.messages.replies import Button, Choice, Form, Reply

FIELD = "f."
"""Prefix of the names of a form's fields."""

Sent = MultiDictProxy[Any]


async def form(request: web.Request) -> web.Response:
    """Serve a form that a page offered."""
    site, visitor, found, _ = await _offered(request)
    if not isinstance(found.action, Form):
        raise web.HTTPBadRequest
    opened = await site.bot.forms.load(visitor.caller, found.action)
    if isinstance(opened, Reply):
        return await _answer(request, opened)
    return await form_page(site, visitor, opened, await _looks(request))


async def form_page(
    site: Site,
    visitor: Visitor,
    opened: Form,
    looks: dict[str, Any],
    errors: dict[str, str] | None = None,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> web.Response:
    """Render a form, with its errors and what was typed. `looks`: the club's name, and the page to return to."""
    fields = [
        each | {"now": typed.get(each["field"], "")} if each["field"] in (errors or {}) else each
        for each in fields_of(opened)
    ]
    return await page(
        site,
        visitor,
        "form.html",
        form=opened,
        fields=fields,
        errors=errors or {},
        sent=offer(opened, visitor, site.ids),
        **looks,
    )


def fields_of(opened: Form) -> list[dict[str, Any]]:
    """Return a form's fields as inputs: kind, label, value."""
    return [_field(each) for each in typed_questions(opened)]


def _field(question: Question) -> dict[str, Any]:
    kind, options = "line", []
    match question.kind:
        case Kind.RATING:
            kind, question = "select", replace(question, help="")
            options = [(each.value, f"{each.label}  {each.value}") for each in RATING_OPTIONS]
            rated = [each.value for each in RATING_OPTIONS if each.label == question.now]
            return _input(question, kind, options, rated[0] if rated else "")
        case Kind.CHOICE if question.choices:
            kind, options = "select", [(str(each), str(each)) for each in question.choices]
        case Kind.YES_NO:
            kind = "check"
        case Kind.DATE | Kind.PAST_DATE:  # how a day is typed is of no use beside a calendar
            kind, question = "date", replace(question, help=question.help.partition(":")[0])
        case Kind.NUMBER:
            kind = "number"
        case Kind.CHANNEL:
            kind = "fixed"  # only the platform knows its channels
        case _ if question.has_lines:
            kind = "lines"
    return _input(question, kind, options, question.now)


def _input(
    question: Question, kind: str, options: list[tuple[str, str]], now: str
) -> dict[str, Any]:
    return {
        "name": f"{FIELD}{question.name}",
        "field": question.name,
        "kind": kind,
        "label": question.label or question.name.replace("_", " ").capitalize(),
        "help": question.help,
        "otherwise": question.otherwise,
        "options": options,
        "now": now,
    }


async def act(request: web.Request) -> web.Response:
    """Carry out an offer: a pressed button, a sent form, a chosen option."""
    site, visitor, found, sent = await _offered(request)
    command: Command | Reply | web.Response
    match found.action:
        case Button(command=pressed):
            command = pressed
        case Choice(command=chosen, field=field):
            try:
                command = with_value(chosen, field, storable(str(sent.get("chosen", ""))))
            except UsageError as error:
                command = said(str(error))
        case opened:
            command = await _filled(request, opened, sent)
    if isinstance(command, web.Response):
        return command
    if isinstance(command, Reply):
        return await _answer(request, command)
    return await _answer(request, await ask(site, visitor, command, found.once))


LEVEL = "level."
"""Prefix of the names of a ballot's fields."""


async def ballot(request: web.Request) -> web.Response:
    """Carry out a filled-in ballot."""
    site, visitor, found, sent = await _offered(request)
    command = found.action.command
    if not isinstance(command, WholeBallotCommand):
        raise web.HTTPBadRequest
    given = {
        FilmId(storable(name.removeprefix(LEVEL))): str(value)
        for name, value in sent.items()
        if name.startswith(LEVEL)
    }
    command = replace(
        command,
        loved=tuple(film for film, level in given.items() if level == str(YES_PLEASE)),
        against=tuple(film for film, level in given.items() if level == str(NOT_TONIGHT)),
    )
    return await _answer(request, await ask(site, visitor, command, found.once))


async def _answer(request: web.Request, reply: Reply) -> web.Response:
    return await answer_page(site_of(request), request[VISITOR], reply, **await _looks(request))


async def _looks(request: web.Request) -> dict[str, Any]:
    """Return the values of a page around its form or answer: the club's name, and the page to return to."""
    club = await name_of_club(site_of(request), request[VISITOR])
    return {"club": club, "back": await _back(request)}


async def _filled(request: web.Request, opened: Form, sent: Sent) -> Command | Reply | web.Response:
    """Return the command of a sent form, or the form again with its errors."""
    site, visitor = site_of(request), request[VISITOR]
    values = {}
    for each in typed_questions(opened):
        if each.kind is Kind.CHANNEL:
            continue
        text = storable(str(sent.get(f"{FIELD}{each.name}", ""))).replace("\r\n", "\n")
        values[each.name] = (text or "no") if each.kind is Kind.YES_NO else text.strip()
    try:
        command = await site.bot.forms.fill(visitor.caller, opened.command, values)
        if isinstance(command, Command):
            check_answered(opened, command)
    except FormErrors as error:
        again = replace(opened, command=error.fitting)
        errors = {name: str(text) for name, text in error.errors.items()}
        return await form_page(site, visitor, again, await _looks(request), errors, values)
    except UsageError as error:
        return await form_page(site, visitor, opened, await _looks(request), {"": str(error)})
    return command


async def _offered(request: web.Request) -> tuple[Site, Visitor, Offer, Sent]:
    site, visitor = site_of(request), request[VISITOR]
    sent = await request.post()
    found = read_offer(str(sent.get("a", "")), visitor)
    if found is None:
        raise web.HTTPForbidden
    return site, visitor, found, sent


async def _back(request: web.Request) -> str:
    """Return the page that one came from, before forms and answers: a path of this site, else the front page."""
    sent = str((await request.post()).get("b", ""))
    if sent:
        return f"/{storable(sent).lstrip('/')}"
    origin, _, path = request.headers.get("Referer", "").partition("://")[2].partition("/")
    if origin != request.host or path.split("?")[0] in {"do", "form"}:
        return "/"
    return f"/{path.lstrip('/')}"
