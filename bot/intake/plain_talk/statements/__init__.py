"""Statements about films that were seen, with ratings, days and words; and reviews that were read too early."""
