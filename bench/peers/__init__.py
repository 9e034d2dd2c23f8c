"""Those we compare with, called through their public interfaces only; each runs in an environment of its own."""
