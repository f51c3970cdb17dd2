"""Counting of votes: methods, polls, and the ledger of who gave way."""
