"""Decisions about contacts, reminders, promises, plans and expected cash. Pure."""
