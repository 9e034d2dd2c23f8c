"""The `kairos` command: one file a command group."""
