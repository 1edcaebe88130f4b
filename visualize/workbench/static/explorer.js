// The page works without this. Every step is a link; this follows it without a new page, so that nothing drawn moves.
"use strict";

{
  const root = document.getElementById("explorer");
  const board = document.getElementById("explorer-board");
  const said = document.getElementById("explorer-said");
  const filter = document.getElementById("in-picture");
  let picture = null;
  let asked = 0;

  const encode = (id) => id.replaceAll("%", "%25").replaceAll("|", "%7C");
  const here = () => { const address = new URL(location.href); address.searchParams.delete("evidence"); return address; };
  const listed = (name) => (here().searchParams.get(name) || "").split("|").filter(Boolean);
  const link = (id) => root.querySelector("[data-node=\"" + CSS.escape(id) + "\"]");
  const data = async (address) => {
    const answer = await fetch("/explore.json" + address.search);
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  };

  // What was dragged is kept in the address, and in the links of this page.
  const carry = () => {
    const at = here().searchParams.get("at");
    for (const one of root.querySelectorAll("[data-step], [download]")) {
      if (["pin", "unpin"].includes(one.dataset.act)) { continue; }
      const address = new URL(one.href);
      if (at) { address.searchParams.set("at", at); one.href = address.pathname + address.search; }
    }
  };

  const mark = (id) => {
    for (const one of root.querySelectorAll("[data-node][aria-current]")) { one.removeAttribute("aria-current"); }
    const one = id && link(id);
    if (one) { one.setAttribute("aria-current", "true"); one.scrollIntoView({ block: "nearest" }); }
    if (!picture) { return; }
    if (id && picture.nodes.get(id)) { picture.network.selectNodes([id]); } else { picture.network.unselectAll(); }
  };

  const renew = (text) => {
    const focused = document.activeElement;
    const key = focused && (focused.dataset.node ? "[data-node=\"" + CSS.escape(focused.dataset.node) + "\"]" : focused.dataset.act ? "[data-act=" + focused.dataset.act + "]" : "");
    const inPart = focused && focused.closest("[data-renew]");
    const scrolled = document.getElementById("explorer-things").scrollTop;
    const next = new DOMParser().parseFromString(text, "text/html");
    for (const part of document.querySelectorAll("[data-renew]")) {
      const fresh = next.getElementById(part.id);
      if (fresh && part.id !== "ways-in") { part.replaceWith(document.adoptNode(fresh)); }
    }
    document.title = next.title;
    offer();
    document.getElementById("explorer-things").scrollTop = scrolled;
    sift();
    if (inPart) {
      const again = key && root.querySelector(key);
      (again || root.querySelector("#explorer-chosen a") || filter).focus({ preventScroll: true });
    }
  };

  const offer = () => { for (const one of root.querySelectorAll("[data-whole]")) { one.hidden = !picture; } };

  const differ = (fresh) => {
    const nodes = new Set(fresh.nodes.map((node) => node.id));
    const edges = new Set(fresh.edges.map((edge) => edge.id));
    const gone = picture.nodes.getIds().filter((id) => !nodes.has(id));
    const before = picture.nodes.length - gone.length;
    picture.edges.remove(picture.edges.getIds().filter((id) => !edges.has(id)));
    picture.nodes.remove(gone);
    picture.add(fresh);
    const added = picture.nodes.length - before;
    const words = [];
    if (added) { words.push(said.dataset.added.replace("{n}", added)); }
    if (gone.length) { words.push(said.dataset.gone.replace("{n}", gone.length)); }
    said.textContent = words.join(" ") || said.dataset.same;
    return added;
  };

  const pins = (address) => (address.searchParams.get("at") || "").split("|").filter(Boolean);

  const inPicture = (address) => ["kind", "centre", "to", "depth", "types", "most", "expanded", "hidden", "as_of"].map((name) => address.searchParams.get(name) || "").join("\n");

  // Follow a step: the picture takes what is new and lets go of what is gone; all else stays where it is.
  const follow = async (address, push = true) => {
    const turn = ++asked;
    const drawnOtherwise = inPicture(address) !== inPicture(here());
    const unpinned = pins(address).length < pins(here()).length;
    mark(address.searchParams.get("selected"));
    try {
      const [answer, fresh] = await Promise.all([fetch(address), drawnOtherwise || unpinned ? data(address) : null]);
      const text = await answer.text();
      if (turn !== asked) { return; }
      if (!answer.ok) { location.href = address; return; }
      if (push) { history[drawnOtherwise ? "pushState" : "replaceState"]({}, "", address); }
      if (fresh && picture && differ(fresh) > 0) { whole(); }
      if (fresh && unpinned) { for (const node of fresh.nodes) { picture.network.moveNode(node.id, node.x, node.y); } }
      renew(text);
      mark(address.searchParams.get("selected"));
      carry();
    } catch { location.href = address; }
  };

  // New things may stand beyond the edge of the board: show them too, if the whole is readable then.
  const whole = () => {
    const scale = picture.network.getScale();
    const position = picture.network.getViewPosition();
    picture.network.fit();
    if (picture.network.getScale() < 0.55) { picture.network.moveTo({ position, scale }); }
    else if (picture.network.getScale() > 1.3) { picture.network.moveTo({ scale: 1.3 }); }
  };

  const changed = (values) => {
    const address = here();
    for (const [name, value] of Object.entries(values)) {
      if (value) { address.searchParams.set(name, value); } else { address.searchParams.delete(name); }
    }
    return address;
  };
  const elsewhere = (values) => {
    const day = here().searchParams.get("as_of");
    return "/explore?" + new URLSearchParams(day ? { ...values, as_of: day } : values);
  };
  const acts = {
    e: (id) => follow(changed({ expanded: [...listed("expanded"), encode(id)].join("|"), selected: id })),
    h: (id) => {
      const item = link(id) && link(id).parentElement;
      const next = item && (item.nextElementSibling || item.previousElementSibling);
      const to = next && next.querySelector("a").dataset.node;
      return follow(changed({ hidden: [...listed("hidden"), encode(id)].join("|"), selected: "" })).then(() => { if (to && link(to)) { link(to).focus(); } });
    },
    p: (id) => {
      const others = listed("at").filter((pin) => !pin.endsWith("," + encode(id)));
      const at = picture.network.getPosition(id);
      const own = others.length < listed("at").length ? [] : [Math.round(at.x) + "," + Math.round(at.y) + "," + encode(id)];
      return follow(changed({ at: [...others, ...own].join("|"), selected: id }));
    },
    c: (id) => { location.href = elsewhere({ centre: id }); },
  };

  const prove = (edge) => {
    const known = root.querySelector("[data-evidence=\"" + CSS.escape(edge.id) + "\"]");
    if (known) { known.click(); return; }
    if (edge.id.includes(" — ")) { location.href = elsewhere({ centre: edge.from, to: edge.to }); return; }
    const made = document.createElement("a");
    made.dataset.evidence = edge.id;
    made.href = changed({ evidence: edge.id }).href;
    made.className = "unseen";
    document.getElementById("explorer-chosen").append(made);
    made.click();
  };

  const sift = () => {
    const wanted = filter.value.toLowerCase().replace(/\s+/g, "");
    for (const item of document.querySelectorAll("#explorer-things li")) {
      item.hidden = Boolean(wanted) && !(item.textContent + item.dataset.names).toLowerCase().replace(/\s+/g, "").includes(wanted);
    }
  };

  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-whole]")) { picture.network.fit(); return; }
    const step = event.target.closest("[data-step]");
    if (!step || !picture || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    event.preventDefault();
    if (["pin", "unpin"].includes(step.dataset.act)) { acts.p(here().searchParams.get("selected")); return; } // its link knows no drag
    follow(new URL(step.href));
    if (step.dataset.node) { picture.network.focus(step.dataset.node, { scale: Math.max(picture.network.getScale(), 0.8) }); }
  });

  root.addEventListener("keydown", (event) => {
    const one = event.target.closest("[data-node]");
    if (!one || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const shown = [...document.querySelectorAll("#explorer-things li:not([hidden]) a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = shown[shown.indexOf(one) + step];
      if (next) { next.focus(); }
    } else if (acts[event.key] && picture) { event.preventDefault(); acts[event.key](one.dataset.node); }
  });

  filter.hidden = false;
  document.getElementById("explorer-keys").hidden = false;
  document.documentElement.classList.add("scripted");
  filter.addEventListener("input", sift);
  filter.addEventListener("keydown", (event) => {
    const first = document.querySelector("#explorer-things li:not([hidden]) a");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    if (event.key === "Enter" && first) { event.preventDefault(); first.click(); }
  });

  for (const input of root.querySelectorAll("[data-suggest]")) {
    suggest(input, "", (thing) => {
      const to = document.createElement("a");
      to.href = "/explore?" + new URLSearchParams({ ...Object.fromEntries(new FormData(input.form)), [input.name]: thing.id });
      return to;
    });
  }

  const draw = async () => {
    const address = here();
    board.hidden = false;
    const fresh = await data(address);
    if (!fresh.nodes.length) { return; }
    picture = window.innographPicture(board, fresh);
    window.innographExplorer = picture;
    for (const part of board.querySelectorAll("[tabindex], canvas")) { part.setAttribute("aria-label", board.dataset.label); part.setAttribute("role", "img"); part.tabIndex = -1; }
    mark(address.searchParams.get("selected"));
    carry();
    offer();
    board.addEventListener("innograph:pick", (event) => {
      event.preventDefault();
      const { kind, id } = event.detail;
      if (kind === "edge") { prove(picture.edges.get(id)); return; }
      follow(changed({ selected: id }));
    });
    picture.network.on("doubleClick", (event) => { if (event.nodes.length) { acts.e(event.nodes[0]); } });
    picture.network.on("dragEnd", (event) => {
      if (!event.nodes.length) { return; }
      const moved = picture.network.getPositions(event.nodes);
      const kept = listed("at").filter((pin) => !event.nodes.some((id) => pin.endsWith("," + encode(id))));
      const pins = Object.entries(moved).map(([id, at]) => Math.round(at.x) + "," + Math.round(at.y) + "," + encode(id));
      history.replaceState({}, "", changed({ at: [...kept, ...pins].join("|") }));
      carry();
    });
  };
  draw();
}
