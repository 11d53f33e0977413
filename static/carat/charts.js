// Draws what analytics/charts.py describes, in the page's own colours; the tables beside hold the numbers.
"use strict";

(() => {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement("i");
  document.body.append(probe);
  const colour = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const ink = colour("--tblr-body-color"), soft = colour("--tblr-border-color"), quiet = colour("--tblr-secondary");
  const palette = [colour("--tblr-primary"), colour("--carat-gold")];
  probe.remove();
  const russian = document.documentElement.lang === "ru";
  const number = (value) => value.toLocaleString(russian ? "ru-RU" : "en-GB").replaceAll(russian ? "\u00a0" : ",", "\u00a0");
  const short = (value) => value >= 1e6 ? `${number(Math.round(value / 1e5) / 10)} ${russian ? "млн" : "m"}` : number(value);
  const text = { color: ink, fontFamily: style.getPropertyValue("--tblr-font-sans-serif"), fontSize: 13 };
  const base = {
    textStyle: text, color: palette, animation: false, aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    tooltip: { renderMode: "richText", trigger: "axis", confine: true },
  };
  const plainAxis = { axisLine: { lineStyle: { color: soft } }, axisTick: { show: false }, axisLabel: text, splitLine: { lineStyle: { color: soft } } };
  const legend = { top: 0, textStyle: text, itemWidth: 14, itemHeight: 14 };
  const narrow = window.innerWidth < 640;

  const kinds = {
    shares: (chart) => ({
      ...base, legend, grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      xAxis: { type: "value", max: 100, show: false }, yAxis: { type: "category", inverse: true, data: chart.rows, ...plainAxis },
      series: chart.series.map((one, at) => ({
        ...one, type: "bar", stack: "all", barWidth: 38,
        label: { show: true, formatter: (p) => (p.value >= 8 ? `${number(p.value)} %` : ""), color: at ? "#1f1d24" : colourOn(palette[0]), fontWeight: 600, backgroundColor: at ? palette[1] : palette[0], padding: [2, 4], borderRadius: 3 },
      })),
    }),
    bars: (chart) => ({
      ...base, grid: { left: 8, right: 96, top: 12, bottom: 8, containLabel: true },
      xAxis: { type: "value", show: false }, yAxis: { type: "category", inverse: true, data: chart.rows, ...plainAxis },
      series: [{ type: "bar", barWidth: 38, data: chart.data.map((value, at) => ({ value, itemStyle: { color: palette[at] } })), label: { show: true, position: "right", formatter: (p) => `${number(p.value)} ₽`, ...text, fontWeight: 600 } }],
    }),
    months: (chart) => ({
      ...base, legend, grid: { left: 8, right: 8, top: 44, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: chart.rows, ...plainAxis, axisLabel: { ...text, rotate: narrow ? 60 : 0, interval: 0, fontSize: narrow ? 11 : 12 } },
      yAxis: [{ type: "value", ...plainAxis, axisLabel: { ...text, formatter: short } }, { type: "value", min: 0, max: 100, ...plainAxis, splitLine: { show: false }, axisLabel: { ...text, formatter: "{value} %" } }],
      series: [
        ...chart.series.map((one) => ({ ...one, type: "bar", stack: "all", barMaxWidth: 42 })),
        { ...chart.line, type: "line", yAxisIndex: 1, symbolSize: 7, lineStyle: { color: ink, width: 2 }, itemStyle: { color: ink } },
      ],
    }),
  };
  function colourOn(background) {
    const [r, g, b] = (background.match(/[\d.]+/g) || []).map(Number);
    const scale = background.startsWith("rgb") ? 255 : 1;
    return (0.299 * r + 0.587 * g + 0.114 * b) / scale > 0.6 ? "#1f1d24" : "#fff";
  }
  const charts = JSON.parse(document.getElementById("charts").textContent);
  for (const box of document.querySelectorAll("[data-chart]")) {
    const chart = charts[box.dataset.chart];
    const drawn = echarts.init(box, null, { renderer: "canvas" });
    drawn.setOption(kinds[chart.kind](chart));
    window.addEventListener("resize", () => drawn.resize());
  }
})();
