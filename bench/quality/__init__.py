"""How well the product ranks, on labelled cases given by path: python -m bench.quality JOB."""
