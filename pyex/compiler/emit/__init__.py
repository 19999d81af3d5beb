"""Expanded forms to Python syntax trees, positions kept."""
