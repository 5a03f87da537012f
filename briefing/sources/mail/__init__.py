"""Mail and what is built like it: messages, boxes, Outlook's formats, saved pages."""
