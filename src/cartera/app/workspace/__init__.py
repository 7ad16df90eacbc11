"""The verbs of a workspace: where it lies, how it is opened, what people do in it. One file per verb."""
