"""The app in a browser: a small server on this machine, and a process of the app for each window that visits it.

Needs the extra `serve`. It knows neither the app nor the database: the command line says what to start.
"""
