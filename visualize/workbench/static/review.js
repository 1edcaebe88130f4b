// The page works without this. Keys decide about the pair that has the focus, the first one at the start.
"use strict";

const pairs = [...document.querySelectorAll(".pair")];
const current = () => document.activeElement.closest(".pair") || pairs[0];

if (pairs.length && !location.hash && document.activeElement === document.body) { pairs[0].focus({ preventScroll: true }); }

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) { return; }
  const key = event.key.toLowerCase();
  if (key === "u") {
    const undo = document.querySelector("[data-undo]");
    if (undo) { event.preventDefault(); undo.click(); }
    return;
  }
  const pair = current();
  const button = pair && ["y", "n", "s"].includes(key) && pair.querySelector("[data-key=" + key + "]");
  if (!button) { return; }
  event.preventDefault();
  if (event.repeat) { return; }
  button.click();
  const next = key === "s" && pairs[pairs.indexOf(pair) + 1];
  if (next) { next.focus(); }
});
