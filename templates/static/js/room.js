// The meeting room. Asks every few seconds whether anything has changed and puts the changed parts in; never moves the focus,
// never touches a part in which somebody types. Boxes are saved one by one; without this script everything works by pressing.

const EVERY = 4000;
const room = document.querySelector("[data-room]");
const dirty = new Set();
const drawn = Date.parse(document.body.dataset.now) || Date.now();
const opened = performance.now();
const chosen = new URLSearchParams(location.search).get("item");
let tag = "", busy = false, told = "", held = null; // held: what came while somebody was in a part that it changes

if (room) begin();

function begin() {
  room.classList.add("app-room--saves"); // each box saves itself: its button is for the keyboard, and for when that fails
  document.querySelectorAll("[data-box]").forEach(watch);
  document.addEventListener("submit", pressed);
  document.addEventListener("keydown", keys);
  document.addEventListener("click", again);
  setInterval(() => !document.hidden && ask(), EVERY);
  setInterval(tick, 1000);
  tick();
}

async function ask() {
  if (busy) return;
  busy = true;
  try {
    const stays = chosen || (room.dataset.writes && room.dataset.item); // whoever only looks on follows the case that is heard
    const url = stays ? `${room.dataset.room}?item=${room.dataset.item}` : room.dataset.room;
    const answer = await fetch(url, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return locked();
    if (answer.ok) {
      tag = answer.headers.get("ETag") || "";
      put(await answer.json());
    }
    else if (answer.status === 304 && held) put(held);
    if (answer.ok || answer.status === 304) fresh();
  } catch { /* no connection: the next one says */ } finally { busy = false; }
}

// The session was locked or has ended: what is typed stays, and the page says why nothing moves.
function locked() {
  document.querySelector("[data-room-fresh]").textContent = "Not kept fresh: you are locked out. Sign in again in another tab.";
}

function fresh() {
  const line = document.querySelector("[data-room-fresh]");
  line.textContent = `Kept fresh, last at ${new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Europe/London" }).format(new Date())}`;
}

function put(said) {
  if (String(said.item || "") !== room.dataset.item) return location.replace(room.dataset.room.replace("fresh/", ""));
  held = null;
  for (const [name, html] of Object.entries(said.regions)) {
    const place = document.querySelector(`[data-region="${name}"]`);
    if (!place || place.dataset.html === html) continue;
    if (place.contains(document.activeElement)) {
      held = said;
      continue;
    }
    place.dataset.html = html;
    const made = document.createRange().createContextualFragment(html);
    if (made.textContent.trim() === place.textContent.trim() && made.querySelectorAll("a").length === place.querySelectorAll("a").length) continue;
    place.replaceChildren(made);
  }
  sign();
  boxes(said);
  tick();
}

// A part that was drawn anew holds no token: this page's own goes in.
function sign() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const form of document.querySelectorAll("[data-region] form")) {
    if (form.elements.csrfmiddlewaretoken || !token) continue;
    form.prepend(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token }));
  }
}

// What somebody else wrote comes in where nobody types; the version goes along with what is shown.
function boxes(said) {
  for (const form of document.querySelectorAll("[data-box]")) {
    const box = form.elements[form.dataset.box];
    if (dirty.has(form) || box === document.activeElement) continue;
    if (box.value !== said.boxes[form.dataset.box]) box.value = said.boxes[form.dataset.box] ?? "";
    form.elements.seen.value = said.seen;
  }
}

function watch(form) {
  const box = form.elements[form.dataset.box];
  box.addEventListener("input", () => dirty.add(form));
  box.addEventListener("change", () => dirty.has(form) && save(form));
}

function once(form) {
  form.elements.token.value = crypto.randomUUID().replaceAll("-", "");
}

// Saved: the server leads on to the page that follows. Anything else is shown by that page itself, with both texts.
async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  return answer.type === "opaqueredirect";
}

async function save(form) {
  say("Saving");
  try {
    if (!(await send(form))) return form.submit();
    dirty.delete(form);
    once(form);
    say(`Saved ${new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/London" }).format(new Date())}`);
    await ask();
  } catch {
    room.classList.remove("app-room--saves");
    say("Not sent yet. It stays in the box; press Save when there is a connection.");
  }
}

function say(words) {
  const line = document.querySelector("[data-box-saved]");
  if (line) line.textContent = words;
}

function pressed(event) {
  const form = event.target;
  if (form.matches("[data-box]")) {
    event.preventDefault();
    save(form);
  } else if (form.matches("[data-room-form]")) {
    event.preventDefault();
    add(form);
  }
}

async function add(form) {
  try {
    if (!(await send(form))) return form.submit();
    form.reset();
    if (form.elements.set_again) form.elements.set_again.value = "";
    once(form);
    form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    await ask();
  } catch { say("Not sent yet. What you typed stays; press again when there is a connection."); }
}

function keys(event) {
  const form = event.target.closest?.("[data-keys]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
}

function again(event) {
  const link = event.target.closest?.("[data-again]");
  const form = document.getElementById("new-action");
  if (!link || !form) return;
  event.preventDefault();
  form.elements.set_again.value = link.dataset.again;
  form.elements.what.value = link.dataset.what;
  form.elements.what.focus();
}

// The server's moments; only what has passed since is this machine's. It says two minutes left and the end, and no more.
function tick() {
  const timer = document.querySelector("[data-seconds]");
  if (!timer) return;
  const since = Date.parse(timer.dataset.since);
  const used = Number(timer.dataset.seconds) + (since ? Math.max(0, Math.floor((now() - since) / 1000)) : 0);
  const slot = Number(timer.dataset.slot) * 60;
  timer.querySelector("[data-clock]").textContent = `${Math.floor(used / 60)}:${String(used % 60).padStart(2, "0")}`;
  timer.querySelector("[data-bar]").value = Math.min(100, (used / slot) * 100);
  timer.classList.toggle("app-room__timer--over", used > slot);
  const words = used >= slot ? "The time for this case is over" : slot - used <= 120 ? "Two minutes left" : "";
  if (since && words !== told) timer.querySelector("[data-announce]").textContent = told = words;
}

function now() {
  return drawn + performance.now() - opened;
}
