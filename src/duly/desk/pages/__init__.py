"""The screens of the office, one module an area."""
