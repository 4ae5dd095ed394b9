"""The tray: while strangers are told of, Kinfolk stays there when its window is closed."""
