"""The command line: stable, because scripts of others rely on it (exit 0 done, 1 refused or failed, 2 usage)."""
