"""Reading charges, documents and runs."""
