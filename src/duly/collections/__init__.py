"""Who is asked for money, when, how and how often; what people promise; what cash to expect."""
