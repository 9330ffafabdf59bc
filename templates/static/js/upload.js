// Says how far an upload is once it takes longer than two seconds. Without it the form works all the same.

const PATIENCE = 2000;

function start(page) {
  const form = page.querySelector("form[data-upload]");
  if (!form || !window.XMLHttpRequest) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(page, form);
  });
}

function send(page, form) {
  const says = form.querySelector("[data-upload-says]");
  const button = form.querySelector("button.govuk-button");
  const began = Date.now();
  const request = new XMLHttpRequest();
  const tell = (words) => {
    if (Date.now() - began < PATIENCE) return;
    says.hidden = false;
    if (says.textContent !== words) says.textContent = words;
  };
  button.disabled = true;
  request.open("POST", location.href);
  request.upload.onprogress = (event) => tell(`${form.dataset.sending} ${Math.floor((100 * event.loaded) / event.total)}%`);
  request.upload.onload = () => setTimeout(() => request.readyState < 4 && tell(form.dataset.looking), PATIENCE);
  request.onerror = () => {
    button.disabled = false;
    says.hidden = false;
    says.textContent = form.dataset.failed;
  };
  request.onload = () => answered(page, request);
  request.send(new FormData(form));
}

// A refusal is this very page with sentences in it; anything else is where the person goes on.
function answered(page, request) {
  const fresh = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-upload-page]");
  if (!fresh || request.status < 400) {
    if (request.status < 400) location.assign(request.responseURL);
    else document.body.replaceChildren(...new DOMParser().parseFromString(request.responseText, "text/html").body.childNodes);
    return;
  }
  page.replaceChildren(...fresh.childNodes);
  start(page);
  const summary = page.querySelector(".govuk-error-summary");
  if (summary) {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
  }
}

document.querySelectorAll("[data-upload-page]").forEach(start);
