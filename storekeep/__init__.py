"""The command line and composition root: builds, starts and checks everything else."""
