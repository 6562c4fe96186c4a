"""What is measured, how, against what; each benchmark prints one JSON line."""
