"""Private servers for tests: each on 127.0.0.1, on free ports, in a folder of its own."""
