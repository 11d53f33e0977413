"""Everything that the chain keeps, in one file that brings it back."""
