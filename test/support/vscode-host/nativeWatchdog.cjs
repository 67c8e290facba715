// Stands in for the native module @vscode/native-watchdog, which ends the extension host when its parent is gone; our server ends it.
exports.start = function () {};
