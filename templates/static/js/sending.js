// A press without a connection leads to no error page: it waits on this page, says so, and is sent when there is one.

const AGAIN = 15000;
const LATER = "It is sent by itself when there is a connection.";
const waiting = new Map(); // form: the button that was pressed
const going = new Set();
let timer;

window.addEventListener("online", tryAll);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || going.has(form) || form.method !== "post" || !form.closest("main")) return;
  if (form.matches("[data-sign-in]")) return;
  const asked = ask(form, waiting.has(form));
  if (!asked) return;
  event.preventDefault();
  waiting.set(form, event.submitter);
  asked.then((how) => settle(form, how));
});

// Null: nothing speaks against it, let it go. Else a promise of how it stands: saved, sent, unsent or away.
function ask(form, waits) {
  const detail = { form, waits, answer: null };
  document.dispatchEvent(new CustomEvent("app:pressed", { detail }));
  if (detail.answer !== null && detail.answer !== undefined) return detail.answer;
  if (detail.answer === null || (navigator.onLine && !waits)) return null;
  return fetch("/livez", { cache: "no-store" }).then(() => "saved", () => "unsent");
}

function settle(form, how) {
  if (how === "saved" || how === "sent") return go(form);
  if (how === "unsent") say(form);
  clearTimeout(timer);
  timer = setTimeout(tryAll, AGAIN);
}

function go(form) {
  const submitter = waiting.get(form);
  waiting.delete(form);
  going.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  setTimeout(() => going.delete(form), 0);
}

function tryAll() {
  for (const form of waiting.keys()) ask(form, true)?.then((how) => settle(form, how));
}

// A form that is not kept while it is typed says so itself; the others have said since when.
function say(form) {
  const line = document.querySelector("[data-saved-words]");
  if (form.dataset.autosaveUrl && line) line.append(` ${LATER}`);
  else document.dispatchEvent(new CustomEvent("app:say", { detail: { strong: "Not sent yet.", rest: `Stay on this page. ${LATER}` } }));
}
