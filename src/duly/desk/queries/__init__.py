"""What a screen shows when it takes more than one capability to say it."""
