// Keeps what is typed while it is being typed. The server keeps the raw fields as that person's draft.
// What could not be sent waits in this tab only, for this person only, and is dropped when it has been sent.
// What was pressed waits too, until another page shows that it arrived: a connection may be cut in between.

const PAUSE = 1200;
const AGAIN = 15000;
const KEPT = "Kept as typed, problems included.";
const AWAY = "You are signed out. What you typed is kept on this device.";
const person = document.body.dataset.person;
const others = "BroadcastChannel" in window ? new BroadcastChannel("signed-out") : null;
const savers = new Map();
let over = false; // signed out: nothing more is kept here

forgetOthers();
forgetArrived();
for (const form of document.querySelectorAll("form[data-autosave-url]")) savers.set(form, start(form));

window.addEventListener("online", () => savers.forEach((saver) => saver.retry()));
window.addEventListener("pageshow", (event) => event.persisted && location.reload()); // Back: never an old form with an old token
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
document.addEventListener("app:save-now", (event) => event.detail.wait(saveAll()));
document.addEventListener("app:say", (event) => say(event.detail.strong, event.detail.rest || "", "waiting"));
document.addEventListener("app:pressed", (event) => { event.detail.answer = savers.get(event.detail.form)?.pressed(event.detail); });
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forgetAll());
if (others) others.onmessage = () => { forgetHere(); setTimeout(() => location.reload(), 2000); };

function saveAll() {
  return Promise.all([...savers.values()].map((saver) => saver.flush()));
}

