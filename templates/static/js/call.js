// Checks name, address and telephone while a call is typed, and shows what is known beside the form.
// Without script the button draws the page again with the same answer. What was chosen stays chosen.

const form = document.querySelector("form[data-call]");
const place = form.querySelector("[data-known]");
const button = form.querySelector("[data-check]");
const WATCHED = ["at_risk", "suspect", "place", "postcode", "telephone"];
let last = "", asked = 0, shown = 0;

function typed() {
  return WATCHED.map((name) => form.elements[name].value.trim()).join("\n");
}

async function check() {
  const turn = ++asked;
  last = typed();
  const chosen = form.querySelector('input[name="harmed"]:checked')?.value ?? place.dataset.harmed;
  place.dataset.harmed = "";
  try {
    const answer = await fetch(button.formAction, {
      method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" },
    });
    if (answer.redirected || !answer.ok || turn < shown) return; // locked, or an older answer came late
    shown = turn;
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const focus = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.replaceChildren(...fragment.childNodes);
    const again = chosen && place.querySelector(`#harmed-${CSS.escape(chosen)}`);
    if (again) again.checked = true;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  } catch {
    // no signal: the button asks again
  }
}

button.addEventListener("click", (event) => {
  event.preventDefault();
  check();
});
form.addEventListener("change", (event) => {
  if (event.target.name === "harmed") check();
  else if (WATCHED.includes(event.target.name) && typed().trim() && typed() !== last) check();
});

// What was left here before is checked again.
if (typed().trim() && !("checked" in place.dataset)) check();
