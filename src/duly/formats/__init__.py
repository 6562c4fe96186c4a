"""Pure codecs: bytes to frozen dataclasses and back. No Django, no database, no clock."""
