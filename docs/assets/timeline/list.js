// The list that the build made: what a selection leaves of it stays, and each card says what held on the day.

import { viewOf } from "./data.js";
import { count, sayDay } from "./state.js";

// Reads the list once. Gives the cards by the slug of their event, in the order of the page, and the years with their
// months and the cards of these.
export function readList(page) {
  const cards = new Map();
  const years = [...page.querySelectorAll(".year")].map((year) => ({
    year,
    months: [...year.querySelectorAll(".month")].map((month) => ({ month, cards: readCards(month, cards) })),
    tally: page.querySelector(`.years a[href="#${year.id}"]`),
  }));
  return { cards, years };
}

function readCards(month, cards) {
  return [...month.querySelectorAll(".event")].map((item) => {
    const link = item.querySelector(".event-title a");
    const href = link.getAttribute("href");
    const card = { slug: href.match(/events\/([^/]+)\//)[1], item, link, href, isShown: true };
    cards.set(card.slug, card);
    return card;
  });
}

// Shows the selected events, their months and years, and hides the others.
export function showSelection({ years }, { slugs }) {
  const selected = new Set(slugs);
  for (const { year, months, tally } of years) {
    let total = 0;
    for (const { month, cards } of months) {
      const left = cards.filter((card) => showCard(card, selected.has(card.slug))).length;
      setHidden(month, left === 0);
      total += left;
    }
    setHidden(year, total === 0);
    if (tally) showTally(tally, total);
  }
}

function showCard(card, isShown) {
  if (card.isShown !== isShown) card.item.hidden = !isShown;
  card.isShown = isShown;
  return isShown;
}

function showTally(link, total) {
  const number = link.nextElementSibling;
  setHidden(link, total === 0);
  setHidden(number, total === 0);
  setText(number, count(total, "event"));
}

// Lets every shown card say what held on the day of that rank; with a day, its link leads to the page as on that day.
export function showDay({ cards }, index, { slugs, rank }, day) {
  for (const slug of slugs) {
    const card = cards.get(slug);
    if (card.day === day || (!day && !card.day)) continue;
    card.day = day;
    card.link.setAttribute("href", day ? `${card.href}?known=${day}` : card.href);
    writeCard(card, index, viewOf(index.events.get(slug), rank));
  }
}

function writeCard(card, index, view) {
  const { item } = card;
  const facts = item.querySelector(".event-facts");
  writeCertainty(item, facts.querySelector(".certainty"), index, view.certainty[0]);
  const origins = facts.querySelector(".event-origins");
  setText(origins, saySources(view));
  origins.title = view.origins.map((origin) => index.origins[origin]).join(", ");
  writeStanding(facts, sayAnswers(index, view.answers));
  if (view.sentence !== undefined) setText(item.querySelector(".event-sentence"), view.sentence);
}

function writeCertainty(item, mark, index, number) {
  for (const word of index.names.certainty) {
    item.classList.toggle(`event--${word}`, word === index.names.certainty[number]);
    mark.classList.toggle(`certainty--${word}`, word === index.names.certainty[number]);
  }
  setText(mark, index.certainties[number]);
}

function writeStanding(facts, words) {
  let standing = facts.querySelector(".event-standing");
  if (!words) {
    standing?.remove();
    return;
  }
  if (!standing) {
    standing = document.createElement("span");
    standing.className = "event-standing";
    facts.append(" ", standing);
  }
  setText(standing, words.replaceAll(/(?<!,) /g, "\u00a0")); // lines break between answers, as the build has it
}

// “4 sources, 2 origins”.
const saySources = (view) => `${count(view.sources, "source")}, ${count(view.origins.length, "origin")}`;

// “denied 10 Oct 2024, acknowledged 26 Apr 2025”.
export function sayAnswers(index, answers) {
  return answers.map(([day, word]) => `${index.answers[word]} ${sayDay(index.days[day], true)}`).join(", ");
}

function setHidden(element, isHidden) {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
