"""Backups: the store, the archive of what was read, and the published snapshot, in one folder that can be checked."""

from pipeline.backup.restore import Restored, restore
from pipeline.backup.take import Backup, backup, read_backup

__all__ = ["Backup", "Restored", "backup", "read_backup", "restore"]
