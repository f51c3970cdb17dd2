"""Letterboxd's public feeds: what a member writes there becomes a review here."""
