// The drawing by keyboard: one stop of the Tab key, arrows from mark to mark, + − 0 for the zoom.

const zooms = { "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", _: "zoomOut", 0: "whole" };

// Takes the box, and what the keys of the zoom do. The marks of each lane, and its columns, stand in the order of time.
export function followKeys(box, actions) {
  const lanes = [...box.querySelectorAll(".lane")].map((lane) => [...lane.querySelectorAll("a")]);
  const marks = lanes.flat();
  for (const mark of marks) mark.setAttribute("tabindex", "-1");
  box.tabIndex = 0;
  box.role = "group";
  box.ariaLabel = "Drawing of the timeline. Arrow keys go from mark to mark, Enter opens one, plus and minus zoom, 0 shows the whole.";
  let last = null;

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const mark = event.target.closest(".lane a");
    if (zooms[event.key]) actions[zooms[event.key]]();
    else if (event.key.startsWith("Arrow")) last = go(mark ?? null, event.key.slice(5)) ?? last;
    else if (event.key === "Escape" && mark) box.focus({ preventScroll: true });
    else return;
    event.preventDefault();
    mark?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  function go(mark, way) {
    const next = mark ? neighbour(mark, way) : last && isShown(last) ? last : null;
    const target = next ?? (mark ? null : marks.find(isShown));
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest", inline: "center" });
    return target;
  }

  function neighbour(mark, way) {
    const number = lanes.findIndex((lane) => lane.includes(mark));
    if (way === "Left") return before(lanes[number].filter(isShown), mark);
    if (way === "Right") return before(lanes[number].filter(isShown).reverse(), mark);
    const others = (way === "Up" ? lanes.slice(0, number).reverse() : lanes.slice(number + 1)).map((lane) => lane.filter(isShown));
    return nearest(others.find((lane) => lane.length) ?? [], mark);
  }
}

const isShown = (mark) => mark.checkVisibility();
const placeOf = (mark) => Number.parseFloat(mark.querySelector(".sign")?.getAttribute("cx") ?? mark.firstChild.getAttribute("x"));

function before(marks, mark) {
  return marks[marks.indexOf(mark) - 1];
}

function nearest(marks, mark) {
  const place = placeOf(mark);
  return marks.toSorted((one, other) => Math.abs(placeOf(one) - place) - Math.abs(placeOf(other) - place))[0];
}
