"""What the compiler knows of the types of values, and the code that cannot work because of them."""
