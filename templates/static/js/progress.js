// Asks for a fragment until it says that it is done: a paper being made, a file being read in.

const FIRST = 1000;
const LONGEST = 8000;

async function ask(place, pause) {
  try {
    const answer = await fetch(place.dataset.progressUrl, { headers: { "X-Requested-With": "fetch" } });
    if (answer.redirected || answer.status >= 400) return; // the link on the page still works
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (place.textContent !== fragment.textContent) place.replaceChildren(...fragment.childNodes);
    if (place.querySelector("[data-done]")) {
      if ("progressWhole" in place.dataset) location.reload(); // the rest of the page says more now
      return;
    }
  } catch {
    // no signal: ask again later
  }
  setTimeout(ask, pause, place, Math.min(pause * 1.5, LONGEST));
}

for (const place of document.querySelectorAll("[data-progress-url]")) setTimeout(ask, FIRST, place, FIRST);
