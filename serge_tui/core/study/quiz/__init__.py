"""The quiz: questions, choices, rounds, printed sheets."""
