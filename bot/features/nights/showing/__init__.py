"""Presentation of nights: cards, news, pictures, calendar entries."""
