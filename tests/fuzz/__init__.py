"""Coverage-guided fuzzing of the readers: `make fuzz`. No part of the test run; what it finds becomes a test."""
