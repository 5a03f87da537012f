"""The screens: they hold state and react to messages."""
