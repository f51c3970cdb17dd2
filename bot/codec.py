"""Commands and replies as JSON: for buttons, drafts, stored receipts and `--json`."""
