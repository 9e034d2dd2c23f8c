"""Tools for people who live with FIX: read logs, stand in for a counterparty, test a client."""
