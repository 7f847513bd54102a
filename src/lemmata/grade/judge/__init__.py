"""One module for each kind of answer, and for each way in which one is partly right or restates the task."""
