// Starts the components of the two libraries, whose addresses carry their version, and places the focus.

for (const link of document.querySelectorAll("link[data-start]")) {
  const library = await import(link.href);
  library.initAll();
}

// A radio may not say that it is expanded (ARIA 1.2), though the library makes it say so; what opens follows it directly.
const quiet = (radio) => radio.hasAttribute("aria-expanded") && radio.removeAttribute("aria-expanded");
const changes = new MutationObserver((seen) => seen.forEach((change) => quiet(change.target)));
for (const radio of document.querySelectorAll('input[type="radio"][aria-controls]')) {
  quiet(radio);
  changes.observe(radio, { attributeFilter: ["aria-expanded"] });
}

const result = document.querySelector("[data-take-focus]");
if (result && !document.querySelector(".govuk-error-summary")) result.focus();

// A refused button stays in the tab order and does nothing; its sentence says why.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[aria-disabled="true"]')) event.preventDefault();
});

// A menu of the navigation closes when something else is pressed.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.app-navigation__menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A menu in the header closes on Escape and gives the focus back.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.app-header__person[open], details.app-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
