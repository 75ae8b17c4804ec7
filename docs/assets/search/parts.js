// The parts that the search dialog shows: a result, and a facet with its choices.

const openOnWideScreens = ["year", "kind", "certainty"];

// Makes an element of attributes and children. Text stays text: nothing that an entry says becomes markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Takes results of Pagefind and the words asked for; fetches and makes what is shown of each result.
// With a day, nothing is shown but titles: the index holds the texts as they stand now.
export function makeResults(results, { words, known }) {
  return Promise.all(results.map(async (result) =>
    known ? makeResultOfDay(await result.data(), known) : makeResult(await result.data(), words)));
}

function makeResultOfDay({ url, meta }, known) {
  return make("li", { class: "search-result" },
    make("p", { class: "search-facts" }, ...describe(meta, {})),
    make("a", { class: "search-title", href: `${url}?known=${known}` }, meta.title));
}

function makeResult({ url, meta, filters, excerpt }, words) {
  const id = `search-facts-of-${encodeURI(url)}`;
  const facts = make("p", { class: "search-facts", id }, ...describe(meta, filters));
  const result = make("li", { class: "search-result" },
    facts,
    make("a", { class: "search-title", href: url, "aria-describedby": id }, meta.title),
    makeExcerpt(excerpt));
  const name = excerpt.includes("<mark>") ? undefined : findName(meta.names, words);
  if (name) result.append(make("p", { class: "search-name" }, "Found by the name ", make("mark", {}, name)));
  return result;
}

function describe({ date }, { page = [], kind = [], certainty = [] }) {
  const words = [...(date ? [date] : []), ...[...page, ...kind].map(beginLarge)];
  return [...words.map((word) => make("span", {}, word)), ...certainty.map(makeCertainty)];
}

function makeCertainty(word) {
  return make("span", { class: `certainty certainty--${word.toLowerCase()}` }, beginLarge(word));
}

const beginLarge = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// Pagefind puts <mark> around the words found, and writes the page's own < and > as &lt; and &gt;.
function makeExcerpt(excerpt) {
  const read = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const isCut = !/[.!?…”’"]\s*$/.test(excerpt);
  return make("p", { class: "search-excerpt" },
    /^\p{Ll}/u.test(excerpt) ? "…\u00a0" : "",
    ...excerpt.split(/<mark>(.*?)<\/mark>/s).map((part, place) =>
      place % 2 === 1 ? make("mark", {}, read(part)) : read(part)),
    isCut ? "\u00a0…" : "");
}

// A name can be found in a spelling that does not stand in the text; a reader is told which one it was.
function findName(names = "", words) {
  const sought = fold(words).split(/\s+/).filter(Boolean);
  return names.split(" · ").find((name) => sought.some((word) => fold(name).includes(word)));
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Takes the facets in their order and how many pages have each of their values.
export function makeFacets(facets, totals) {
  return facets.filter((facet) => totals[facet]).map((facet) => make("details", { class: "search-facet", "data-facet": facet },
    make("summary", {}, beginLarge(facet)),
    make("fieldset", { "aria-label": beginLarge(facet) },
      ...sortValues(facet, totals[facet]).map((value) => makeChoice(facet, value)))));
}

function sortValues(facet, total) {
  const newestFirst = (one, other) => other.localeCompare(one);
  const commonestFirst = (one, other) => total[other] - total[one] || one.localeCompare(other);
  return Object.keys(total).sort(facet === "year" ? newestFirst : commonestFirst);
}

function makeChoice(facet, value) {
  return make("label", { class: "search-choice" },
    make("input", { type: "checkbox", name: facet, value }),
    facet === "certainty" ? makeCertainty(value) : make("span", {}, beginLarge(value)),
    make("span", { class: "search-number" }));
}

// Writes beside every choice of the counted facets how many results it would leave, and hides it if none, unless it is in
// use. A facet that was not counted is busy, and its choices wait unseen until it is: none is offered and then taken away.
// A facet that cannot be used is hidden. Gives whether anything is left to choose.
export function showCounts(container, counts, usable) {
  for (const facet of container.querySelectorAll(".search-facet")) {
    const name = facet.dataset.facet;
    const isUsable = usable.includes(name);
    facet.ariaBusy = String(!counts[name]);
    for (const choice of facet.querySelectorAll(".search-choice")) {
      const box = choice.querySelector("input");
      box.checked &&= isUsable;
      if (counts[name]) showNumber(choice, box, counts[name][box.value] ?? 0);
    }
    facet.hidden = !isUsable || !facet.querySelector(".search-choice:not([hidden])");
  }
  return container.querySelector(".search-facet:not([hidden])") !== null;
}

function showNumber(choice, box, number) {
  choice.querySelector(".search-number").textContent = number.toLocaleString("en-GB");
  choice.hidden = number === 0 && !box.checked && box !== document.activeElement;
}

// Opens the facets that a wide screen has room for, and closes the others.
export function fitFacets(container, isWide) {
  for (const facet of container.querySelectorAll(".search-facet")) {
    facet.open = isWide && openOnWideScreens.includes(facet.dataset.facet);
  }
}

// Without words nothing is more relevant than anything else, so the newest come first for that while.
export function settleOrder(order, words) {
  const { wanted = "relevance" } = order.dataset;
  order.options[0].disabled = !words;
  order.value = wanted === "relevance" && !words ? "newest" : wanted;
  return order.value;
}

// What is said when nothing is found.
export function advise(words, nothingChosen) {
  if (nothingChosen) return "No page has all of these words. Try fewer words, or another spelling.";
  return words
    ? "No page has all of these words and fits every choice. Take a choice away, or try fewer words."
    : "No page fits every choice. Take one of them away.";
}
