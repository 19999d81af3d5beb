"""What `defmodule` means: definitions, attributes, structs, protocols and checks, up to the `CompiledModule`."""
