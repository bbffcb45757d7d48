"""Many accounts on many hosts, on paper and by simulation. `run` in this folder is the program."""
