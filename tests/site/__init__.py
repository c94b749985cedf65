"""The documentation site: `python -m tests.site` makes its pages, builds it and checks every link."""
