"use strict";
// Reads the data block, draws it settled, and opens the evidence of whatever is clicked.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const hidden = new Set();
  const ink = "#1f1d1a";
  const light = new Set(["box", "ellipse"]);
  const bright = (hex) => {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    return r * 0.299 + g * 0.587 + b * 0.114 > 140;
  };
  const nodes = new vis.DataSet(data.nodes.map((node) => ({
    ...node,
    font: { size: 14, color: light.has(node.shape) && !bright(node.color) ? "#ffffff" : ink, face: "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" },
  })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, arrows: { to: { enabled: true, scaleFactor: 0.6 } }, color: { color: edge.ink, highlight: "#0b5cad", hover: "#0b5cad" } })));
  const board = document.getElementById("network");
  const network = new vis.Network(board, { nodes, edges }, {
    physics: false,
    interaction: { hover: true, tooltipDelay: 150, keyboard: { enabled: true, bindToWindow: false } },
    nodes: { borderWidth: 1, scaling: { label: { drawThreshold: 7 } } },
    edges: { smooth: { type: "continuous", roundness: 0.25 } },
  });
  // Labels are 14 px at scale 1. Where the whole is too wide to read, the picture opens on its centre instead.
  const readable = 0.72;
  network.once("afterDrawing", () => {
    network.fit();
    if (network.getScale() < readable) network.moveTo({ position: data.opening, scale: 0.85 });
    board.dataset.scale = network.getScale().toFixed(3);
    board.dataset.ready = "yes";
  });
  document.getElementById("whole").addEventListener("click", () => network.fit());

  const text = (id, value) => { document.getElementById(id).textContent = value || ""; };
  const drawer = document.getElementById("drawer");
  const show = (what, quote, place, subject) => {
    text("what", what); text("quote", quote); text("place", place); text("subject", subject);
    drawer.hidden = false;
  };
  const close = () => { drawer.hidden = true; };
  const showEdge = (id) => {
    const edge = edges.get(id);
    show(`${byId.get(edge.from).full}　${edge.kind_label}　${byId.get(edge.to).full}`, edge.quote, edge.place, edge.id);
  };
  const showNode = (id) => {
    const node = byId.get(id);
    show(`${node.kind_label}　${node.full}`, node.quote, node.place, node.id);
  };
  network.on("click", (event) => {
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (event.edges.length) showEdge(event.edges[0]);
  });
  document.getElementById("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  for (const button of document.querySelectorAll("[data-edge]")) {
    button.addEventListener("click", () => show(button.getAttribute("aria-label"), button.dataset.quote, button.dataset.place, button.dataset.edge));
  }

  const search = document.getElementById("search");
  const names = document.getElementById("names");
  for (const node of data.nodes) {
    const option = document.createElement("option");
    option.value = node.full;
    names.append(option);
  }
  search.addEventListener("change", () => {
    const asked = search.value.trim().toLowerCase();
    const fits = asked ? data.nodes.filter((node) => node.full.toLowerCase().includes(asked) && !hidden.has(node.kind)) : [];
    text("found", asked && !fits.length ? data.none : "");
    network.selectNodes(fits.map((node) => node.id));
    if (fits.length === 1) { network.focus(fits[0].id, { scale: 1.1 }); showNode(fits[0].id); }
    else if (fits.length) network.fit({ nodes: fits.map((node) => node.id) });
  });
  for (const box of document.querySelectorAll("[data-kind]")) {
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(box.dataset.kind); else hidden.add(box.dataset.kind);
      nodes.update(data.nodes.map((node) => ({ id: node.id, hidden: hidden.has(node.kind) })));
    });
  }
})();
