// The search dialog: what a reader types and chooses, and what is shown for it.

import { addSheet } from "../every-page/sheet.js";
import { ask, facets, facetsOn, openIndex } from "./index.js";
import { advise, fitFacets, make, makeFacets, makeResults, settleOrder, showCounts } from "./parts.js";
import { dayShown, limit, makeTimelineLink, pointToTimeline, sayDayShown, timeline } from "./timeline.js";

const pageful = 10;
const pause = { typing: 150, composing: 700 }; // milliseconds
const wideScreen = window.matchMedia("(min-width: 60em)");

const sheets = ["dialog.css", "found.css"];

// Puts the closed dialog into the page, once its style sheets are there. Gives `open(words)`; without words it shows
// what it showed last.
export async function makeDialog() {
  await Promise.all(sheets.map((name) => addSheet(new URL(name, import.meta.url).href)));
  const view = makeView();
  const answering = makeAnswering(view);
  listen(view, answering);
  document.body.append(view.dialog);
  return {
    open(words) {
      if (!view.dialog.open) view.dialog.showModal();
      if (words) view.words.value = words;
      view.words.focus();
      view.words.select();
      answering.now();
    },
  };
}

function makeView() {
  const view = {
    words: make("input", {
      type: "search", name: "words", placeholder: "Words, a name or a date", "aria-label": "Search",
      autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search",
    }),
    close: make("button", { type: "button", class: "search-close" }, "Close"),
    summary: make("summary", {}, "Narrow down"),
    facets: make("div", { class: "search-facets" }),
    clear: make("button", { type: "button", class: "search-clear", hidden: "" }, "Clear all choices"),
    order: make("select", { name: "order" },
      make("option", { value: "relevance" }, "Most relevant first"),
      make("option", { value: "newest" }, "Newest first"),
      make("option", { value: "oldest" }, "Oldest first")),
    count: make("p", { class: "search-count", role: "status" }),
    advice: make("p", { class: "search-advice" }),
    trouble: make("div", { class: "search-trouble", role: "alert" }),
    asTimeline: makeTimelineLink(),
    results: make("ol", { class: "search-results" }),
    more: make("button", { type: "button", class: "search-more", hidden: "" }),
  };
  view.sorting = make("label", { class: "search-sorting", hidden: "" }, make("span", {}, "Order"), view.order);
  view.narrowing = make("details", { class: "search-narrowing", hidden: "" }, view.summary, view.facets, view.clear);
  view.form = make("form", { class: "search-form", role: "search" },
    make("div", { class: "search-bar" }, view.words, view.close),
    make("div", { class: "search-body" },
      view.narrowing,
      make("div", { class: "search-found" },
        make("div", { class: "search-head" }, view.count, view.asTimeline, view.sorting),
        view.trouble, view.advice, view.results, view.more)));
  view.dialog = make("dialog", { class: "search-dialog", "aria-label": "Search" }, view.form);
  return view;
}

// Gives ways to answer: `now()`, `soon(milliseconds)`, and `by(work)` for work that gives how to show its
// outcome. Only the outcome of the newest work is shown; failed work is said in words.
function makeAnswering(view) {
  let newest = 0;
  let timer;
  const answering = {
    async by(work) {
      const mine = ++newest;
      view.results.setAttribute("aria-busy", "true");
      const show = await work().catch(() => () => showTrouble(view, answering));
      if (mine !== newest) return;
      view.results.setAttribute("aria-busy", "false");
      show();
    },
    now() {
      clearTimeout(timer);
      return answering.by(() => answer(view, answering));
    },
    soon(delay) {
      clearTimeout(timer);
      timer = setTimeout(answering.now, delay);
    },
  };
  return answering;
}

async function answer(view, answering) {
  const { totals } = await openIndex();
  if (!view.facets.hasChildNodes()) addFacets(view, totals, answering);
  const question = readQuestion(view);
  if (!question.words && !Object.keys(question.chosen).length) {
    const { counts } = question.known ? await ask(question) : { counts: totals };
    return () => showInvitation(view, counts, question.usable);
  }
  const { results, events, counts } = await ask(question);
  const items = await makeResults(results.slice(0, pageful), question);
  return () => {
    view.narrowing.hidden = !showCounts(view.facets, counts, question.usable);
    showTotal(view, question, events, results.length - events);
    view.results.replaceChildren(...items);
    offerMore(view, answering, question, results.slice(pageful));
  };
}

// What is closed is not counted, as many actors stand in every event: it is when somebody opens it.
function addFacets(view, totals, answering) {
  view.facets.append(...makeFacets(facets, totals));
  fitToScreen(view);
  view.facets.addEventListener("toggle", ({ target }) => {
    if (target.open && !view.counted.includes(target.dataset.facet)) answering.now();
  }, { capture: true });
}

function fitToScreen(view) {
  view.narrowing.open = wideScreen.matches;
  fitFacets(view.facets, wideScreen.matches);
}

