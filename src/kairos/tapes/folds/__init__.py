"""Compiled loops that make a tape's events of a source's columns: one class a format, fed block by block.

A column is bytes, eight a row, as in `market.tape_batch`. What a fold meets that is no event it counts in plain
integers; `end` tells them when the source has ended.
"""
