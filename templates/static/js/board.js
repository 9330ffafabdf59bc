// Draws the board again each half minute, without moving the focus, the scroll or saying anything aloud.
// Nobody's hand asks: the idle minutes run on, and a locked session is only said to be old.

const PAUSE = 30000;
const board = document.querySelector("[data-live-url]");

function say(words) {
  const place = board.querySelector("[data-stale]");
  if (place) place.textContent = words;
}

async function draw() {
  if (document.hidden) return;
  try {
    const answer = await fetch(board.dataset.liveUrl, { headers: { "X-Requested-With": "fetch" } });
    if (answer.redirected || !answer.ok) return say("Not refreshed: sign in or unlock to go on.");
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const focus = board.contains(document.activeElement) ? document.activeElement.id : "";
    board.replaceChildren(...fragment.childNodes);
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  } catch {
    say("Not refreshed: no connection. What is shown may be old.");
  }
}

setInterval(draw, PAUSE);
document.addEventListener("visibilitychange", draw);
