"""The error tree: whose fault it is decides what happens next.

KinfolkError
├── KnownError           the world's fault: told to the user, with what to do
│   ├── UsageError       the call was wrong, or the thing asked for does not exist
│   ├── LibraryError     the library cannot be opened or written
│   │   ├── NewerLibraryError   written by a later Kinfolk
│   │   ├── DamagedLibraryError the file is damaged: a backup can be restored
│   │   └── LibraryBusyError    another process is indexing it
│   ├── PhotoError       one file cannot be read as a photo; everything else goes on
│   │   └── CloudError           it is in the cloud, not on this disk
│   ├── XmpError         an XMP packet or sidecar cannot be read, or must not be written
│   ├── ModelError       a model pack is missing or broken: nothing is looked at
│   └── ProviderError    what runs the models failed; the processor can always do it
└── BugError             ours: logged with its trace and reported
"""


class KinfolkError(Exception):
    """The root of every error that Kinfolk raises on purpose."""


class KnownError(KinfolkError):
    """A condition of the world; its message says what happened and what to do."""


class UsageError(KnownError):
    """The call was wrong, or the thing asked for does not exist."""


class LibraryError(KnownError):
    """The library cannot be opened, read or written."""


class NewerLibraryError(LibraryError):
    """The library was written by a later version of Kinfolk."""


class DamagedLibraryError(LibraryError):
    """The library file is damaged; `kinfolk doctor --repair` restores the newest good backup."""


class LibraryBusyError(LibraryError):
    """Another process is already indexing this library."""


class PhotoError(KnownError):
    """One file cannot be read as a photo; its message is the reason shown to the user."""


class XmpError(KnownError):
    """An XMP packet or sidecar cannot be read, or must not be written; its message says why."""


class CloudError(PhotoError):
    """The file is in the cloud, not on this disk: reading it would download it."""


class ModelError(KnownError):
    """A model pack is missing, damaged or unusable."""


class ProviderError(KnownError):
    """What runs the models instead of the processor cannot be used, or failed."""


class BugError(KinfolkError):
    """A promise of our own code was broken."""
