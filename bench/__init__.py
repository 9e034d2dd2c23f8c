"""Measurements: each a ratio of two things done side by side in one run, since these machines are shared and noisy."""
