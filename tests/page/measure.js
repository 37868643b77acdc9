// Measures pages in frames: what is wider than its window, what overlaps or runs out of its chart, what is too pale.
function parse(color) { const n = color.match(/[\d.]+/g).map(Number); return { rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 }; }
function luminance(rgb) { return rgb.map(c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }).reduce((s, c, i) => s + c * [0.2126, 0.7152, 0.0722][i], 0); }
function contrast(a, b) { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); }
function mix(over, alpha, under) { return over.map((c, i) => c * alpha + under[i] * (1 - alpha)); }
function shown(e) { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; }
function look(frame) {
  const d = frame.contentDocument, w = frame.contentWindow, name = frame.dataset.name, out = [];
  const say = text => out.push(name + ": " + text);
  d.querySelectorAll("details").forEach(e => { e.open = true; });
  if (d.documentElement.scrollWidth > w.innerWidth) say("wider than its window: " + d.documentElement.scrollWidth + " > " + w.innerWidth);
  const paper = parse(w.getComputedStyle(d.body).backgroundColor).rgb;
  for (const e of d.querySelectorAll("p,li,a,b,th,td,h1,h2,h3,dt,dd,summary,.known")) {
    if (!shown(e) || !e.textContent.trim() || e.classList.contains("skip")) continue;
    let ground = paper;
    for (let at = e; at; at = at.parentElement) { const c = parse(w.getComputedStyle(at).backgroundColor); if (c.a > 0) { ground = c.rgb; break; } }
    const ratio = contrast(parse(w.getComputedStyle(e).color).rgb, ground);
    if (ratio < 4.5) say("pale (" + ratio.toFixed(2) + "): " + e.textContent.slice(0, 40));
    if (!e.closest(".scroll")) { const r = e.getBoundingClientRect(); if (r.right > w.innerWidth + 1 || r.left < -1) say("cut: " + e.textContent.slice(0, 40)); }
  }
  let charts = 0;
  for (const svg of d.querySelectorAll("svg.wide,svg.narrow")) {
    if (!shown(svg)) continue;
    charts++;
    const f = svg.getBoundingClientRect(), id = svg.closest("figure").id;
    const texts = [...svg.querySelectorAll("text")].filter(e => e.textContent.trim());
    const marks = [...svg.querySelectorAll("rect,circle,polyline,polygon,line")];
    if (!marks.length) say(id + " is empty");
    for (const e of [...texts, ...marks]) {
      const r = e.getBoundingClientRect();
      if (r.left < f.left - 1.5 || r.right > f.right + 1.5 || r.top < f.top - 1.5 || r.bottom > f.bottom + 1.5) say(id + " runs out of its frame: " + e.tagName + " " + e.textContent);
    }
    const boxes = texts.map(e => e.getBoundingClientRect());
    for (let a = 0; a < boxes.length; a++) {
      for (let b = a + 1; b < boxes.length; b++) {
        const across = Math.min(boxes[a].right, boxes[b].right) - Math.max(boxes[a].left, boxes[b].left);
        const down = Math.min(boxes[a].bottom, boxes[b].bottom) - Math.max(boxes[a].top, boxes[b].top);
        if (across > 1 && down > 4) say(id + " overlaps: " + texts[a].textContent + " / " + texts[b].textContent);
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
  if (d.querySelectorAll("figure").length && !charts) say("no chart is shown");
  return out;
}
addEventListener("load", () => {
  const out = [...document.querySelectorAll("iframe")].flatMap(look);
  document.querySelectorAll("iframe").forEach(e => e.remove());
  document.getElementById("told").textContent = ["measured", ...out].join("\n");
});
