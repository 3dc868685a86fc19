"""What can be changed, in the policy's terms."""
