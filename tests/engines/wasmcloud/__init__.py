"""The plugin on hosts of wasmCloud that are joined by NATS. `wasmcloud.sh` beside this folder is the program."""
