// What changed between two days: a list of what became known, and one of what came to be regarded otherwise.

import { changesBetween } from "./data.js";
import { count, sayDay } from "./state.js";
import { sayAnswers } from "./list.js";

// Fills the section for a state with a day to compare with; empties and hides it without one.
export function showChanges(section, index, list, state, slugs) {
  section.replaceChildren();
  section.hidden = !state.since;
  if (!state.since) return;
  const { becameKnown, changed } = changesBetween(index, state.since, state.known, slugs);
  const until = state.known ? sayDay(state.known) : "now";
  section.append(make("h2", "", `What changed between ${sayDay(state.since)} and ${until}`));
  const linkTo = (slug) => makeLink(list.cards.get(slug).link);
  section.append(
    ...makeGroup("Became known", becameKnown, (slug) => [
      linkTo(slug), " ", make("span", "changes-note", sayDay(index.days[index.events.get(slug).known])),
    ]),
    ...makeGroup("Came to be regarded otherwise", changed, (change) => [
      linkTo(change.slug), " ", make("span", "changes-note", sayChange(index, change)),
    ]));
  if (!becameKnown.length && !changed.length) section.append(make("p", "", "Nothing, among the events that fit."));
}

function makeGroup(title, entries, describe) {
  if (!entries.length) return [];
  const listed = make("ul", "changes-list");
  listed.append(...entries.map((entry) => {
    const item = make("li", "");
    item.append(...describe(entry));
    return item;
  }));
  return [make("h3", "", `${title}: ${count(entries.length, "event")}`), listed];
}

// “claimed, then disputed; denied 10 Oct 2024”.
function sayChange({ certainties, ...index }, { before, after, answers }) {
  const regarded = before === after ? [] : [`${certainties[before]}, then ${certainties[after]}`.toLowerCase()];
  return [...regarded, sayAnswers(index, answers)].filter(Boolean).join("; ");
}

function makeLink(link) {
  const copy = make("a", "", link.textContent);
  copy.href = link.getAttribute("href");
  return copy;
}

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
