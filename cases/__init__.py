"""The folder of secrecy, visibility, incidents, investigations, contacts and the timeline."""
