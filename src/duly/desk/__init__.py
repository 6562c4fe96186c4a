"""The office screens that join capabilities: Today, accounts, agreements, bills, money, reports, search."""
