// Measures pages in frames: what is wider than its window, what overlaps, is cut or runs out, what is too pale.
function parse(color) { const n = color.match(/[\d.]+/g).map(Number); return { rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 }; }
function luminance(rgb) { return rgb.map(c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }).reduce((s, c, i) => s + c * [0.2126, 0.7152, 0.0722][i], 0); }
function contrast(a, b) { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); }
function mix(over, alpha, under) { return over.map((c, i) => c * alpha + under[i] * (1 - alpha)); }
function shown(e) { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; }
function short(text) { return text.trim().slice(0, 40); }
// What is left of a box within another one; neither has to have an area.
function within(r, clip) { return { left: Math.max(r.left, clip.left), right: Math.min(r.right, clip.right), top: Math.max(r.top, clip.top), bottom: Math.min(r.bottom, clip.bottom) }; }
function look(frame) {
  const d = frame.contentDocument, w = frame.contentWindow, name = frame.dataset.name, out = [];
  const say = text => out.push(name + ": " + text);
  d.querySelectorAll("details").forEach(e => { e.open = true; });
  if (d.documentElement.scrollWidth > w.innerWidth) say("wider than its window: " + d.documentElement.scrollWidth + " > " + w.innerWidth);
  const paper = parse(w.getComputedStyle(d.body).backgroundColor).rgb;
  words(d, w, paper, say);
  let charts = 0;
  for (const figure of d.querySelectorAll("figure")) {
    const drawn = [...figure.querySelectorAll("svg")], seen = drawn.filter(shown);
    if (drawn.length && seen.length !== 1) say(figure.id + " shows " + seen.length + " charts");
    for (const svg of seen) { charts++; chart(svg, figure.id, w, paper, say); }
  }
  if (d.querySelectorAll("figure").length && !charts) say("no chart is shown");
  if (name.endsWith(" on paper")) sheets(d, w, say);
  else if (name.includes("-demo-") && w.innerWidth >= 1280) roomy(d, say);
  return out;
}
// What a break between two sheets would tear: charts and rows stay whole, and none is taller than an A4 sheet between
// margins of 16 mm.
function sheets(d, w, say) {
  const tallest = (297 - 2 * 16) / 25.4 * 96;
  for (const e of d.querySelectorAll("figure svg,tr")) {
    if (!shown(e)) continue;
    const what = (e.closest("figure") || e).id + " " + e.tagName + " " + short(e.textContent), height = e.getBoundingClientRect().height;
    if (w.getComputedStyle(e).breakInside !== "avoid") say("may be torn: " + what);
    if (height > tallest) say("taller than a sheet: " + what);
  }
}
// Tables that have to be pushed aside at a desk: none but the folded numbers of a chart.
function roomy(d, say) {
  for (const e of d.querySelectorAll(".scroll")) {
    if (shown(e) && !e.closest("figure") && e.scrollWidth > e.clientWidth + 1) say("scrolls sideways: " + e.getAttribute("aria-label"));
  }
}
// The text of a page but for its charts.
function words(d, w, paper, say) {
  const all = { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 }, clips = new Map();
  // Where an element can be seen: not beyond what scrolls or cuts around it.
  function clip(e) {
    if (!e || e === d.body || e === d.documentElement) return all;
    if (!clips.has(e)) {
      const outer = clip(e.parentElement);
      clips.set(e, w.getComputedStyle(e).overflow === "visible" ? outer : within(e.getBoundingClientRect(), outer));
    }
    return clips.get(e);
  }
  for (const e of d.body.querySelectorAll(":not(svg,svg *)")) {
    const s = w.getComputedStyle(e), hides = how => how === "hidden" || how === "clip";
    const across = hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1, down = hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1;
    if (shown(e) && e.textContent.trim() && (across || down)) say("cut off: " + short(e.textContent));
  }
  const boxes = [], walker = d.createTreeWalker(d.body, NodeFilter.SHOW_TEXT), range = d.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("svg,script,style,.skip") || w.getComputedStyle(e).visibility === "hidden") continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(r => r.width > 0 && r.height > 0);
    if (!rects.length) continue;
    let ground = paper;
    for (let at = e; at; at = at.parentElement) { const c = parse(w.getComputedStyle(at).backgroundColor); if (c.a > 0) { ground = c.rgb; break; } }
    const ratio = contrast(parse(w.getComputedStyle(e).color).rgb, ground);
    if (ratio < 4.5) say("pale (" + ratio.toFixed(2) + "): " + short(node.data));
    let block = e;
    while (w.getComputedStyle(block).display === "inline") block = block.parentElement;
    const room = block.getBoundingClientRect();
    for (const r of rects) {
      if (r.right > room.right + 2 || r.left < room.left - 2) say("runs out of its box: " + short(node.data));
      const box = within(r, clip(e));
      if (box.right - box.left <= 0 || box.bottom - box.top <= 0) continue;
      if (box.right > w.innerWidth + 1 || box.left < -1) say("cut: " + short(node.data));
      boxes.push({ node, ...box });
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom - 2; next++) {
      const other = boxes[next], shared = within(one, other);
      if (one.node !== other.node && shared.right - shared.left > 2 && shared.bottom - shared.top > 2) say("overlaps: " + short(one.node.data) + " / " + short(other.node.data));
    }
  });
}
function chart(svg, id, w, paper, say) {
  const f = svg.getBoundingClientRect();
  if (f.left < -1 || f.right > w.innerWidth + 1) say(id + " leaves the page");
  const texts = [...svg.querySelectorAll("text")].filter(e => e.textContent.trim());
  const marks = [...svg.querySelectorAll("rect,circle,polyline,polygon,path,line")].filter(e => !e.closest("defs"));
  // Lines alone are axes; what has no extent or no paint shows nothing.
  const drawn = marks.filter(e => {
    const r = e.getBoundingClientRect(), s = w.getComputedStyle(e);
    return e.tagName !== "line" && Math.max(r.width, r.height) > 0.5 && (s.fill !== "none" || s.stroke !== "none");
  });
  if (!drawn.length) say(id + " is empty");
  for (const e of [...texts, ...marks]) {
    const r = e.getBoundingClientRect();
    if (r.left < f.left - 1.5 || r.right > f.right + 1.5 || r.top < f.top - 1.5 || r.bottom > f.bottom + 1.5) say(id + " runs out of its frame: " + e.tagName + " " + e.textContent);
  }
  const boxes = texts.map(e => e.getBoundingClientRect());
  for (let a = 0; a < boxes.length; a++) {
    for (let b = a + 1; b < boxes.length; b++) {
      const shared = within(boxes[a], boxes[b]);
      if (shared.right - shared.left > 1 && shared.bottom - shared.top > 4) say(id + " overlaps: " + texts[a].textContent + " / " + texts[b].textContent);
    }
    const own = parse(w.getComputedStyle(texts[a]).fill).rgb;
    let ground = paper;
    for (const m of svg.querySelectorAll("rect")) {
      const r = m.getBoundingClientRect(), t = boxes[a], x = (t.left + t.right) / 2, y = (t.top + t.bottom) / 2;
      const s = w.getComputedStyle(m);
      if (r.left <= x && x <= r.right && r.top <= y && y <= r.bottom && s.fill.startsWith("rgb")) ground = mix(parse(s.fill).rgb, Number(s.fillOpacity), ground);
    }
    const ratio = contrast(own, ground);
    if (ratio < 4.5) say(id + " pale (" + ratio.toFixed(2) + "): " + texts[a].textContent);
  }
}
addEventListener("load", () => {
  const out = [...document.querySelectorAll("iframe")].flatMap(look);
  document.querySelectorAll("iframe").forEach(e => e.remove());
  document.getElementById("told").textContent = ["measured", ...out].join("\n");
});
