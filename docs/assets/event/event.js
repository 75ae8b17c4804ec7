// An event’s page: notes that open where they are cited, addresses that are copied by a click, and the citation.

const edge = 12; // pixels between a note and the edge of the screen
let status = null;

// Makes an element of attributes and children. Text stays text: nothing that an entry says becomes markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Says in words, for eyes and ears, what a click has done.
function say(words) {
  status ??= document.body.appendChild(make("p", { class: "copied", role: "status" }));
  status.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => status.replaceChildren(), 3000);
}

async function copy(text, words) {
  try {
    await navigator.clipboard.writeText(text);
    say(words);
  } catch {
    say("Copying is not allowed here; the address stands in the address bar.");
  }
}

const permanent = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");

// Notes

// Without the popover the links do what links do: they lead to the source.
const canOpen = "showPopover" in HTMLElement.prototype;

function makeNote(reference, source) {
  const close = make("button", { type: "button" }, "Close");
  const note = make("div", {
    class: "note", popover: "auto", role: "dialog", "aria-label": `Source ${reference.textContent}`, tabindex: "-1",
  });
  const parts = [...source.cloneNode(true).children].filter((part) => !part.hidden);
  const inList = make("a", { href: reference.hash }, "In the list of sources");
  note.append(...parts, make("p", { class: "note-foot" }, inList, close));
  for (const element of note.querySelectorAll("[id]")) element.removeAttribute("id");
  close.addEventListener("click", () => note.hidePopover());
  inList.addEventListener("click", () => note.hidePopover());
  return note;
}

function openNote(reference, source) {
  const note = makeNote(reference, source);
  const follow = () => place(note, reference);
  reference.parentElement.after(note); // so that Tab goes on from the note to what follows its mark
  note.addEventListener("toggle", ({ newState }) => {
    reference.setAttribute("aria-expanded", newState === "open");
    if (newState === "open") return;
    removeEventListener("scroll", follow);
    removeEventListener("resize", follow);
    const hadFocus = note.contains(document.activeElement) || document.activeElement === document.body;
    note.remove();
    if (hadFocus) reference.focus({ preventScroll: true });
  });
  note.showPopover();
  follow();
  addEventListener("scroll", follow, { passive: true });
  addEventListener("resize", follow);
  note.focus({ preventScroll: true });
}

// Below the reference, or above it where there is more room; closed when the reference has left the screen.
function place(note, reference) {
  const [mark, box] = [reference.getBoundingClientRect(), note.getBoundingClientRect()];
  if (mark.bottom < 0 || mark.top > innerHeight) note.hidePopover();
  const left = Math.min(mark.left - edge, innerWidth - box.width - edge);
  const below = mark.bottom + 6;
  const top = below + box.height + edge <= innerHeight ? below : mark.top - box.height - 6;
  note.style.left = `${Math.max(left, edge)}px`;
  note.style.top = `${Math.max(top, edge)}px`;
}

function readyNotes(article) {
  for (const reference of article.querySelectorAll("a.footnote-ref")) {
    reference.setAttribute("aria-haspopup", "dialog");
    reference.setAttribute("aria-expanded", "false");
  }
  article.addEventListener("click", (event) => {
    const reference = event.target.closest("a.footnote-ref");
    const source = reference && document.getElementById(decodeURIComponent(reference.hash.slice(1)));
    if (!source || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openNote(reference, source);
  });
}

// Addresses

function readyAddresses(article) {
  article.addEventListener("click", (event) => {
    const address = event.target.closest("a.address");
    if (!address || event.ctrlKey || event.metaKey || event.shiftKey) return;
    copy(permanent + address.hash, "Address copied");
  });
  tellOfChange(article);
  addEventListener("hashchange", () => tellOfChange(article));
}

// The address of a claim is made of its words: when these change, it leads nowhere, and a reader is told so.
function tellOfChange(article) {
  article.querySelector(".changed-words")?.remove();
  if (!/^#[cf]-[0-9a-f]{8}/.test(location.hash) || document.getElementById(location.hash.slice(1))) return;
  const thing = location.hash.startsWith("#c") ? "claim" : "number";
  article.querySelector(".event-head").append(make("p", { class: "changed-words", role: "status" },
    `The ${thing} that this address led to has been changed or taken out since. The page says what holds now.`));
}

// The citation

function readyCitation(cite) {
  const today = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(new Date());
  cite.querySelector(".cite-accessed").textContent = `, accessed ${today}`;
  const button = make("button", { type: "button" }, "Copy");
  button.addEventListener("click", () => {
    const text = cite.querySelector(".cite-text").textContent;
    copy(text.replace(/\s+/g, " ").trim(), "Citation copied");
  });
  cite.querySelector(".cite-text").after(make("p", {}, button));
}

const article = document.querySelector("article");
if (canOpen) readyNotes(article);
readyAddresses(article);
const cite = document.querySelector(".cite");
if (cite) readyCitation(cite);
