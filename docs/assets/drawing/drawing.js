// The drawing over the timeline, brought to life: zoom, pan, go from mark to mark, choose a stretch of time.
//
// It is as wide as the zoom makes it and its box scrolls, so touch, trackpad and scroll bar pan it by themselves.
// A chosen stretch is asked for by `timeline:stretch`; what is selected, here or in the filters, is told by
// `timeline:selection`. Without scripts the drawing is the same at its first size, and every mark is a link.

import { countCells, findCells, isOpen, openCells } from "./cells.js";
import { draw, makeScale, ticksBetween } from "./scale.js";
import { followKeys } from "./keys.js";
import { findMarks, followSelection, writeMark } from "./marks.js";
import { nameMarks } from "./names.js";
import { sayDay } from "../timeline/state.js";
import "./tip.js";

const figure = document.querySelector(".drawing");
const box = figure.querySelector(".drawing-box");
const plane = figure.querySelector(".drawing-plane");
const ruler = figure.querySelector(".drawing-ruler");
const marks = findMarks(plane);
const cells = findCells(plane, marks);
const scale = makeScale(figure.dataset.first, figure.dataset.last);
const stretch = draw("rect", { class: "stretch", height: "100%", hidden: "" });
const fine = draw("g", { class: "drawing-fine" });
const widestDay = 40; // pixels
let zoom = 1;
let frame = 0;
let pause = 0;

const firstWidth = () => Math.max(box.clientWidth, 1080);
const placeOf = (x) => (x - plane.getBoundingClientRect().left) / plane.clientWidth;

// Sets the zoom; what stands at `x`, a distance from the left edge of the box, stays there.
function setZoom(wanted, x = box.clientWidth / 2) {
  const place = (box.scrollLeft + x) / plane.clientWidth;
  const most = Math.max(widestDay * scale.days / firstWidth(), 1);
  zoom = Math.min(Math.max(wanted, box.clientWidth / firstWidth()), most);
  box.style.setProperty("--zoom", zoom);
  figure.classList.toggle("is-small", zoom < 0.85);
  box.scrollLeft = place * plane.clientWidth - x;
  renew();
}

function renew() {
  cancelAnimationFrame(frame);
  if (!box.clientWidth) return; // not shown: a dossier is being printed
  frame = requestAnimationFrame(() => {
    const [from, to] = inView();
    openCells(cells, [2 * from - to, 2 * to - from], plane.clientWidth); // and one screen to either side, for the arrow keys
    writeRuler(from, to);
    tools.span.textContent = [from, to - 1e-9].map((place) => sayDay(scale.dayAt(place), true)).join(" – ");
    tools.whole.disabled = zoom === 1;
  });
  clearTimeout(pause);
  pause = setTimeout(() => nameMarks(marks.map(({ element }) => element), box, zoom > 1.01), 150); // measured once the drawing stands still
}

const inView = () => [box.scrollLeft / plane.clientWidth, Math.min((box.scrollLeft + box.clientWidth) / plane.clientWidth, 1)];

function writeRuler(from, to) {
  const height = plane.getAttribute("height");
  fine.replaceChildren(...[...ticksBetween(scale, from - 0.02, to, plane.clientWidth)].flatMap(({ time, isMajor, label }) => {
    const x = `${scale.placeOf(time) * 100}%`;
    const kind = isMajor ? "tick tick--major" : "tick";
    return scale.placeOf(time) < 0 ? [] :
      [draw("line", { class: kind, x1: x, x2: x, y1: 0, y2: height }), draw("text", { x, dx: 4, y: 15 }, label)];
  }));
}

