"""The scenario language: what traders and venues do, and what must come of each step (docs/SCENARIOS.md)."""
