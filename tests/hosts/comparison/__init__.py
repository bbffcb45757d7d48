"""The same calls under the same faults on every host. `run` beside this folder is the program."""
