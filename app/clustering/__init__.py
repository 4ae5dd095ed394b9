"""Clustering: vectors into people. Pure numpy; knows neither files nor rows."""