function readQuestion(view) {
  const entered = new FormData(view.form);
  const words = entered.get("words").trim();
  const known = dayShown();
  const usable = facetsOn(known);
  view.counted = usable.filter((facet) => view.facets.querySelector(`[data-facet=${facet}][open]`));
  const values = usable.map((facet) => [facet, entered.getAll(facet)]);
  const chosen = values.filter(([, some]) => some.length > 0);
  showChosen(view, chosen.flatMap(([, some]) => some).length);
  return { words, chosen: Object.fromEntries(chosen), order: settleOrder(view.order, words), known, usable, counted: view.counted };
}

function showChosen(view, number) {
  view.summary.textContent = number > 0 ? `Narrow down · ${number} chosen` : "Narrow down";
  view.clear.hidden = number === 0;
}

function showTotal(view, question, events, others) {
  const total = events + others;
  pointToTimeline(view.asTimeline, question);
  view.asTimeline.hidden = events === 0;
  const named = [
    events > 0 && count(events, "event"),
    others > 0 && count(others, events > 0 ? "other page" : "page"),
  ];
  view.count.textContent = (named.filter(Boolean).join(" and ") || "Nothing found") + sayDayShown();
  view.advice.textContent = total === 0 ? advise(question.words, view.clear.hidden) : question.known ? limit : "";
  view.sorting.hidden = total === 0;
  view.trouble.replaceChildren();
}

const count = (number, noun) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;

function showInvitation(view, counts, usable) {
  clearAnswer(view);
  view.narrowing.hidden = !showCounts(view.facets, counts, usable);
  view.advice.textContent = "Type words, a name in any spelling, or a date. Or choose from the lists.";
}

function clearAnswer(view) {
  view.sorting.hidden = view.more.hidden = view.asTimeline.hidden = true;
  view.count.textContent = view.advice.textContent = "";
  view.results.replaceChildren();
  view.trouble.replaceChildren();
}

function showTrouble(view, answering) {
  // MkDocs defines `livereload` on pages that it serves to a writer; there the index is made after the pages.
  const beingMade = "livereload" in window;
  const again = make("button", { type: "button" }, "Try again");
  again.addEventListener("click", answering.now);
  clearAnswer(view);
  const instead = make("a", { href: timeline }, "timeline");
  const words = beingMade
    ? ["The search index is still being made…"]
    : ["Search could not be loaded. Reload the page, or use the ", instead, "."];
  view.trouble.append(make("p", {}, ...words), again);
}

function offerMore(view, answering, question, rest) {
  view.more.hidden = rest.length === 0;
  const left = rest.length.toLocaleString("en-GB");
  view.more.textContent = `Show ${Math.min(pageful, rest.length)} more (${left} left)`;
  view.more.onclick = () => answering.by(async () => {
    const items = await makeResults(rest.slice(0, pageful), question);
    return () => {
      view.results.append(...items);
      offerMore(view, answering, question, rest.slice(pageful));
      items[0].querySelector("a").focus();
    };
  });
}

function listen(view, answering) {
  view.form.addEventListener("input", (event) => {
    if (event.target === view.order) view.order.dataset.wanted = view.order.value;
    pointToTimeline(view.asTimeline, readQuestion(view)); // at once: who clicks it need not have waited for an answer
    if (event.target !== view.words) answering.now();
    // A half-composed syllable is not what the reader means; but some keyboards compose whole words.
    else answering.soon(event.isComposing ? pause.composing : pause.typing);
  });
  view.words.addEventListener("compositionend", () => answering.soon(pause.typing));
  view.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await answering.now();
    view.results.querySelector("a")?.focus();
  });
  view.clear.addEventListener("click", () => {
    for (const box of view.facets.querySelectorAll(":checked")) box.checked = false;
    view.words.focus();
    answering.now();
  });
  view.dialog.addEventListener("keydown", (event) => {
    // Kept from the theme, whose own keys lead to the previous and the next page.
    event.stopPropagation();
    if (!event.isComposing) moveByKey(view, event);
  });
  view.close.addEventListener("click", () => view.dialog.close());
  closeOnBackdrop(view);
  wideScreen.addEventListener("change", () => fitToScreen(view));
}

function moveByKey(view, event) {
  const stops = [view.words, ...view.results.querySelectorAll("a"), ...(view.more.hidden ? [] : [view.more])];
  const place = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && place >= 0) {
    event.preventDefault();
    stops[place + step]?.focus();
  }
  // Left to the browser, the first Escape would only empty the field.
  if (event.key === "Escape" && place === 0) {
    event.preventDefault();
    view.dialog.close();
  }
}

// The form covers all of the dialog, so what hits the dialog itself hits the backdrop. A press that began
// inside, such as one that selects words, does not count.
function closeOnBackdrop({ dialog }) {
  let pressed = null;
  dialog.addEventListener("pointerdown", (event) => {
    pressed = event.target;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && pressed === dialog) dialog.close();
  });
}
