// "/" puts the cursor in the search box, unless somebody is typing; Escape gives the focus back to where it was.
// Whoever speaks to the computer, or leans on a key, turns the key off (WCAG 2.1.4); this browser remembers it.

const box = document.querySelector('[data-focus-key="/"]');
const control = document.querySelector("[data-key-switch]");
const OFF = "search-key-off";
let before = null;

function typing(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false; // a browser that keeps nothing has the key on
  }
}

function show() {
  control.hidden = false;
  const button = control.querySelector("button");
  button.textContent = isOff() ? button.dataset.on : button.dataset.off;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target === box && before?.isConnected) {
    event.preventDefault();
    before.focus();
    before = null;
    return;
  }
  if (!box || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (isOff() || !box.offsetParent) return;
  event.preventDefault();
  before = document.activeElement;
  if (before === document.body) before = document.querySelector("main"); // it can take the focus, the page cannot
  box.focus();
  box.select();
});

if (control) {
  show();
  control.querySelector("button").addEventListener("click", () => {
    try {
      localStorage.setItem(OFF, isOff() ? "no" : "yes");
    } catch {
      return;
    }
    show();
  });
}
