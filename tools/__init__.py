"""What the project is worked on with: the back test of official figures, the environment file."""
