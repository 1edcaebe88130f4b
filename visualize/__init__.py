"""Answers out: tables for the terminal and for other programs, the responsibility matrix, pictures, the demonstration."""
