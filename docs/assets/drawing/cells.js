// Columns that count events where the build found too many marks for one sight of the drawing. As the zoom makes room,
// the marks take the place of their column: only what is in view and can be told apart is laid out by the browser.

import { writeMark } from "./marks.js";
import { count } from "../timeline/state.js";

const rows = 8;
const room = 12; // pixels for a mark in its row

// Takes the drawing and its marks. Every mark in a cell knows it.
export function findCells(plane, marks) {
  const markOf = new Map(marks.map((mark) => [mark.element, mark]));
  return [...plane.querySelectorAll(".cell")].map((element) => {
    const [column, group] = element.children;
    const [name] = column.getAttribute("aria-label").split(": ");
    const held = [...group.children].map((mark) => markOf.get(mark));
    const cell = { element, column, name, ...measure(column), marks: held, isOpen: false };
    cell.unit = cell.height / cell.marks.length;
    for (const mark of cell.marks) mark.cell = cell;
    return cell;
  });
}

// Where a column stands, and its bars: the lowest is the first.
function measure(column) {
  const bars = [...column.children].map((bar) => ({ bar, word: bar.getAttribute("class").match(/bar--(\w+)/)[1] }));
  const read = ({ bar }, attribute) => Number.parseFloat(bar.getAttribute(attribute));
  const from = read(bars[0], "x") / 100;
  return {
    bars, from, to: from + read(bars[0], "width") / 100, floor: read(bars[0], "y") + read(bars[0], "height"),
    height: bars.reduce((sum, bar) => sum + read(bar, "height"), 0),
  };
}

export const isOpen = ({ cell }) => !cell || cell.isOpen;

// Opens the cells between two places where a drawing of that width has room for their marks, and closes the others.
export function openCells(cells, [from, to], width) {
  for (const cell of cells) {
    const isRoomy = (cell.to - cell.from) * width > Math.max(cell.marks.length / rows, 1) * room;
    if (cell.isOpen !== (isRoomy && cell.to > from && cell.from < to)) turn(cell);
  }
}

function turn(cell) {
  const isFocused = cell.element.contains(document.activeElement);
  cell.isOpen = !cell.isOpen;
  if (cell.isOpen) cell.marks.forEach(writeMark);
  cell.element.classList.toggle("is-open", cell.isOpen);
  if (!isFocused) return;
  const next = cell.isOpen ? cell.marks.find(({ regarded }) => regarded)?.element : cell.column;
  next?.focus({ preventScroll: true });
}

// Lets the columns count what is selected, as it was regarded.
export function countCells(cells) {
  for (const { column, name, bars, marks, floor, unit } of cells) {
    const counted = marks.filter(({ regarded, isOut }) => regarded && !isOut);
    let y = floor;
    for (const { bar, word } of bars) {
      const height = unit * counted.filter(({ regarded }) => regarded.word === word).length;
      y -= height;
      bar.setAttribute("y", y);
      bar.setAttribute("height", height);
    }
    column.setAttribute("aria-label", `${name}: ${count(counted.length, "event")}`);
    column.toggleAttribute("hidden", counted.length === 0);
  }
}
