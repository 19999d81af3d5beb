"""Quoted forms to Python's bytecode: expansion, modules, emission, and what the compiler has to say."""