function start(form) {
  const url = form.dataset.autosaveUrl;
  const key = `unsent:${person}:${location.pathname}:${url}`;
  let timer, unsaved = false, since = "", away = false;

  // "saved", "sent" (this very form had arrived already), "unsent", or "away": the session is locked or over.
  async function save(fields) {
    clearTimeout(timer);
    unsaved = false;
    say("Saving", "", "waiting");
    const sent = fields || raw(form);
    const answer = await send(form, url, sent);
    if (!answer) return keep(sent);
    if (answer.status === 423) return locked();
    if (answer.redirected || answer.status === 401 || answer.status === 403) return keep(sent, AWAY);
    if (!answer.ok) return keep(sent);
    sessionStorage.removeItem(key);
    since = "";
    away = false;
    const said = await answer.text();
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain"); // the server's own sentence
    say(plain ? said : `Saved ${clock()}.`, KEPT);
    return answer.headers.get("X-Sent") ? "sent" : "saved";
  }

  function locked() {
    sessionStorage.removeItem(key); // the server has kept it
    say("Locked. What you typed is kept.", "", "waiting");
    location.reload();
    return "away";
  }

  function keep(sent, words) {
    unsaved = true;
    away = words === AWAY;
    since ||= clock();
    if (!over) store(key, sent, false);
    const files = [...form.querySelectorAll("input[type=file]")].some((box) => box.files.length);
    if (away) return signedOut();
    say(words || `Not sent yet: kept on this device since ${since}.`, files ? "The file is not kept: choose it again if you leave this page." : "", "waiting");
    timer = setTimeout(save, AGAIN);
    return "unsent";
  }

  // Nothing goes on by itself: whoever signs in again on this tab, or on another, finds the words here.
  function signedOut() {
    say(AWAY, "", "waiting");
    const door = document.createElement("a");
    door.className = "govuk-link";
    door.href = `/sign-in/?next=${encodeURIComponent(location.pathname)}`;
    door.textContent = "Sign in again";
    document.querySelectorAll("[data-saved-words]").forEach((line, place) => place || line.append(door));
    return "away";
  }

  function later() {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  // What was pressed and never arrived is shown again; what had arrived is not, or old words would lie over newer ones.
  async function again({ fields, sent }) {
    if (!sent) restore(form, fields);
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (sent) {
      if ((await save(data)) === "sent") return say("", "", "nothing");
      restore(form, fields);
    } else save();
  }

  const waiting = read(key);
  if (waiting?.sent && document.body.dataset.answers) sessionStorage.removeItem(key); // this page answers the press and shows it all
  else if (waiting) again(waiting);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  return {
    flush: () => (unsaved ? save() : Promise.resolve("saved")),
    retry: () => since && save(),
    // Pressed: either it goes at once, its words kept until they have arrived, or it must wait for a connection first.
    pressed({ waits }) {
      clearTimeout(timer);
      const doubtful = waits || !navigator.onLine || since || away;
      if (doubtful) return save();
      unsaved = false;
      if (person) store(key, raw(form), true);
      return null;
    },
  };
}

// One attempt; a second with a fresh token where another tab has signed in meanwhile. Null where there is no connection.
async function send(form, url, fields, fresh = false) {
  try {
    const answer = await fetch(url, { method: "POST", body: fields, headers: { "X-Autosave": "1" }, keepalive: document.hidden });
    if (answer.status !== 403 || fresh || !(await renew())) return answer;
    fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return send(form, url, fields, true);
  } catch {
    return null;
  }
}

async function renew() {
  const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const fresh = page.ok && !page.redirected && new DOMParser().parseFromString(await page.text(), "text/html");
  // Somebody else may have signed in on another tab: what one person typed is never kept or sent as another's.
  const token = fresh && fresh.body.dataset.person === document.body.dataset.person && fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
  return Boolean(token);
}

function raw(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  if (!fields.has("kept_path")) fields.set("kept_path", location.pathname);
  return fields;
}

function store(key, fields, sent) {
  const said = [...fields].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  try { sessionStorage.setItem(key, JSON.stringify({ sent, fields: said })); } catch { /* full: the page itself still has it */ }
}

function read(key) {
  const said = JSON.parse(sessionStorage.getItem(key) || "null");
  return Array.isArray(said) ? { sent: false, fields: said } : said;
}

function restore(form, fields) {
  const said = new Map();
  for (const [name, value] of fields) said.set(name, [...(said.get(name) || []), value]);
  for (const box of form.elements) {
    const told = said.get(box.name) || [];
    if (!box.name || box.type === "file" || box.type === "submit") continue;
    if (box.type === "radio" || box.type === "checkbox") box.checked = told.includes(box.value);
    else if (told.length && (box.type !== "hidden" || box.name === "seen")) box.value = told[0]; // typed over that version
    if (box.checked) box.dispatchEvent(new Event("click", { bubbles: true }));
  }
}

function say(strong, rest, state = "") {
  for (const line of lines()) {
    line.classList.toggle("app-saved--nothing", state === "nothing");
    line.classList.toggle("app-saved--waiting", state === "waiting");
    const words = document.createElement("strong");
    words.textContent = strong;
    line.querySelector("[data-saved-words]").replaceChildren(words, ` ${rest}`);
  }
}

// A page that has no such line gets one: what is not sent must be said on every page.
function lines() {
  if (!document.querySelector("[data-saved]")) {
    const line = document.createElement("div");
    const words = document.createElement("span");
    line.className = "app-saved app-saved__line";
    line.dataset.saved = words.dataset.savedWords = "";
    words.setAttribute("role", "status");
    line.append(words);
    document.querySelector("main")?.prepend(line);
  }
  return document.querySelectorAll("[data-saved]");
}

function clock() {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }).format(new Date());
}

function unsent() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith("unsent:"));
}

function forgetHere() {
  over = true;
  unsent().forEach((key) => sessionStorage.removeItem(key));
}

function forgetAll() {
  forgetHere();
  others?.postMessage("signed out");
}

// Somebody else has signed in on this tab: what waited is not theirs to see.
function forgetOthers() {
  if (person) unsent().filter((key) => !key.startsWith(`unsent:${person}:`)).forEach((key) => sessionStorage.removeItem(key));
}

// Another page of theirs shows that what was pressed has arrived. The sign-in shows the contrary: then it waits on.
function forgetArrived() {
  for (const key of unsent()) {
    const kept = read(key);
    if (!kept?.sent || key.startsWith(`unsent:${person}:${location.pathname}:`)) continue;
    if (person) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ ...kept, sent: false }));
  }
}
