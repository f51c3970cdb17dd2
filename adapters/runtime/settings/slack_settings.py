"""Slack's settings together: one workspace by its token, or many that install Matinee, and not both."""

from adapters.runtime.settings.settings import Settings


def slack_is_set_up(settings: Settings) -> bool:
    """Return whether Slack is to be served."""
    return settings.slack_bot_token is not None or bool(settings.slack_client_id)


def slack_trouble(settings: Settings) -> str:
    """Return what lacks or contradicts itself in Slack's settings, and what to do; else an empty text."""
    many = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_REDIRECT_URI": settings.slack_redirect_uri,
    }
    there = [name for name, value in many.items() if value]
    if there and settings.slack_bot_token is not None:
        return (
            f"SLACK_BOT_TOKEN is for one workspace, {_listed(there)} for many that install Matinee: set "
            "one or the other"
        )
    if there:
        return _lacking({**many, "MATINEE_SECRET_KEY": settings.secret_key})
    return _alone(settings)


def _lacking(many: dict[str, object]) -> str:
    lacking = [name for name, value in many.items() if not value]
    if not lacking:
        return ""
    return (
        f"for many workspaces set {_listed(lacking)}, too: id and secret are under Basic Information of "
        "your app, the redirect URI is https://club.example.org/slack/oauth_redirect at a host name of "
        "yours, and matinee slack key prints a key"
    )


def _alone(settings: Settings) -> str:
    others = {
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
    }
    there = [name for name, value in others.items() if value is not None]
    if settings.slack_bot_token is not None or not there:
        return ""
    return (
        f"{_listed(there)} alone cannot connect: set SLACK_BOT_TOKEN, too (the Bot User OAuth "
        "Token, xoxb-..., from OAuth & Permissions of your app), or leave Slack out"
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
