// Moving in a queue and on the page of a decision by key. Only for whoever has turned the keys on: the page then holds
// their list, in a dialog. No key fires while somebody types or while an answer has the focus.

const help = document.querySelector("[data-keys-help]");
const acts = new Map([...(help?.querySelectorAll("[data-key]") || [])].map((line) => [line.dataset.key, line.dataset.does]));
const rows = [...document.querySelectorAll("[data-row]")];

const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
const here = () => rows.findIndex((row) => row.contains(document.activeElement));
const linkOf = (row) => row?.querySelector(".app-queue__reference");
const follow = (act) => document.querySelector(`[data-act="${act}"]`)?.click();

function step(by) {
  const at = here();
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  linkOf(rows[next])?.focus();
}

// The first answer is chosen, and the words that it asks for take the focus.
function decide() {
  const radio = document.querySelector("#your-decision input[type=radio]");
  if (!radio) return document.querySelector("#your-decision-title")?.focus();
  radio.click();
  const opened = document.getElementById(radio.getAttribute("aria-controls") || radio.dataset.ariaControls);
  (opened?.querySelector("textarea, input, select") || radio).focus();
}

const does = {
  down: () => step(1),
  up: () => step(-1),
  open: () => linkOf(rows[here()])?.click(),
  tick: () => rows[here()]?.querySelector("input[type=checkbox]")?.click(),
  decide,
  check: () => (document.querySelector("#quality input[type=radio]") || document.querySelector("#quality-title"))?.focus(),
  next: () => follow("next"),
  previous: () => follow("previous"),
  queue: () => follow("queue"),
  help: () => (help.open ? help.close() : help.showModal()),
};

// Escape leaves a field, so that the keys work again; nothing that is typed there changes.
function leave(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !acts.size || help.open || !typing(event.target)) return;
  document.querySelector("main").focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  leave(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const act = acts.get(event.key);
  if (!act || (help.open && act !== "help")) return;
  event.preventDefault();
  does[act]();
});

document.querySelector("[data-keys-show]")?.addEventListener("click", () => help.showModal());
