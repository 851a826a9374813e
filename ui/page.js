// Runs once in each place (the element that Gradio renders for it). A place is drawn by the server from its address; here
// forms and links within the place become a new drawing of it instead of a new page, and the address follows.
const LONGEST_ADDRESS = 4000;

function draw(address) {
  element.firstElementChild?.setAttribute("aria-busy", "true");
  const start = address.indexOf("?");
  trigger("submit", { query: start < 0 ? "" : address.slice(start + 1) });
}

function go(address) {
  if (address.length <= LONGEST_ADDRESS) history.pushState(null, "", address);
  draw(address);
}

function addressOf(form) {
  const kept = new Set([...form.querySelectorAll("[data-keep]")].map((field) => field.name));
  const filled = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value || kept.has(name)) filled.append(name, value);
  }
  return `${form.getAttribute("action")}?${filled}`;
}

function show(id) {
  const target = document.getElementById(id);
  if (!target) return;
  for (let outer = target; outer; outer = outer.parentElement) if (outer.tagName === "DETAILS") outer.open = true;
  target.scrollIntoView({ block: "nearest" });
  target.focus({ preventScroll: true });
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers give the clipboard to https and to this computer only.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  element.querySelector("[data-told]").textContent = button.dataset.copied;
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 2000);
}

function drawn() {
  const place = element.firstElementChild;
  if (!place?.dataset.title) return;
  document.title = place.dataset.title;
  document.documentElement.lang = place.lang;
  if (place.dataset.step === "begun") {
    const turns = element.querySelectorAll(".turn");
    turns[turns.length - 1]?.scrollIntoView({ block: "start" });
  }
  // On a wide screen what folds out to save room stands open.
  const isWide = matchMedia("(min-width: 62rem)").matches;
  for (const details of element.querySelectorAll("details[data-wide]")) details.open ||= isWide;
  // Fields that a user changed keep their value when the server draws another.
  for (const form of element.querySelectorAll("form[data-follows]")) form.reset();
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = addressOf(event.target);
  for (const field of event.target.querySelectorAll("[data-clear]")) field.value = "";
  go(address);
});

element.addEventListener("change", (event) => {
  if (event.target.matches("form[data-follows] select")) event.target.form.requestSubmit();
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) return void copy(button);
  const link = event.target.closest("a[href], [data-address]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const address = link.getAttribute("href") ?? link.dataset.address;
  // The page has a base address, so that a bare #… would lead away from it.
  if (address.startsWith("#")) {
    event.preventDefault();
    show(address.slice(1));
  } else if (link.dataset.address) {
    location.assign(address);
  } else if (link.dataset.here !== undefined) {
    event.preventDefault();
    go(address);
    if (link.dataset.here === "stay") return;
    document.getElementById("inhoud")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
});

window.addEventListener("popstate", () => draw(location.search));
watch("value", drawn);
draw(location.search);
