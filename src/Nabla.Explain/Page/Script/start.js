// @ts-check
// The page wakes up.

document.documentElement.classList.add("scripted");
nameDeltas();
walkThrough();
startFolds();
startStepper();
startMoving();
startNotation();
if (trace.layers.length > 0) {
  startLayers();
}
if (document.querySelector("[data-heat]")) {
  startHeat();
}
if (document.getElementById("course")) {
  startReplay();
}
refresh();
startSelfTest();
