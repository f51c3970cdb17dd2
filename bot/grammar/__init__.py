"""Free text: what the grammars of all features share."""
