// Keys on a card (never while one types), and the name that decides goes with every form. The page works without this.
"use strict";

{
  const cards = [...document.querySelectorAll(".card")];
  const author = document.getElementById("author");
  const keys = document.querySelector(".keys");
  if (keys) { keys.hidden = false; }

  const press = (card, choice) => {
    const button = card.querySelector(choice);
    if (button) { button.click(); }
  };
  // With no card chosen J begins with the first one and K with the last.
  const move = (card, step) => {
    const next = card ? cards[cards.indexOf(card) + step] : cards.at(step > 0 ? 0 : -1);
    if (next) { next.focus(); }
  };
  const anywhere = {
    j: (card) => move(card, 1),
    k: (card) => move(card, -1),
    u: () => { const undo = document.getElementById("undo"); if (undo) { undo.click(); } },
  };
  const onCard = {
    c: (card) => press(card, "[value=confirmed]"),
    d: (card) => { const note = card.querySelector("textarea"); if (note) { note.focus(); } },
    e: (card) => press(card, "[data-evidence]"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    const card = event.target.closest(".card");
    const typing = event.target.closest("input, textarea, select");
    // In the reason, Ctrl would be awkward with an input method: Enter sends, Shift+Enter begins a line.
    if (card && event.target.matches("textarea") && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      press(card, "[value=dismissed]");
      return;
    }
    const key = event.key.toLowerCase();
    const action = !typing && (anywhere[key] || (card && onCard[key]));
    if (action) { event.preventDefault(); action(card); }
  });

  for (const form of document.querySelectorAll(".triage")) {
    form.addEventListener("submit", () => { form.querySelector("[data-author]").value = author.value; });
  }

  // An address that names a place keeps the browser from heeding autofocus.
  const here = document.querySelector("textarea[autofocus]") || document.getElementById(location.hash.slice(1));
  if (here) { here.focus(); }
}
