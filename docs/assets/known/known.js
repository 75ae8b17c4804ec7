// “As known on”: a page as the public could know it on the day that `?known=2025-03-01` in its address names.
//
// The build marks what came later: `data-known` is the day on which a part became public, `data-steps` a list of
// days with what the part said from then on. What bears no mark is as old as the page’s subject.

const isLater = (day, known) => Boolean(known) && known > day;

// Takes away from a page, or a part of one, what was not yet public at the end of a day. Gives whether anything is left.
export function showDay(part, day) {
  const subject = part.querySelector("[data-known-from]");
  if (subject && isLater(day, subject.dataset.knownFrom)) return false;
  for (const element of part.querySelectorAll("[data-known]")) {
    if (isLater(day, element.dataset.known)) hide(element);
  }
  hideReferences(part);
  for (const element of part.querySelectorAll("[data-steps]")) showStep(element, day);
  for (const table of part.querySelectorAll("table:has([data-as-of])")) markLatest(table);
  hideEmpty(part);
  return true;
}

// In a drawing, an element has the attribute and not the property.
const hide = (element) => element.setAttribute("hidden", "");
const isGone = (element) => element.hasAttribute("hidden") || element.matches("script, template");

// Footnotes of hidden sources go, and so do paragraphs of prose that rest on one: they may tell what came later.
function hideReferences(part) {
  const hidden = new Set([...part.querySelectorAll('[id^="fn:"][hidden]')].map((source) => `#${source.id}`));
  for (const link of part.querySelectorAll("a.footnote-ref")) {
    if (!hidden.has(link.getAttribute("href"))) continue;
    const prose = link.closest("p");
    if (prose && !link.closest(".claims, table")) hide(prose);
    hide(link.closest("sup") ?? link);
  }
}

// A step is a text, or a word of certainty with its text; the mark follows the word.
function showStep(element, day) {
  const steps = JSON.parse(element.dataset.steps);
  const [, said] = steps.findLast(([since]) => since <= day) ?? steps[0];
  const [word, text] = typeof said === "string" ? [null, said] : said;
  element.textContent = text;
  if (word) element.className = element.className.replace(/\bcertainty--[\w-]+/, `certainty--${word}`);
}

// The latest number of each claimant is marked; on an earlier day it is an earlier one.
function markLatest(table) {
  const rows = [...table.querySelectorAll("tr[data-as-of]")];
  const latest = new Map();
  for (const { hidden, dataset } of rows) {
    const last = latest.get(dataset.by) ?? "";
    if (!hidden && dataset.asOf > last) latest.set(dataset.by, dataset.asOf);
  }
  const mark = table.querySelector(".figure-mark");
  for (const row of rows) {
    const isLatest = !row.hidden && latest.get(row.dataset.by) === row.dataset.asOf;
    const marked = row.querySelector(".figure-mark");
    row.classList.toggle("figure-latest", isLatest);
    if (marked && !isLatest) marked.remove();
    if (!marked && isLatest && mark) row.querySelector("[data-label='Given by'] > span").append(" ", mark.cloneNode(true));
  }
}

// A list, a table or a section with nothing left in it goes as well, with its heading.
function hideEmpty(part) {
  for (const group of part.querySelectorAll(".claims, .claimants, .standing, .sources, .admonition, .related, tbody")) {
    const parts = [...group.children].filter((child) => !child.matches(".admonition-title, dt"));
    if (parts.length && parts.every(isGone)) hide(group.closest("table, .footnote, .claimant") ?? group);
  }
  hideHeadings(part, ".related dt", "DT");
  hideHeadings(part, "h2", "H2");
  for (const measure of part.querySelectorAll(".measure:has(table[hidden])")) hide(measure);
}

// A heading reaches to the next of its kind.
function hideHeadings(part, selector, kind) {
  for (const heading of part.querySelectorAll(selector)) {
    const below = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== kind; next = next.nextElementSibling) {
      below.push(next);
    }
    if (below.length && below.every(isGone)) hide(heading);
  }
}
