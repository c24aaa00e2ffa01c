"""Many runs: scenarios, sweeps, uncertainty."""
