"""What stands out beyond chance in a release."""
