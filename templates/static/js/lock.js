// After 15 minutes without a key or a touch, in any tab, what was typed is saved and the session is locked.
// The server locks by itself; this only takes the page off the screen.

const IDLE = 15 * 60 * 1000;
const forms = document.querySelectorAll("form[data-lock]"); // in the header, and in the menu of a telephone
const form = forms[0];
const others = "BroadcastChannel" in window ? new BroadcastChannel("activity") : null;
let last = Date.now();
let told = 0;
let locking = false;

function active() {
  last = Date.now();
  if (others && last - told > 5000) {
    told = last;
    others.postMessage("active");
  }
}

async function lock() {
  if (locking) return;
  locking = true;
  const saving = [];
  document.dispatchEvent(new CustomEvent("app:save-now", { detail: { wait: (promise) => saving.push(promise) } }));
  await Promise.race([Promise.allSettled(saving), new Promise((done) => setTimeout(done, 3000))]);
  if (navigator.onLine) return form.submit();
  conceal();
  window.addEventListener("online", () => form.submit(), { once: true });
}

// Without a connection there is no lock page to go to: the page is taken off the screen here, and locked when there is one.
function conceal() {
  for (const part of document.body.children) part.style.display = "none";
  const words = document.createElement("p");
  words.className = "govuk-body app-width";
  words.setAttribute("role", "alert");
  words.textContent = "Locked. What you typed is kept on this device. You can unlock it when there is a connection.";
  document.body.append(words);
}

if (form) {
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) document.addEventListener(kind, active, { passive: true });
  if (others) others.onmessage = () => { last = Date.now(); };
  for (const one of forms) one.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  setInterval(() => Date.now() - last >= IDLE && lock(), 10000);
}
