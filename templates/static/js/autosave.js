// Keeps what is typed while it is being typed. The server keeps the raw fields as that person's draft.
// What could not be sent yet waits in this tab only, for this person only, and is dropped when it has been sent.

const PAUSE = 1200;
const AGAIN = 15000;
const forms = [...document.querySelectorAll("form[data-autosave-url]")];
const person = document.body.dataset.person;
const savers = forms.map(start);

window.addEventListener("online", () => savers.forEach((saver) => saver.retry()));
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
document.addEventListener("app:save-now", (event) => event.detail.wait(saveAll()));
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forgetAll());
forgetOthers();

function saveAll() {
  return Promise.all(savers.map((saver) => saver.flush()));
}

function start(form) {
  const url = form.dataset.autosaveUrl;
  const key = `unsent:${person}:${location.pathname}:${url}`;
  let timer, unsaved = false, since = "";

  async function save() {
    clearTimeout(timer);
    unsaved = false;
    say("Saving", "", "waiting");
    const sent = raw(form);
    try {
      const answer = await fetch(url, { method: "POST", body: sent, headers: { "X-Autosave": "1" }, keepalive: document.hidden });
      if (answer.status === 423) return locked();
      if (answer.redirected || answer.status === 401 || answer.status === 403) return keep(sent, "Locked. What you typed is kept.");
      if (!answer.ok) return keep(sent);
      sessionStorage.removeItem(key);
      since = "";
      const said = await answer.text();
      const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain"); // the server's own sentence
      say(plain ? said : `Saved ${clock()}.`, "Kept as typed, problems included.");
    } catch {
      keep(sent);
    }
  }

  function locked() {
    sessionStorage.removeItem(key); // the server has kept it
    say("Locked. What you typed is kept.", "", "waiting");
    location.reload();
  }

  function keep(sent, words) {
    unsaved = true;
    since ||= clock();
    const fields = [...sent].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    sessionStorage.setItem(key, JSON.stringify(fields));
    say(words || `Not sent yet: kept on this device since ${since}`, "", "waiting");
    timer = setTimeout(save, AGAIN);
  }

  function later() {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  const waiting = sessionStorage.getItem(key);
  if (waiting) {
    restore(form, JSON.parse(waiting));
    save();
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { clearTimeout(timer); unsaved = false; sessionStorage.removeItem(key); });
  return { flush: () => (unsaved ? save() : Promise.resolve()), retry: () => since && save() };
}

function raw(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  if (!fields.has("kept_path")) fields.set("kept_path", location.pathname);
  return fields;
}

function restore(form, fields) {
  const said = new Map();
  for (const [name, value] of fields) said.set(name, [...(said.get(name) || []), value]);
  for (const box of form.elements) {
    if (!box.name || !said.has(box.name) || box.type === "hidden" || box.type === "file") continue;
    if (box.type === "radio" || box.type === "checkbox") box.checked = said.get(box.name).includes(box.value);
    else box.value = said.get(box.name)[0];
    if (box.checked) box.dispatchEvent(new Event("click", { bubbles: true }));
  }
}

function say(strong, rest, state = "") {
  for (const line of document.querySelectorAll("[data-saved]")) {
    line.classList.remove("app-saved--nothing");
    line.classList.toggle("app-saved--waiting", state === "waiting");
    const words = document.createElement("strong");
    words.textContent = strong;
    line.querySelector("[data-saved-words]").replaceChildren(words, ` ${rest}`);
  }
}

function clock() {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }).format(new Date());
}

function unsent() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith("unsent:"));
}

function forgetAll() {
  unsent().forEach((key) => sessionStorage.removeItem(key));
}

// Somebody else has signed in on this tab: what waited is not theirs to see.
function forgetOthers() {
  if (person) unsent().filter((key) => !key.startsWith(`unsent:${person}:`)).forEach((key) => sessionStorage.removeItem(key));
}
