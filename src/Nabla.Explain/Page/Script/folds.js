// @ts-check
// What is folded is not kept up to date while nobody sees it: it is when it opens, and before it is printed.

/**
 * The elements that a reader may see.
 * @param {string} selector
 * @param {ParentNode} [root]
 */
function unfolded(selector, root = document) {
  return root.querySelectorAll(folds.arePrinted ? selector : `:is(${selector}):not(.fold:not([open]) *)`);
}

const folds = { arePrinted: false };

/** @param {HTMLElement} part */
function bringUp(part) {
  walkThrough(part);
  writeNumbers(part);
  writeNames(part);
}

function startFolds() {
  // Such an event does not rise, but on its way down it passes here.
  document.addEventListener("toggle", ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open && target.matches(".fold")) {
      bringUp(target);
    }
  }, true);
  addEventListener("beforeprint", () => {
    folds.arePrinted = true;
    bringUp(document.body);
    folds.arePrinted = false;
  });
}
