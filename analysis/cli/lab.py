"""`safeguarding lab`: JupyterLab on the notebooks, with kernel, package and data in place."""

import os
import subprocess
import sys

import click

from analysis.settings import REPOSITORY, get_data_root, get_output_root

START = "/lab/tree/notebooks/explore/start.ipynb"


@click.command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab_command(arguments: tuple[str, ...]) -> int:
    """Open JupyterLab on the start notebook. Further ARGUMENTS go to JupyterLab."""
    environment = {
        **os.environ,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "SAFEGUARDING_DATA": str(get_data_root()),
        "SAFEGUARDING_OUTPUT": str(get_output_root()),
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--notebook-dir={REPOSITORY}",
        f"--LabApp.default_url={START}",
        *arguments,
    ]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
