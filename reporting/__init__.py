"""Measures, dashboards, paper (PDF), CSV, XLSX and returns."""
