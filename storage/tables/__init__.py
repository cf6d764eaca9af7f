"""The SQLModel tables, one file a topic; storage.metadata has them all."""
