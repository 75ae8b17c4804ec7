// The dossier: the events that are shown, each with everything its page says and all of its sources, to be printed.

import { addSheet } from "../every-page/sheet.js";
import { showDay } from "../known/known.js";

export const most = 500; // more events than these are a book, and as many requests
const atOnce = 6;
const leftOut = [
  "script", "style", "link", "nav", "footer", "button", "form", "dialog", "iframe", ".headerlink", ".crumbs",
  ".event-foot", ".md-source-file", ".known-banner", ".no-dossier", "[hidden]",
].join(", ");
const sheets = ["event.css", "claims.css", "cite.css"];
let styled = null;

// Fetches the pages of the cards and lays them out one after the other, under a head that says what was selected.
// `tell` hears how many are there. Rejects when a page cannot be read.
export async function makeDossier(cards, title, sentence, day, tell) {
  const entries = await fetchAll(cards, day, tell);
  const dossier = document.createElement("div");
  dossier.className = "dossier md-typeset";
  const head = document.createElement("header");
  for (const [tag, text] of [["h1", title], ["p", sentence], ["p", location.href]]) {
    head.append(Object.assign(document.createElement(tag), { textContent: text }));
  }
  dossier.append(head, ...entries);
  await addSheets();
  return dossier;
}

// The pages of events have style sheets of their own; a print without them is still whole.
async function addSheets() {
  styled ??= Promise.allSettled(sheets.map((name) => addSheet(new URL(`../event/${name}`, import.meta.url).href)));
  await styled;
}

async function fetchAll(cards, day, tell) {
  const entries = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < cards.length) {
      const place = next++;
      entries[place] = await fetchEntry(cards[place].href, day);
      tell(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return entries;
}

async function fetchEntry(href, day) {
  const address = new URL(href, location.href);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.querySelector("article");
  if (day) showDay(article, day);
  for (const element of article.querySelectorAll(leftOut)) element.remove();
  return settle(article, address);
}

// Many pages in one: names of places would stand twice, and links would lead from the wrong page.
function settle(article, address) {
  const entry = document.createElement("article");
  entry.className = "dossier-entry";
  entry.append(...article.childNodes);
  for (const element of entry.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const link of entry.querySelectorAll("a[href]")) {
    link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
  }
  const where = Object.assign(document.createElement("p"), { className: "dossier-address", textContent: address.href });
  entry.append(where);
  return document.adoptNode(entry);
}
