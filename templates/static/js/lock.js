// After 15 minutes without a key or a touch, in any tab, what was typed is saved and the session is locked.
// The server locks by itself; this only takes the page off the screen.

const IDLE = 15 * 60 * 1000;
const form = document.querySelector("form[data-lock]");
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
  form.submit();
}

if (form) {
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) document.addEventListener(kind, active, { passive: true });
  if (others) others.onmessage = () => { last = Date.now(); };
  form.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  setInterval(() => Date.now() - last >= IDLE && lock(), 10000);
}
