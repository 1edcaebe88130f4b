"use strict";
// Draws the network of a data block settled, and opens the evidence of whatever is clicked. A page that shows evidence in
// another way listens for "innograph:pick" on the board and calls preventDefault; one that draws later, or adds to what is
// drawn, uses window.innographPicture(board, data), which returns { network, nodes, edges, add }.
(() => {
  const ink = "#1f1d1a";
  const paper = "#fdfbf7";
  const accent = "#0b5cad";
  const face = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";
  const inside = new Set(["box", "ellipse"]);
  const bright = (hex) => {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    return r * 0.299 + g * 0.587 + b * 0.114 > 140;
  };
  const asNode = (node) => ({
    ...node,
    font: {
      size: 13,
      face,
      color: inside.has(node.shape) && !bright(node.color) ? "#ffffff" : ink,
      ...(inside.has(node.shape) ? {} : { strokeWidth: 3, strokeColor: paper }),
      ...(node.mark === "centre" ? { bold: true } : {}),
    },
    color: node.mark
      ? { background: node.color, border: ink, highlight: { background: node.color, border: accent }, hover: { background: node.color, border: accent } }
      : { background: node.color, border: paper, highlight: { background: node.color, border: accent }, hover: { background: node.color, border: accent } },
    borderWidth: node.mark === "centre" ? 3 : node.mark ? 2 : 1,
  });
  const asEdge = (edge) => ({
    ...edge,
    arrows: edge.arrow ? { to: { enabled: true, scaleFactor: 0.5 } } : "",
    color: { color: edge.ink, highlight: accent, hover: accent },
    smooth: edge.bend ? { enabled: true, type: edge.bend % 2 ? "curvedCW" : "curvedCCW", roundness: 0.12 * edge.bend } : false,
  });

  const text = (id, value) => { document.getElementById(id).textContent = value || ""; };
  const close = document.getElementById("close");
  const drawer = close && document.getElementById("drawer"); // the workbench has a drawer of its own
  const show = (what, quote, place, subject, ties = []) => {
    if (!drawer) return;
    document.getElementById("ties").replaceChildren(...ties);
    text("what", what); text("quote", quote); text("place", place); text("subject", subject);
    drawer.hidden = false;
  };
  if (drawer) {
    close.addEventListener("click", () => { drawer.hidden = true; });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") drawer.hidden = true; });
    for (const button of document.querySelectorAll("[data-edge]")) {
      const open = () => show(button.getAttribute("aria-label"), button.dataset.quote, button.dataset.place, button.dataset.edge);
      button.addEventListener("click", open);
      if (button.tagName !== "BUTTON") {
        button.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); }
        });
      }
    }
  }

  // A table shows the rows that have what is typed in their names; else the columns that do, and the rows with marks in these.
  const plainly = (written) => written.toLowerCase().replace(/\s+/g, "");
  const sift = (input) => {
    const wanted = plainly(input.value);
    const table = document.getElementById(input.dataset.sift);
    const fits = (part) => !wanted || plainly(part.textContent + " " + part.dataset.names).includes(wanted);
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const columns = heads.map((head) => Boolean(wanted) && fits(head));
    const rows = [...table.querySelectorAll("tbody tr[data-names]")];
    const byName = new Set(rows.filter(fits));
    let left = 0;
    for (const row of rows) {
      const marked = columns.some((yes, at) => yes && row.cells[at + 1].childElementCount);
      row.hidden = Boolean(wanted) && !(byName.size ? byName.has(row) : marked);
      left += !row.hidden;
    }
    const few = Boolean(wanted) && !byName.size && columns.some(Boolean);
    for (const [at, yes] of columns.entries()) {
      for (const row of table.rows) { if (row.cells[at + 1]) row.cells[at + 1].classList.toggle("away", few && !yes); }
    }
    for (const band of document.querySelectorAll(".flows .band")) {
      band.classList.toggle("faded", Boolean(wanted) && !plainly(band.getAttribute("aria-label")).includes(wanted) && ![...byName].some((row) => band.getAttribute("aria-label").includes(row.cells[0].textContent)));
    }
    input.closest(".tools").querySelector("[role=status]").textContent = wanted && !left ? input.dataset.none : "";
  };
  for (const input of document.querySelectorAll("[data-sift]")) input.addEventListener("input", () => sift(input));

  // Labels are 13 px at scale 1. Where the whole is too wide to read, the picture opens on its centre instead.
  const readable = 0.75;
  window.innographPicture = (board, data) => {
    const nodes = new vis.DataSet(data.nodes.map(asNode));
    const edges = new vis.DataSet(data.edges.map(asEdge));
    const hidden = new Set();
    const network = new vis.Network(board, { nodes, edges }, {
      physics: false,
      interaction: { hover: true, tooltipDelay: 150, hideEdgesOnDrag: nodes.length > 200, keyboard: { enabled: true, bindToWindow: false } },
      nodes: { scaling: { label: { drawThreshold: 6 } } },
      edges: { smooth: false, hoverWidth: 1, selectionWidth: 1 },
    });
    network.once("afterDrawing", () => {
      network.fit();
      if (network.getScale() < readable) network.moveTo({ position: data.opening, scale: 0.85 });
      else if (network.getScale() > 1.3) network.moveTo({ scale: 1.3 });
      board.dataset.scale = network.getScale().toFixed(3);
      board.dataset.ready = "yes";
    });
    // Whoever has no mouse comes to an edge by way of a node that it ends at.
    const tiesOf = (id) => edges.get().filter((edge) => edge.from === id || edge.to === id).map((edge) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${nodes.get(edge.from).full}　${edge.kind_label}　${nodes.get(edge.to).full}`;
      button.addEventListener("click", () => { network.selectEdges([edge.id]); pick("edge", edge.id); close.focus(); });
      item.append(button);
      return item;
    });
    const pick = (kind, id) => {
      const detail = { kind, id };
      if (!board.dispatchEvent(new CustomEvent("innograph:pick", { detail, bubbles: true, cancelable: true }))) return;
      if (kind === "node") {
        const node = nodes.get(id);
        show(`${node.kind_label}　${node.full}`, node.quote, node.place, node.id, tiesOf(id));
      } else {
        const edge = edges.get(id);
        show(`${nodes.get(edge.from).full}　${edge.kind_label}　${nodes.get(edge.to).full}`, edge.quote, edge.place, edge.id);
      }
    };
    network.on("click", (event) => {
      if (event.nodes.length) pick("node", event.nodes[0]);
      else if (event.edges.length) pick("edge", event.edges[0]);
    });
    const find = (asked) => {
      const wanted = plainly(asked);
      const all = wanted ? nodes.get().filter((node) => !hidden.has(node.kind)) : [];
      const exact = all.filter((node) => plainly(node.full) === wanted);
      if (exact.length) return exact;
      return all.filter((node) => plainly(node.full).includes(wanted) || plainly(node.search || "").includes(wanted));
    };
    const hide = (kind, away) => {
      if (away) hidden.add(kind); else hidden.delete(kind);
      nodes.update(nodes.get().map((node) => ({ id: node.id, hidden: hidden.has(node.kind) })));
    };
    const add = (more) => {
      nodes.update(more.nodes.filter((node) => !nodes.get(node.id)).map(asNode));
      edges.update(more.edges.map(asEdge));
    };
    return { network, nodes, edges, add, find, hide, pick };
  };

  const block = document.getElementById("data");
  const board = document.getElementById("network");
  if (!block || !board) return;
  const data = JSON.parse(block.textContent);
  const picture = window.innographPicture(board, data);
  document.getElementById("whole")?.addEventListener("click", () => picture.network.fit());
  const search = document.getElementById("search");
  const names = document.getElementById("names");
  for (const node of names ? data.nodes : []) {
    const option = document.createElement("option");
    option.value = node.full;
    names.append(option);
  }
  search?.addEventListener("change", () => {
    const fits = picture.find(search.value);
    text("found", search.value.trim() && !fits.length ? data.none : "");
    picture.network.selectNodes(fits.map((node) => node.id));
    if (fits.length === 1) { picture.network.focus(fits[0].id, { scale: 1.1 }); picture.pick("node", fits[0].id); }
    else if (fits.length) picture.network.fit({ nodes: fits.map((node) => node.id) });
  });
  for (const box of document.querySelectorAll("[data-kind]")) {
    box.addEventListener("change", () => picture.hide(box.dataset.kind, !box.checked));
  }
})();
