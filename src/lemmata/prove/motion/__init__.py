"""What moves: flows, sequences, exponentials, conserved quantities, energies, rates and induction."""
