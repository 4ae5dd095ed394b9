"""Torture: the real program is killed at random moments, and nothing may be lost."""
