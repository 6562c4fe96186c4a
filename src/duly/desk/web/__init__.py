"""What every screen of the office stands on: rendering, paging, forms, errors, charts, the session."""
