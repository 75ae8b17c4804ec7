// The way into the search, on every page: a button in the header, keys, and `?q=` in the address.
// The dialog and the index are fetched when somebody first searches, and not before.

let dialog = null;

async function openSearch(words) {
  try {
    import("./index.js").then(({ openIndex }) => openIndex()).catch(() => {}); // meanwhile: the dialog asks again
    dialog ??= import("./view.js").then((view) => view.makeDialog());
    (await dialog).open(words);
  } catch {
    dialog = null;
    window.alert("Search could not be loaded. Reload the page, or use the timeline.");
  }
}

function makeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "search-button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  button.append(Object.assign(document.createElement("span"), { textContent: "Search" }));
  button.append(Object.assign(document.createElement("kbd"), { textContent: "/", ariaHidden: "true" }));
  button.addEventListener("click", () => openSearch());
  return button;
}

function addButton(header) {
  const next = header.querySelector("[data-md-component=palette], .md-header__source");
  if (next) next.before(makeButton());
  else header.append(makeButton());
}

function isTyping(target) {
  const field = "input:not([type=radio], [type=checkbox]), textarea, select";
  return target.isContentEditable || target.matches(field);
}

function isSearchKey(event) {
  if (event.isComposing || event.altKey) return false;
  if (!event.ctrlKey && !event.metaKey) return event.key === "/" && !isTyping(event.target);
  // On a Hangul or Cyrillic keyboard the key bears another letter, and only its place tells that it is K.
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() === "k" : event.code === "KeyK";
}

function openByKey(event) {
  if (!isSearchKey(event)) return;
  event.preventDefault();
  openSearch();
}

const header = document.querySelector(".md-header__inner");
if (header) addButton(header);
// Captured, because the open dialog keeps its keys from the theme's own shortcuts.
document.addEventListener("keydown", openByKey, { capture: true });
document.addEventListener("search:open", ({ detail }) => openSearch(detail));
const words = new URLSearchParams(window.location.search).get("q")?.trim();
if (words) openSearch(words);
