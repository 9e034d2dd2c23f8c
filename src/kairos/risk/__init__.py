"""What is allowed: one pure function a check, and the gate that asks them in order of precedence."""
