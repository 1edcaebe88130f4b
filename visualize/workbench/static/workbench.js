// Pages work without this. It opens the drawer without a new page, sorts by keyboard, copies tables, and fills in names.
"use strict";

const drawer = document.getElementById("drawer");
const content = document.getElementById("drawer-content");
let opener = null;
const here = () => location.pathname + location.search;
let shown = here();

async function openDrawer(link) {
  const subject = link.dataset.evidence;
  const address = link.getAttribute("href"); // the href of a link in a picture is no text
  const path = "/evidence/" + subject.split("/").map(encodeURIComponent).join("/");
  const answer = await fetch(path, { headers: { "X-Drawer": "1" } });
  if (!answer.ok) { location.href = address; return; }
  content.innerHTML = await answer.text(); // our own server's, escaped there; the policy lets nothing in it run
  drawer.hidden = false;
  opener = link;
  history.pushState({ drawer: true }, "", address);
  shown = here();
  drawer.querySelector("[data-close-drawer]").focus();
}

function closeDrawer() {
  if (drawer.hidden) { return; }
  const address = new URL(location.href);
  address.searchParams.delete("evidence");
  drawer.hidden = true;
  history.pushState({}, "", address);
  shown = here();
  if (opener) { opener.focus(); opener = null; }
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
  const proof = event.target.closest("[data-evidence]");
  const close = event.target.closest("[data-close-drawer]");
  if (proof) { event.preventDefault(); openDrawer(proof); }
  if (close) { event.preventDefault(); closeDrawer(); }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { closeDrawer(); }
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing) { event.preventDefault(); document.getElementById("top-search").focus(); }
  moveInTable(event);
});

// Back and forth among pages that the drawer made; a link to a part of this page is no other page.
window.addEventListener("popstate", () => { if (here() !== shown) { location.reload(); } });

// Arrow keys go from proof to proof in a table.
function moveInTable(event) {
  const here = event.target.closest("td");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!here || !step) { return; }
  const row = here.parentElement;
  const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  const target = next && next.children[here.cellIndex] && next.children[here.cellIndex].querySelector("a, button");
  if (target) { event.preventDefault(); target.focus(); }
}

// A spreadsheet would run what is pasted as a formula: it gets an apostrophe, as in the files (`formula_safe` in tables.py).
function formulaSafe(text) {
  const figure = /^[+-]?[\d,.]+%?$/.test(text);
  return /^(?:[=+@-].|[＝＋－＠])/.test(text) && !figure ? `'${text}` : text;
}

function asText(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => {
    const items = [...cell.querySelectorAll("div")];
    const text = items.length ? items.map((item) => item.innerText.trim()).join("；") : cell.innerText;
    return formulaSafe(text.replace(/\s+/g, " ").trim());
  }).join("\t"));
  return rows.join("\n");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const table = document.querySelector("table[data-copyable]");
  if (!table) { continue; }
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(asText(table));
    button.dataset.done = "yes";
  });
}

// Things that are meant by what is typed, by name, part of one or pinyin; a browser's own list has only names with the
// letters that were typed. `made` returns a link or button for one of them.
function suggest(input, kinds, made) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  input.after(list);
  input.setAttribute("autocomplete", "off");
  const choices = () => [...list.querySelectorAll("a, button")];
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const q = input.value.trim();
      const query = new URLSearchParams({ q, limit: "10", kinds });
      const answer = q && await fetch("/things.json?" + query);
      const found = answer && answer.ok ? (await answer.json()).things : [];
      if (q !== input.value.trim()) { return; }
      list.replaceChildren(...found.map((thing) => {
        const item = document.createElement("li");
        const choice = made(thing, list);
        choice.textContent = thing.name;
        item.append(choice);
        return item;
      }));
      list.hidden = !found.length;
    }, 150);
  });
  input.parentElement.addEventListener("keydown", (event) => {
    const all = [input, ...choices()];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); list.hidden = true; input.focus(); }
    if (!step || list.hidden) { return; }
    event.preventDefault();
    const next = all[all.indexOf(document.activeElement) + step];
    if (next) { next.focus(); }
  });
  input.parentElement.addEventListener("focusout", (event) => {
    if (!input.parentElement.contains(event.relatedTarget)) { list.hidden = true; }
  });
}

for (const input of document.querySelectorAll("[data-things]")) {
  suggest(input, input.dataset.things, (thing, list) => {
    const choice = document.createElement("button");
    choice.type = "button";
    choice.addEventListener("click", () => { input.value = thing.name; list.hidden = true; input.focus(); });
    return choice;
  });
}

// Parts of a page that take longer than the rest.
for (const part of document.querySelectorAll("[data-part]")) {
  fetch(part.dataset.part).then(async (answer) => { if (answer.ok) { part.innerHTML = await answer.text(); } });
}

// On a narrow screen the answer comes first: what narrows it down is folded.
if (matchMedia("(max-width: 760px)").matches) {
  for (const part of document.querySelectorAll("[data-fold]")) { part.open = false; }
}

// A choice that takes effect at once; without this there is a button. Arrow keys go through all choices of a list, so
// with them it is the button too.
for (const choice of document.querySelectorAll("[data-submit]")) {
  let keyed = false;
  choice.addEventListener("keydown", () => { keyed = choice.matches("select"); });
  choice.addEventListener("pointerdown", () => { keyed = false; });
  choice.addEventListener("change", () => { if (!keyed) { choice.form.requestSubmit(); } });
}

// Paper has no scroll bar: a matrix with more columns than a page holds is printed in blocks, each with the row heads again.
const ACROSS = { matrix: 36, crossing: 18 };
let whole = [];

function inBlocks(table) {
  const most = ACROSS[table.classList.contains("crossing") ? "crossing" : "matrix"];
  const columns = table.tHead.rows[0].cells.length - 1;
  for (let first = 0; columns > most && first < columns; first += most) {
    const block = table.cloneNode(true);
    for (const row of block.rows) {
      if (row.classList.contains("plan")) { row.cells[0].colSpan = Math.min(most, columns - first) + 1; continue; }
      [...row.cells].forEach((cell, at) => { if (at && (at <= first || at > first + most)) { cell.remove(); } });
    }
    table.before(block);
  }
  if (columns > most) { whole.push([table, table.parentElement]); table.remove(); }
}

window.addEventListener("beforeprint", () => { document.querySelectorAll("table.matrix").forEach(inBlocks); });
window.addEventListener("afterprint", () => {
  for (const [table, parent] of whole) { parent.replaceChildren(table); }
  whole = [];
});
