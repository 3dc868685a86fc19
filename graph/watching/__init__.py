"""What is looked at again and again, so that those who follow hear of what has changed."""
