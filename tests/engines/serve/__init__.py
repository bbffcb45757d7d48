"""The HTTP service on `wasmtime serve`, against the simulator."""
