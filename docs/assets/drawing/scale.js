// Days on the line of the drawing: where a day stands, which day stands somewhere, and what is written on the ruler.

const day = 86400000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const namespace = "http://www.w3.org/2000/svg";

// Takes the first and the last day of the drawing. A place is a part of its width, from 0 to 1.
export function makeScale(first, last) {
  const start = Date.parse(first);
  const length = Date.parse(last) + day - start;
  return {
    days: length / day,
    placeOf: (time) => (time - start) / length,
    timeAt: (place) => start + Math.min(Math.max(place, 0), 1) * length,
    dayAt: (place) => new Date(Math.min(start + Math.max(place, 0) * length, start + length - 1)).toISOString().slice(0, 10),
  };
}

// Makes an SVG element; numbers and texts as attributes, at most one text inside.
export function draw(tag, attributes, text = "") {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

// The days of the ruler between two places, as far apart as leaves room for their labels.
export function* ticksBetween(scale, from, to, width) {
  const perDay = width / scale.days;
  const step = perDay > 34 ? 1 : perDay > 6.5 ? 7 : 0;
  const apart = step ? 1 : [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((some) => some * 30.4 * perDay >= 46) ?? 2400;
  const begin = new Date(scale.timeAt(from));
  const end = scale.timeAt(to);
  let number = begin.getUTCFullYear() * 12 + begin.getUTCMonth();
  for (number -= number % apart; timeOf(number) <= end; number += apart) {
    const time = timeOf(number);
    yield { time, isMajor: number % 12 === 0, label: nameOf(number, step) };
    if (step) yield* daysIn(time, timeOf(number + 1), step);
  }
}

function* daysIn(month, next, step) {
  for (let date = 1 + step; month + (date - 1) * day < next - (step > 1 ? 3 * day : 0); date += step) {
    yield { time: month + (date - 1) * day, isMajor: false, label: String(date) };
  }
}

const timeOf = (number) => new Date(0).setUTCFullYear(Math.floor(number / 12), number % 12, 1);

function nameOf(number, step) {
  const year = Math.floor(number / 12);
  if (number % 12 === 0 && !step) return String(year);
  return step ? `${months[number % 12]} ${year}` : months[number % 12];
}
