// Compiling and fitting print what they have to say; a test's share of it belongs to the test, not to everybody's screen.
[assembly: CaptureConsole]
