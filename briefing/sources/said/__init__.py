"""Speech and chats: subtitles, WhatsApp, Telegram."""
