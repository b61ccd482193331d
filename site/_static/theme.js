// The theme names two of its buttons otherwise than they read; what is read out is what is seen.
document.querySelectorAll(".search-button-field, details.hide > summary").forEach((part) =>
  part.setAttribute("aria-label", part.innerText.replace(/\s+/g, " ").trim() || "Search"));
