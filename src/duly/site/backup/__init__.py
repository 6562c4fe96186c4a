"""The whole office in one file, and back: database, files and, sealed under a passphrase, the keys."""
