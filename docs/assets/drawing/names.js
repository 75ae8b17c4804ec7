// Titles beside the marks of the drawing, wherever the zoom has made room for them. Milestones have theirs from the start.

import { draw } from "./scale.js";

const most = 200; // marks in view; with more of them there is no room anyway
const room = 12; // pixels between a mark and its title, and between the title and the next mark
let titles = null;

// Writes the titles of the marks in view, or takes all of them away. What is in view is told by the places that the
// build gave the marks, and only that is measured: in a long chronology most marks are elsewhere.
export function nameMarks(marks, box, isWanted) {
  for (const title of box.querySelectorAll(".mark-title--near")) title.remove();
  if (!isWanted) return;
  const width = box.scrollWidth;
  const [from, to] = [(box.scrollLeft - 600) / width, (box.scrollLeft + box.clientWidth + 600) / width].map((part) => part * 100);
  const near = marks.filter((mark) => placeOf(mark) > from && placeOf(mark) < to && mark.checkVisibility());
  if (near.length > most) return;
  const rows = new Map();
  for (const place of near.map(measure)) rows.set(place.y, [...(rows.get(place.y) ?? []), place]);
  for (const row of rows.values()) nameRow(row.sort((one, other) => one.left - other.left));
}

const placeOf = (mark) => Number.parseFloat(mark.querySelector(".sign").getAttribute("cx"));

function measure(mark) {
  const { left, right } = mark.getBoundingClientRect();
  return { mark, left, right, y: mark.querySelector(".sign").getAttribute("cy") };
}

function nameRow(row) {
  row.forEach(({ mark, right }, number) => {
    if (mark.querySelector(".mark-title")) return;
    const width = (row[number + 1]?.left ?? Infinity) - right - 2 * room;
    const text = titleOf(mark);
    const sign = mark.querySelector(".sign");
    if (!text || width < 60) return;
    const x = sign.getAttribute("cx");
    const aside = right - sign.getBoundingClientRect().left - sign.getBoundingClientRect().width / 2 + 6;
    const title = draw("text", { class: "mark-title mark-title--near", x, dx: aside, y: Number(sign.getAttribute("cy")) + 4 }, text);
    mark.append(title);
    if (title.getComputedTextLength() > width) shorten(title, text, width);
  });
}

function shorten(title, text, width) {
  const letters = Math.floor(text.length * width / title.getComputedTextLength()) - 1;
  const words = text.slice(0, letters).replace(/\s+\S*$/, "");
  if (words.length < 12) title.remove();
  else title.textContent = `${words.replace(/[\s,;:–-]+$/, "")}…`;
}

// The list below the drawing has the title of every event.
function titleOf(mark) {
  titles ??= new Map([...document.querySelectorAll(".event-title a")].map((link) => [slugOf(link), link.textContent]));
  return titles.get(slugOf(mark));
}

const slugOf = (link) => link.getAttribute("href").match(/events\/([^/]+)\//)?.[1];
