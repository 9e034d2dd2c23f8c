"""The control report that a regulator asks for: what stood, who changed it, what it stopped and how fast, from the
journal alone."""
