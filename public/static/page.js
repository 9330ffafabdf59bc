// The way out, the quiet half hour, and one entry in the browser's history instead of nine. Without this script all of the
// page still works: the way out is a link, the half hour is kept by the seal, and each question is a page of its own.
"use strict";
(() => {
  const WITHIN = 5000; // milliseconds between two presses of Shift
  const WARN = 5 * 60 * 1000; // before the half hour is over
  const RENEW = 10 * 60 * 1000; // how often a page in which somebody types is sealed anew
  let presses = 0, alone = false, forget = 0, touched = Date.now(), renewed = Date.now(), warned = false, busy = false;

  const quiet = () => Number(document.body.dataset.quiet) * 1000;
  const say = (words) => { const place = document.getElementById("leaving"); if (place) place.textContent = words; };

  // ---- the way out
  function leave() {
    const way = document.querySelector(".leave__button");
    if (!way) return; // on the way already
    const to = way.href;
    say(document.body.dataset.now);
    document.documentElement.classList.add("gone");
    document.querySelectorAll("input, textarea").forEach((one) => { one.value = ""; });
    document.body.replaceChildren();
    window.location.replace(to);
  }
  function count(to) {
    presses = to;
    document.querySelectorAll(".leave__dots i").forEach((dot, place) => dot.classList.toggle("pressed", place < to));
    say(to === 1 ? document.body.dataset.two : to === 2 ? document.body.dataset.one : "");
    clearTimeout(forget);
    if (to) forget = setTimeout(() => count(0), WITHIN);
  }
  document.addEventListener("keydown", (press) => {
    if (press.key === "Escape" && !press.isComposing) { press.preventDefault(); leave(); return; }
    if (press.key === "Shift") { alone = !press.repeat || alone; return; }
    alone = false;
    if (presses) count(0); // Shift was for a capital letter
  });
  document.addEventListener("keyup", (press) => {
    if (press.key !== "Shift" || !alone) return;
    alone = false;
    if (presses === 2) leave(); else count(presses + 1);
  });
  document.addEventListener("click", (press) => {
    if (press.target.closest(".leave__button")) { press.preventDefault(); leave(); }
  });
  // a page that the browser kept for its Back button is not shown again
  window.addEventListener("pageshow", (shown) => { if (shown.persisted) window.location.replace("/"); });

  // ---- one question after another in the same place: Back leads out of here, not to an answer
  async function follow(form, button) {
    const said = new URLSearchParams(new FormData(form));
    if (button && button.name) said.append(button.name, button.value);
    const answer = await fetch("/", { method: "POST", body: said, cache: "no-store", credentials: "omit" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    Object.assign(document.body.dataset, next.body.dataset);
    document.body.replaceChildren(...next.body.childNodes);
    window.scrollTo(0, 0);
    arrive();
    touched = renewed = Date.now();
    warned = false;
    count(0);
  }
  // as on a page that was just loaded: the way out is the first stop of the Tab key, and what is asked is read out
  function arrive() {
    const problem = document.querySelector(".govuk-error-summary");
    document.body.tabIndex = -1;
    (problem || document.body).focus({ preventScroll: true });
    const asked = document.querySelector("h1").textContent;
    if (!problem) setTimeout(() => { if (!presses) say(`${document.title}. ${asked}`); }, 200);
  }
  document.addEventListener("submit", (sending) => {
    sending.preventDefault();
    if (busy) return;
    busy = true;
    follow(sending.target, sending.submitter).catch(() => show("lost")).finally(() => { busy = false; });
  });
  document.addEventListener("click", (press) => {
    const link = press.target.closest(".govuk-error-summary__list a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (field) { press.preventDefault(); field.focus(); }
  });
  function show(which) {
    const words = document.getElementById(which).content.cloneNode(true);
    document.getElementById("said-aloud").replaceChildren(words);
  }

  // ---- the quiet half hour
  function stir() {
    touched = Date.now();
    if (warned) { warned = false; document.getElementById("said-aloud").replaceChildren(); }
  }
  ["keydown", "input", "click"].forEach((event) => document.addEventListener(event, stir));
  async function renew() {
    const page = document.querySelector("input[name=page]"), before = page.value;
    renewed = Date.now();
    const answer = await fetch("/stay/", { method: "POST", body: new URLSearchParams({ page: before }), credentials: "omit" });
    if (answer.ok && page.value === before) page.value = await answer.text();
  }
  function look() {
    const still = Date.now() - touched;
    if (still >= quiet()) { document.body.replaceChildren(); window.location.replace(`/again/${document.documentElement.lang}/`); return; }
    if (still >= quiet() - WARN && !warned) { warned = true; show("soon"); }
    if (touched > renewed && Date.now() - renewed >= RENEW) renew().catch(() => {});
  }
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", look);
})();
