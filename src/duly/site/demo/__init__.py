"""A demo office, built by running the real actions through time: imports, agreements, runs, bank files, matching."""
