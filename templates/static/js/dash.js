// The page of questions from the keyboard, and its progress as it goes. Without script the page does the same by saving.
// It counts what is answered and what lacks words. What is answered Yes it never counts: that number is not for now.

const form = document.querySelector("form[data-dash]");
const rows = [...form.querySelectorAll("[data-question]")];
const KEPT = "dash-keys";
let keysOn = recall() !== "off";

const words = (row) => row.querySelector("textarea");
const chosen = (row) => row.querySelector("input:checked");
const value = (row) => chosen(row)?.value || "";
// Each answer carries the key that gives it, and the sentence for the words that it needs.
const needs = (row) => chosen(row)?.dataset.needs || "";
const lacksWords = (row) => needs(row) !== "" && !words(row).value.trim();
// What the page said when it was drawn: a set may no longer be owed once one of these is changed.
const drawn = new Map(rows.map((row) => [row, value(row)]));
const radioOf = (row) => row.querySelector("input:checked") || row.querySelector("input");

function recall() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function remember(state) {
  try { localStorage.setItem(KEPT, state); } catch { /* it is only a preference */ }
}

// One row: open for words where they are needed or there; the sentence only when the question has been left.
function draw(row, left = false) {
  row.dataset.value = value(row);
  row.classList.toggle("app-dash__q--blank", !value(row));
  row.classList.toggle("app-dash__q--open", needs(row) !== "" || words(row).value.trim() !== "");
  if (left || !lacksWords(row)) complain(row, lacksWords(row) ? needs(row) : "");
}

function complain(row, sentence) {
  row.classList.toggle("app-dash__q--wrong", sentence !== "");
  const error = row.querySelector(".app-dash__error");
  error.hidden = !sentence;
  error.querySelector("[data-error]").textContent = sentence;
  for (const box of [words(row), row.querySelector("[role=radiogroup]")]) {
    if (sentence) box.setAttribute("aria-describedby", error.id);
    else box.removeAttribute("aria-describedby");
  }
}

function progress() {
  const unanswered = rows.filter((row) => !value(row));
  const wordless = rows.filter(lacksWords);
  const answered = rows.length - unanswered.length;
  for (const place of form.querySelectorAll("[data-answered]")) place.textContent = answered;
  form.querySelector("[data-bar]").value = answered;
  list("unanswered", unanswered);
  list("wordless", wordless);
  const missing = wordless.length ? `· ${wordless.length} narrative${wordless.length === 1 ? "" : "s"}` : "";
  form.querySelector("[data-bar-words]").textContent = missing;
  for (const count of form.querySelectorAll("[data-part-answered]")) {
    const here = [...count.closest(".app-dash__part").querySelectorAll("[data-question]")].filter(value);
    count.textContent = here.length;
  }
  mayTry(unanswered.length, wordless.length);
}

function list(name, missing) {
  for (const gap of form.querySelectorAll(`[data-gap="${name}"]`)) {
    gap.hidden = missing.length === 0;
    gap.querySelector("[data-count]").textContent = missing.length;
    gap.querySelector("[data-numbers]").replaceChildren(...missing.map((row) => {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = `#${row.id}`;
      link.textContent = row.dataset.question;
      return link;
    }));
  }
}