// What a reader does with a mouse: over the ruler it chooses a stretch, over the rest it pans. A finger pans by itself.
function followPointer() {
  let start = null;
  let hasMoved = false;
  const chosen = ({ clientX }) => [start.place, placeOf(clientX)].sort((one, other) => one - other);
  box.addEventListener("pointerdown", (event) => {
    const isChoosing = ruler.contains(event.target);
    hasMoved = false;
    if (event.button !== 0 || (event.pointerType === "touch" && !isChoosing)) return;
    start = { x: event.clientX, left: box.scrollLeft, place: placeOf(event.clientX), isChoosing };
  });
  box.addEventListener("pointermove", (event) => {
    if (!start || (!hasMoved && Math.abs(event.clientX - start.x) < 5)) return;
    if (!hasMoved) box.setPointerCapture(event.pointerId);
    hasMoved = true;
    if (start.isChoosing) showStretch(...chosen(event));
    else box.scrollLeft = start.left + start.x - event.clientX;
  });
  box.addEventListener("pointerup", (event) => {
    if (start?.isChoosing && hasMoved) choose(...chosen(event));
    start = null;
  });
  box.addEventListener("pointercancel", () => (start = null));
  // The click that ends a drag opens nothing; one that was made by a key (it has no detail) does.
  box.addEventListener("click", (event) => hasMoved && event.detail > 0 && event.preventDefault(), { capture: true });
  box.addEventListener("dragstart", (event) => event.preventDefault());
}

function followWheel() {
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    setZoom(zoom * 2 ** (-event.deltaY / 200), event.clientX - box.getBoundingClientRect().left);
  }, { passive: false });
}

function followPinch() {
  let apart = 0;
  const spread = ({ touches: [one, other] }) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  box.addEventListener("touchstart", (event) => (apart = event.touches.length === 2 ? spread(event) : 0), { passive: true });
  box.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !apart) return;
    event.preventDefault();
    const [one, other] = event.touches;
    setZoom(zoom * spread(event) / apart, (one.clientX + other.clientX) / 2 - box.getBoundingClientRect().left);
    apart = spread(event);
  }, { passive: false });
}

function choose(from, to) {
  const isAll = from <= 0 && to >= 1;
  const detail = isAll ? { from: "", to: "" } : { from: scale.dayAt(from), to: scale.dayAt(to - 1e-9) };
  document.dispatchEvent(new CustomEvent("timeline:stretch", { detail }));
}

function showStretch(from, to) {
  stretch.removeAttribute("hidden");
  stretch.setAttribute("x", `${Math.max(from, 0) * 100}%`);
  stretch.setAttribute("width", `${(Math.min(to, 1) - Math.max(from, 0)) * 100}%`);
}

// Follows what is selected: other marks step back, what was not yet public on the day is gone, and the rest is drawn as
// it was regarded.
function showSelection({ detail }) {
  followSelection(marks, detail);
  for (const mark of marks) if (isOpen(mark)) writeMark(mark);
  countCells(cells);
  const { from, to } = detail.state;
  tools.all.hidden = !from && !to;
  if (tools.all.hidden) stretch.setAttribute("hidden", "");
  else showStretch(from ? scale.placeOf(Date.parse(from)) : 0, to ? scale.placeOf(Date.parse(to) + 86400000) : 1);
}

function makeTools() {
  const bar = Object.assign(document.createElement("div"), { className: "drawing-tools" });
  const add = (words, label, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    if (label) button.ariaLabel = label;
    button.addEventListener("click", act);
    bar.append(button);
    return button;
  };
  add("−", "Zoom out", () => setZoom(zoom / 1.6));
  add("+", "Zoom in", () => setZoom(zoom * 1.6));
  const whole = add("Whole", "Show the whole drawing", () => setZoom(1));
  const span = Object.assign(document.createElement("span"), { className: "drawing-span" });
  bar.append(span);
  add("List what is in view", "", () => choose(...inView()));
  const all = add("List the whole time", "", () => choose(0, 1));
  all.hidden = true;
  figure.querySelector(".drawing-frame").before(bar);
  figure.querySelector(".legend").append(Object.assign(document.createElement("span"), {
    className: "drawing-hint",
    textContent: "Zoom with + and −, by pinching, or with Ctrl and the wheel. Drag to move; drag along the months to list a stretch.",
  }));
  return { whole, span, all };
}

const tools = makeTools();
plane.insertBefore(stretch, ruler);
ruler.querySelectorAll("line, text").forEach((part) => part.remove());
ruler.append(fine);
followPointer();
followWheel();
followPinch();
followKeys(box, { zoomIn: () => setZoom(zoom * 1.6), zoomOut: () => setZoom(zoom / 1.6), whole: () => setZoom(1) });
box.addEventListener("scroll", renew, { passive: true });
new ResizeObserver(renew).observe(box);
document.addEventListener("timeline:selection", showSelection);
