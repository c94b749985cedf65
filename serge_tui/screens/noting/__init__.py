"""The parts of the Notes mode: what is listed, what is changed, the bin, orphans, going where links lead."""
