"""Limits and rules as tested code: the examples that their files carry, played through the real engine."""
