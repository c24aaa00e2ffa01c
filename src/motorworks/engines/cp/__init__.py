"""Programs in whole numbers, built like linear ones and solved by CP-SAT of OR-Tools."""
