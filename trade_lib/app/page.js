// Tables that sort and fit, figures that enlarge: all from this page, all reachable by keyboard.
(function () {
  const key = (cell) => {
    const text = cell ? cell.textContent.trim() : "";
    const number = parseFloat(text.replace(/[,%\s]/g, "").replace("−", "-"));
    return /^[-+−]?[\d.,]+\s*%?$/.test(text) && !Number.isNaN(number) ? number : text.toLowerCase();
  };
  const compare = (x, y) => typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? -1 : 1;
  const sorts = (table, heads) => heads.forEach((head, column) => {
    if (!head.textContent.trim() || head.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = head.textContent.trim();
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      Array.from(table.tBodies[0].rows).sort((a, b) => {
        const x = key(a.cells[column]), y = key(b.cells[column]);
        if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;  // blanks stand last either way
        return up ? compare(x, y) : compare(y, x);
      }).forEach((row) => table.tBodies[0].appendChild(row));
    });
  });
  // A table wider than its box: texts become cards on a phone, numbers scroll beside their first column.
  const fit = (table, heads, number) => {
    let box = table.parentElement;
    if (!box.classList.contains("wide")) {
      box = document.createElement("div");
      box.className = "wide";
      table.replaceWith(box);
      box.appendChild(table);
    }
    const rows = Array.from(table.tBodies[0].rows);
    rows.forEach((row) => Array.from(row.cells).forEach((cell, i) => {
      if (heads[i] && i > 0) cell.dataset.label = heads[i].textContent.trim();
    }));
    const texts = rows.some((row) => Array.from(row.cells).some((cell) => cell.textContent.trim().length > 32));
    if (box.scrollWidth > box.clientWidth + 1 && (texts || rows.length <= 8)) table.classList.add("cards");
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", `${table.caption ? table.caption.textContent : "Table"} (table ${number + 1}, scrolls sideways)`);
    }
  };
  document.querySelectorAll("main table, article table").forEach((table, number) => {
    if (table.closest("table table, .highlighttable") || !table.tBodies.length) return;
    table.querySelectorAll("th").forEach((head) => {  // pandas leaves heads of its index empty
      if (!head.textContent.trim()) head.replaceWith(Object.assign(document.createElement("td"), { innerHTML: head.innerHTML }));
    });
    const heads = table.tHead ? Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells) : [];
    if (heads.length && table.tBodies[0].rows.length > 1) sorts(table, heads);
    fit(table, heads, number);
  });

  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "Figure, enlarged; Escape closes");
  window.addEventListener("keydown", (event) => { if (event.key === "Escape" && dialog.open) dialog.close(); }, true);
  document.body.appendChild(dialog);
  const enlarge = (button) => {
    const shown = button.closest("figure").querySelector("img");
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    const full = Object.assign(document.createElement("img"), { src: button.dataset.full, alt: shown.alt });
    full.style.width = Math.max(2.6 * Math.min(shown.clientWidth, 400), Math.min(shown.naturalWidth, window.innerWidth * .96)) + "px";
    [close, full].forEach((part) => part.addEventListener("click", () => dialog.close()));
    dialog.replaceChildren(close, full);
    dialog.showModal();
  };
  document.querySelectorAll("button.enlarge").forEach((button) => {
    button.addEventListener("click", () => enlarge(button));
    button.closest("figure").querySelector("img").addEventListener("click", () => enlarge(button));
  });
})();
