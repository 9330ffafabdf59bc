// Says lateness anew each minute, without moving the focus or announcing. Rounds down; under a minute is "Due now".

const MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function oneUnit(length) {
  if (length >= DAY) return counted(Math.floor(length / DAY), "day");
  if (length >= HOUR) return counted(Math.floor(length / HOUR), "hour");
  return counted(Math.floor(length / MINUTE), "minute");
}

function lateness(due, now) {
  const left = due - now;
  if (Math.abs(left) < MINUTE) return "Due now";
  if (left < 0) return `Overdue by ${oneUnit(-left)}`;
  const hours = Math.floor((left % DAY) / HOUR);
  return `Due in ${oneUnit(left)}${left >= DAY && hours ? ` ${counted(hours, "hour")}` : ""}`;
}

function say(now) {
  for (const place of document.querySelectorAll("[data-due]")) {
    const words = lateness(Date.parse(place.dataset.due), now);
    if (place.textContent !== words) place.textContent = words;
  }
}

// The page was drawn by the server's clock; only the time that has passed since is this machine's.
const drawn = Date.parse(document.body.dataset.now) || Date.now();
const opened = performance.now();
// These sentences are English: on a page in another language the server's own stand until it is drawn again.
const english = document.documentElement.lang.startsWith("en");
if (english) setInterval(() => say(drawn + performance.now() - opened), MINUTE);
