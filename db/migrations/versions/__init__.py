"""One file per step, in order. A step never changes once released."""
