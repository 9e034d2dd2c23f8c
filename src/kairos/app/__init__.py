"""The composition root: the only place that chooses adapters and ties the rooms together into processes."""
