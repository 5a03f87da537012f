"""What is said: subtitles and chats."""
