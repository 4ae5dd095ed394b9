"""Contents: what goes into the frozen program, and what its libraries bring along that it never
uses. packaging/kinfolk.spec asks; packaging/README.md tells what each part weighs."""

from __future__ import annotations

import fnmatch
from pathlib import Path, PurePath

ROOT = Path(__file__).parents[1]
UNUSED_MODULES = (
    # What draws, tests and builds.
    "IPython", "matplotlib", "tkinter", "_tkinter", "pytest", "_pytest", "hypothesis", "setuptools",
    "pkg_resources", "pip", "wheel", "distutils", "lib2to3", "pydoc_data", "ensurepip", "idlelib",
    "turtledemo", "readline", "curses", "_curses", "_curses_panel", "numpy.conftest",
    "scipy.conftest", "sklearn.conftest", "lxml.isoschematron", "psutil.tests", "PIL.ImageTk",
    "PIL._imagingtk", "PyInstaller", "pandas", "pyarrow", "polars", "dask", "torch", "cupy", "jax",
    # Of insightface its models are used, not its programs, nor what only those use.
    "insightface.gui", "insightface.commands", "insightface.app.mask_renderer", "mxnet",
    "albumentations", "onnx.backend", "onnx.reference", "onnx.tools", "onnx.bin", "onnx.test",
    "onnxruntime.quantization", "onnxruntime.transformers", "onnxruntime.tools",
    "onnxruntime.training", "onnxruntime.backend", "onnxruntime.datasets",
    # Of scikit-image insightface uses the transforms alone.
    *(
        f"skimage.{name}"
        for name in (
            "color", "data", "draw", "exposure", "feature", "filters", "future", "graph", "io",
            "measure", "metrics", "morphology", "registration", "restoration", "segmentation",
            "util.apply_parallel",
        )
    ),
    "imageio", "tifffile", "networkx", "pooch", "rich", "pygments", "markdown_it", "mdurl", "bs4",
    "soupsieve", "cssselect",
    # Of scikit-learn it is the clustering, which loads more than one would think.
    "sklearn.datasets", "sklearn.experimental", "sklearn.inspection", "sklearn.gaussian_process",
    "sklearn.neural_network", "sklearn.semi_supervised", "sklearn.feature_extraction",
    "scipy.io", "scipy.signal", "scipy.datasets", "scipy.odr",
    *(
        f"PySide6.Qt{name}"
        for name in (
            "Concurrent", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "PrintSupport",
            "Qml", "Quick", "QuickControls2", "QuickTest", "QuickWidgets", "Sql", "SvgWidgets",
            "Test", "UiTools", "Xml",
        )
    ),
)  # fmt: skip
"""What is left out whole, with everything that nobody else imports."""
UNUSED_FILES = (
    "*/tests/*", "*/py.typed", "*.pxd", "*.h", "*.hpp", "*.lib",
    # Qt: no database, web page, PDF, foreign keyboard on glass, screen without a desktop.
    "*/qml/*", "*/translations/qt_*", "*/translations/qt[a-z]*_help*",
    *(f"*/plugins/{kind}/*" for kind in (
        "egldeviceintegrations", "generic", "sqldrivers", "tls", "networkinformation", "qmltooling",
        "printsupport", "designer", "vectorimageformats", "wayland-graphics-integration-server",
    )),
    *(f"*/plugins/platforms/*{name}.*" for name in (
        "qeglfs", "qlinuxfb", "qminimalegl", "qminimal", "qvkkhrdisplay", "qvnc", "qdirect2d",
    )),
    *(f"*/imageformats/*{name}.*" for name in ("qpdf", "qtga", "qwbmp", "qicns")),
    "*/platforminputcontexts/*qtvirtualkeyboard*", "*opengl32sw.dll",
    # OpenCV reads no films here, and finds no faces by its own means.
    "*opencv_videoio_ffmpeg*", "*/cv2/data/*", "*/insightface/data/images/*",
)  # fmt: skip
"""Of what remains, the files that nothing opens: patterns of their places in the program."""
SYSTEMS_OWN = (
    # As the list of AppImage has it: on every desktop, and older than nobody's.
    "libX11.so", "libX11-xcb.so", "libxcb.so.1", "libxcb-glx.so", "libxcb-randr.so",
    "libxcb-render.so", "libxcb-shape.so.0", "libxcb-shm.so.0", "libxcb-sync.so",
    "libxcb-xfixes.so.0", "libxcb-xkb.so", "libXau.so", "libXdmcp.so", "libXext.so",
    "libXrender.so", "libXi.so", "libXcomposite.so", "libXcursor.so", "libXdamage.so",
    "libXfixes.so", "libXinerama.so", "libXrandr.so", "libGL", "libEGL", "libdrm.so",
    "libasound.so", "libfontconfig.so", "libfreetype.so.6", "libharfbuzz.so.0", "libexpat.so",
    "libfribidi.so",
    "libthai.so", "libdatrie.so", "libgraphite2.so", "libuuid.so", "libz.so.1", "libcom_err.so",
    "libgpg-error.so", "libgcc_s.so", "libstdc++.so", "libbsd.so", "libmd.so",
    "libxkbcommon.so", "libxkbcommon-x11.so", "libdbus-1.so", "libsystemd.so", "libgcrypt.so",
    "libcap.so", "liblz4.so", "libzstd.so.1", "libselinux.so", "libmvec.so", "libwayland-",
    # GTK lends its dialogs where it is; it must be the one of the desktop.
    "libgtk-3.so", "libgdk-3.so", "libgdk_pixbuf", "libgio-2.0", "libglib-2.0", "libgmodule-2.0",
    "libgobject-2.0", "libgthread-2.0", "libcairo", "libpango", "libatk", "libatspi", "libepoxy",
    "libpixman", "libmount.so", "libblkid.so", "libpcre2-8", "libbrotlicommon.so",
    "libbrotlidec.so", "libpng16.so.16", "libjpeg.so.62",
    # Of Kerberos nothing is used; Python's lines are not edited.
    "libgssapi", "libkrb5", "libk5crypto", "libkeyutils", "libreadline", "libtinfo",
)  # fmt: skip
"""Libraries of a Linux desktop that are used as they are there: how their names begin."""


def is_wanted(place: str) -> bool:
    """Whether the file that would come to lie there is one that Kinfolk may ever open."""
    path = PurePath(place)
    if len(path.parts) == 1 and path.name.startswith(SYSTEMS_OWN):
        return False
    name = "/" + path.as_posix()
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in UNUSED_FILES)


def is_library(place: str) -> bool:
    """Whether a file is one that others are linked to, so that nobody needs it if nobody is."""
    path = PurePath(place)
    in_sight = len(path.parts) == 1 or path.parts[-2].endswith((".libs", "lib"))
    return in_sight and path.name.startswith("lib") and not path.name.startswith("libpython")
