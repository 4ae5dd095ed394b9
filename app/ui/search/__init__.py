"""The search by people: its field, its conditions and the photos it finds."""
