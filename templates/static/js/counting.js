// Years of a large force take longer to count than anybody waits without a word: then the page says that it is at it.

const PATIENCE = 2000;
const SAID = { strong: "Counting.", rest: "Years of a large force take some time. The next page opens by itself." };
let timer;

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => document.dispatchEvent(new CustomEvent("app:say", { detail: SAID })), PATIENCE);
}

// Neither a file nor another tab opens another page here.
function leads(link, event) {
  const elsewhere = event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  return link && !elsewhere && !("file" in link.dataset) && !link.hash;
}

document.addEventListener("submit", (event) => event.target.method === "get" && event.target.closest("main") && wait());
document.addEventListener("click", (event) => leads(event.target.closest("main a[href]"), event) && wait());
window.addEventListener("pagehide", () => clearTimeout(timer));
