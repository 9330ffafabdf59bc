// On a phone the filters are one button above the list; on a wide screen they stand open beside it.
const narrow = window.matchMedia("(max-width: 40.0525em)");

function fold() {
  for (const filters of document.querySelectorAll("[data-folds-on-phone]")) filters.open = !narrow.matches;
}

fold();
narrow.addEventListener("change", fold);