// Sending may be tried when nothing is missing that can be seen here; the server has the last word.
function mayTry(unanswered, wordless) {
  const send = form.querySelector("[data-send]");
  if (!send) return;
  const line = form.querySelector("[data-not-yet]");
  const graded = !line.dataset.noGrade || (form.querySelector("[name=grade]:checked") && form.elements.reasons.value.trim());
  const lacks = [
    unanswered && `${unanswered} ${unanswered === 1 ? "question" : "questions"} not answered`,
    wordless && (wordless === 1 ? "1 answer needs words" : `${wordless} answers need words`),
    ...(line.dataset.besides ? line.dataset.besides.split("|") : []),
    !graded && line.dataset.noGrade,
  ].filter(Boolean).map((text, place) => (place && /^.[a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text));
  const owed = "elsewhere" in line.dataset && rows.every((row) => value(row) === drawn.get(row));
  const shut = Boolean(unanswered || wordless || !graded || owed);
  if (shut) send.setAttribute("aria-disabled", "true");
  else send.removeAttribute("aria-disabled");
  send.classList.toggle("app-button--refused", shut);
  const start = document.createElement("strong");
  start.textContent = lacks.length ? "Not yet." : "";
  line.replaceChildren(start, lacks.length ? ` ${lacks.join(", ")}.` : "Nothing is missing from this DASH.");
}

function go(row) {
  if (row) radioOf(row).focus();
}

function answer(row, radio) {
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (radio.dataset.needs) words(row).focus();
  else go(rows[rows.indexOf(row) + 1]);
}

function pressed(event) {
  const row = event.target.closest("[data-question]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "BUTTON") return;
  const typing = event.target.tagName === "TEXTAREA";
  if (typing && event.key !== "Escape") return;
  const place = rows.indexOf(row);
  const acts = {
    ArrowDown: () => go(rows[place + 1]),
    ArrowUp: () => go(rows[place - 1]),
    Enter: () => row.classList.contains("app-dash__q--open") && words(row).focus(),
    Escape: () => radioOf(row).focus(),
  };
  const radio = [...row.querySelectorAll("input[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (event.key !== "Enter" && !keysOn) return;
  if (!radio && !acts[event.key]) return;
  event.preventDefault();
  if (radio) answer(row, radio);
  else acts[event.key]();
}

function drawKeys() {
  const turn = form.querySelector("[data-turn-keys]");
  form.querySelector("[data-keys]").hidden = false;
  form.querySelector("[data-key-list]").hidden = !keysOn;
  turn.textContent = keysOn ? "Turn off" : "Turn on";
  turn.setAttribute("aria-pressed", String(keysOn));
}

// A sentence that appears while a button or a finger is down would push away the answer being pressed: it waits.
let held = null;

function release() {
  held?.forEach((row) => { if (!row.contains(document.activeElement)) draw(row, true); });
  held = null;
}

// "Why not High?" opens under a grade that is lower than guidance expects.
function drawWhy() {
  const why = form.querySelector("[data-why]");
  if (why) why.hidden = !form.querySelector("[data-needs-why]:checked") && !("stays" in why.dataset);
}

form.addEventListener("keydown", pressed);
form.addEventListener("change", (event) => {
  const row = event.target.closest("[data-question]");
  if (row) draw(row);
  if (event.target.name === "grade") drawWhy();
  progress();
});
form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-question]");
  if (row && !lacksWords(row)) draw(row);
  if (event.target.matches("[data-reasons]")) form.querySelector("[data-characters]").textContent = event.target.value.length;
  progress();
});
form.addEventListener("focusout", (event) => {
  const row = event.target.closest("[data-question]");
  if (!row || row.contains(event.relatedTarget)) return;
  if (held) held.add(row);
  else draw(row, true);
});
document.addEventListener("mousedown", () => { held = new Set(); }, true);
for (const end of ["mouseup", "dragend"]) document.addEventListener(end, () => setTimeout(release), true);
form.addEventListener("click", (event) => {
  const link = event.target.closest?.(".app-dash__numbers a");
  if (!link) return;
  event.preventDefault();
  form.querySelector(".app-dash__bar").open = false;
  const row = form.querySelector(link.hash);
  row.scrollIntoView({ block: "center" });
  if (lacksWords(row)) words(row).focus({ preventScroll: true });
  else radioOf(row).focus({ preventScroll: true });
});
form.querySelector("[data-turn-keys]").addEventListener("click", () => {
  keysOn = !keysOn;
  remember(keysOn ? "on" : "off");
  drawKeys();
});

rows.forEach((row) => draw(row));
drawKeys();
drawWhy();
progress();
