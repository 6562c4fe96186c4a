"""Bringing tables in: detect, map, validate, rehearse, commit, give back what was rejected, undo the batch."""
