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
  const money = (unit) => (value) => `${short(value)}${unit ? ` ${unit}` : ""}`;
  const shades = [palette[0], palette[1], ink, quiet];
  const marks = ["circle", "rect", "triangle", "diamond"];
  Object.assign(kinds, {
    // Horizontal bars, one on top of another where there are several series; the sum stands at the end.
    stack: (chart) => ({
      ...base, legend: chart.series.length > 1 ? legend : undefined,
      grid: { left: 8, right: 92, top: chart.series.length > 1 ? 36 : 8, bottom: 8, containLabel: true },
      tooltip: { ...base.tooltip, axisPointer: { type: "shadow" }, valueFormatter: money(chart.unit) },
      xAxis: { type: "value", show: false }, yAxis: { type: "category", inverse: true, data: chart.rows, ...plainAxis, axisLabel: { ...text, width: narrow ? 110 : 190, overflow: "truncate" } },
      series: chart.series.map((one, at) => ({
        ...one, type: "bar", stack: "all", barMaxWidth: 26, itemStyle: { color: palette[at] },
        label: at === chart.series.length - 1 ? {
          show: true, position: "right", ...text, fontWeight: 600,
          formatter: (p) => money(chart.unit)(chart.series.reduce((all, series) => all + (series.data[p.dataIndex] || 0), 0)),
        } : undefined,
      })),
    }),
    lines: (chart) => ({
      ...base, color: shades, legend, grid: { left: 8, right: 24, top: 40, bottom: 28, containLabel: true },
      tooltip: { ...base.tooltip, valueFormatter: (value) => (value === undefined ? "–" : money(chart.unit)(value)) },
      xAxis: { type: "category", data: chart.rows, name: chart.axis, nameLocation: "middle", nameGap: 28, nameTextStyle: text, ...plainAxis },
      yAxis: { type: "value", min: 0, ...plainAxis, axisLabel: { ...text, formatter: money(chart.unit) } },
      series: chart.series.map((one, at) => ({ ...one, type: "line", symbol: marks[at % 4], symbolSize: 6, showSymbol: chart.rows.length < 20, lineStyle: { width: 2, type: ["solid", "dashed", "dotted", "solid"][at % 4] } })),
    }),
    pairs: (chart) => ({
      ...base, legend: chart.series.length > 1 ? legend : undefined, grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: chart.rows, ...plainAxis, axisLabel: { ...text, fontSize: 12, rotate: narrow ? 60 : 0 } },
      yAxis: { type: "value", minInterval: 1, ...plainAxis, axisLabel: { ...text, formatter: short } },
      series: chart.series.map((one) => ({ ...one, type: "bar", barMaxWidth: 22 })),
    }),
    // A value and the bounds of its interval.
    intervals: (chart) => ({
      ...base, grid: { left: 8, right: 16, top: 24, bottom: 28, containLabel: true },
      tooltip: { ...base.tooltip, formatter: ([p]) => { const [value, low, high] = chart.data[p.dataIndex]; return `${p.name}: ${number(value)} % (${number(low)}–${number(high)})`; } },
      xAxis: { type: "category", data: chart.rows, name: chart.axis, nameLocation: "middle", nameGap: 28, nameTextStyle: text, ...plainAxis },
      yAxis: { type: "value", min: 0, max: 100, ...plainAxis, axisLabel: { ...text, formatter: "{value} %" } },
      series: [
        { type: "bar", barMaxWidth: 44, data: chart.data.map((row) => row[0]), label: { show: true, position: "insideBottom", formatter: (p) => `${number(Math.round(p.value))} %`, color: colourOn(palette[0]), fontWeight: 600 } },
        ...[1, 2].map((bound) => ({ type: "scatter", symbol: "rect", symbolSize: [18, 2], itemStyle: { color: ink }, data: chart.data.map((row) => row[bound]), tooltip: { show: false } })),
      ],
    }),
    curve: (chart) => ({
      ...base, grid: { left: 8, right: 24, top: 16, bottom: 28, containLabel: true },
      tooltip: { ...base.tooltip, formatter: ([p]) => `${number(p.value[0])} % → ${number(p.value[1])} %` },
      xAxis: { type: "value", min: 0, max: 100, name: chart.axis, nameLocation: "middle", nameGap: 28, nameTextStyle: text, ...plainAxis, axisLabel: { ...text, formatter: "{value} %" } },
      yAxis: { type: "value", min: 0, max: 100, ...plainAxis, axisLabel: { ...text, formatter: "{value} %" } },
      series: [
        { name: chart.name, type: "line", data: chart.points, showSymbol: false, lineStyle: { width: 2.5 }, areaStyle: { opacity: 0.12 } },
        { type: "line", data: [[0, 0], [100, 100]], showSymbol: false, silent: true, lineStyle: { color: quiet, type: "dashed", width: 1 } },
      ],
    }),
  });
  function colourOn(background) {
    const [r, g, b] = (background.match(/[\d.]+/g) || []).map(Number);
    const scale = background.startsWith("rgb") ? 255 : 1;
    return (0.299 * r + 0.587 * g + 0.114 * b) / scale > 0.6 ? "#1f1d24" : "#fff";
  }
  const charts = JSON.parse(document.getElementById("charts").textContent);
  for (const box of document.querySelectorAll("[data-chart]")) {
    const chart = charts[box.dataset.chart];
    if (chart.kind === "stack") box.style.height = `${Math.max(120, chart.rows.length * 36 + 48)}px`;
    const drawn = echarts.init(box, null, { renderer: "canvas" });
    drawn.setOption(kinds[chart.kind](chart));
    window.addEventListener("resize", () => drawn.resize());
  }
})();
