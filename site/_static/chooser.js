// The number that follows from the reader's choices; a choice that was never printed leads to the nearest way.
(function () {
  const form = document.getElementById("chooser");
  if (!form) return;
  const ways = JSON.parse(document.getElementById("ways").textContent);
  const columns = Array.from(new Set(Array.from(form.querySelectorAll("input")).map((input) => input.name)));
  const chosen = () => Object.fromEntries(columns.map((c) => [c, form.querySelector(`input[name="${c}"]:checked`).value]));
  const distance = (way, want, first) => columns.reduce((sum, c) => sum + (way[c] === want[c] ? 0 : c === first ? 10 : 1), 0);
  const show = (changed) => {
    const want = chosen();
    const at = ways.map((way, n) => [distance(way, want, changed), n]).sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
    const way = ways[at[1]];
    columns.forEach((c) => { form.querySelector(`input[name="${c}"][value="${way[c]}"]`).checked = true; });
    // What cannot be had together with the choice just made is shown paler, and can still be chosen.
    form.querySelectorAll("input").forEach((input) => {
      const there = ways.some((other) => other[input.name] === input.value &&
        columns.every((c) => c === input.name || other[c] === way[c]));
      input.parentElement.classList.toggle("elsewhere", !there);
    });
    const same = ways.map((other, n) => [other, n]).filter(([other]) => columns.every((c) => other[c] === way[c]));
    form.querySelector(".value").textContent = Array.from(new Set(same.map(([other]) => other.value.toFixed(1) + " %"))).join(" or ");
    form.querySelector(".way").textContent = same.map(([other]) => other.reading).join("; ") +
      (at[0] ? ". That exact way was not published; this is the nearest." : "");
    form.querySelectorAll("i").forEach((mark) => mark.classList.toggle("on", same.some(([, n]) => n === Number(mark.dataset.way))));
  };
  form.addEventListener("change", (event) => show(event.target.name));
  form.addEventListener("submit", (event) => event.preventDefault());
  show(columns[0]);
})();
