"""The vocabulary of the house: ids, exact numbers, FIX enumerations, instruments, commands, events and their bytes."""
