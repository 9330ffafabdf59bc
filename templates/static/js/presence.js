// Tells that this page is still before somebody, while it is seen, and says politely who else has the record before them.
// It moves no focus and keeps no session awake. Without an answer nothing is said: who is there is never worth an error.

const EVERY = 25000;
const line = document.querySelector("[data-presence]");
let timer;

async function tell(leave) {
  const { presence, workflow, record, place, token } = line.dataset;
  const said = new URLSearchParams({ workflow, record, place, csrfmiddlewaretoken: token });
  if (leave) said.set("leave", "1");
  try {
    const answer = await fetch(presence, { method: "POST", body: said, keepalive: Boolean(leave) });
    if (leave) return;
    if (!answer.ok || answer.redirected) return stop();
    show((await answer.json()).said);
  } catch { /* no connection: the next one says */ }
}

function show(said) {
  if (JSON.stringify(said) === line.dataset.said) return;
  line.dataset.said = JSON.stringify(said);
  line.replaceChildren(...said.map((words) => Object.assign(document.createElement("p"), { className: "app-presence__who", textContent: words })));
}

function begin() {
  clearInterval(timer);
  tell();
  timer = setInterval(tell, EVERY);
}

function stop() {
  clearInterval(timer);
  show([]);
}

if (line) {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      clearInterval(timer);
      tell(true);
    } else begin();
  });
  if (!document.hidden) begin();
}
