"""Shown of nights: cards, news, pictures and calendar entries."""
