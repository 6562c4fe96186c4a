"""Who hears of what: the one place where capabilities that do not know each other are joined."""
