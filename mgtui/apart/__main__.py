"""The process that `mgtui.apart` starts."""

from mgtui.apart.worker import main

main()
