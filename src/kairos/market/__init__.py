"""Market data: what the tape shows (quotes and trades), marks made from it, and the tapes that ship with Kairos."""
