// On a phone the filters are one button above the list; on a wide screen they stand open beside it.
const narrow = window.matchMedia("(max-width: 40.0525em)");

function fold() {
  for (const filters of document.querySelectorAll("[data-folds-on-phone]")) filters.open = !narrow.matches;
}

fold();
narrow.addEventListener("change", fold);

// How many rows are selected stands in the bar of what may be done with several.
const several = document.querySelector("[data-several]");
const count = several?.querySelector("[data-selected]");

function selected() {
  const picked = several.querySelectorAll("input[name=pick]:checked").length;
  count.hidden = picked === 0;
  count.textContent = `${picked} selected`;
}

if (count) {
  several.addEventListener("change", selected);
  selected();
}
