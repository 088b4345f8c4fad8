"""What runs again, and what it costs."""
