"""What the journal says about the past: the desk at any moment, and tables for analysts."""
