"""FIX without I/O: bytes in, messages out. Framing, parsing, validating, writing, and the session state machine."""
