// "/" puts the cursor in the search box, unless somebody is typing.

const box = document.querySelector('[data-focus-key="/"]');

function typing(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (!box || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!box.offsetParent) return; // on a phone the box is on a page of its own
  event.preventDefault();
  box.focus();
  box.select();
});
