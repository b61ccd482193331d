// Sortable tables, figures that zoom, charts: all from this host, all reachable by keyboard.
(function () {
  const key = (cell) => {
    const text = cell ? cell.textContent.trim() : "";
    const number = parseFloat(text.replace(/[,%\s]/g, ""));
    return /^[-+−]?[\d.,]+\s*%?$/.test(text) && !Number.isNaN(number) ? number : text.toLowerCase();
  };
  document.querySelectorAll("article table, main table").forEach((table) => {
    const heads = table.querySelectorAll("thead tr:last-child th");
    if (!table.tBodies.length || table.tBodies[0].rows.length < 2) return;
    heads.forEach((head, column) => {
      if (head.querySelector("button")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      if (!button.textContent.trim()) button.setAttribute("aria-label", "sort by this column");
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = Array.from(table.tBodies[0].rows);
        rows.sort((a, b) => {
          const x = key(a.cells[column]), y = key(b.cells[column]);
          const order = typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? -1 : 1;
          return up ? order : -order;
        });
        rows.forEach((row) => table.tBodies[0].appendChild(row));
      });
    });
  });
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "Figure, enlarged; Escape closes");
  dialog.tabIndex = -1;
  dialog.addEventListener("click", () => dialog.close());
  // The theme's own search dialog listens for Escape too and would keep it from this one.
  window.addEventListener("keydown", (event) => { if (event.key === "Escape" && dialog.open) dialog.close(); }, true);
  document.body.appendChild(dialog);
  document.querySelectorAll(".cell_output img").forEach((image) => {
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    const open = () => {
      const copy = document.createElement("img");
      copy.src = image.src;
      copy.alt = image.alt;
      dialog.replaceChildren(copy);
      dialog.showModal();
    };
    image.addEventListener("click", open);
    image.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
  });
  document.querySelectorAll("script[data-chart]").forEach((script) => {
    if (!window.Plotly) return;
    const figure = JSON.parse(script.textContent);
    const place = document.getElementById(script.dataset.chart);
    window.Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false });
  });
})();
