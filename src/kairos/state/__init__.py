"""What is: orders, routes, executions, positions and accounts, as a fold over events."""
