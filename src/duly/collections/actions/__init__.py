"""Changes in collections: contacts, reminders, disputes, promises, plans, statements, agencies, expected losses."""
