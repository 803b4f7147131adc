// @ts-check
// The page wakes up.

document.documentElement.classList.add("scripted");
startStepper();
startMoving();
startNotation();
startLayers();
refresh();
startSelfTest();
