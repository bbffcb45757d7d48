"""Writes the parts of the package that follow from the contract in `wit/`.

`contract` reads the contract, `naming` gives Python's names, `annotations` its types, and one module each writes the
types, their stub, the two faces, and the conversions in Rust. `packages/python/build --generate` calls it.
"""
