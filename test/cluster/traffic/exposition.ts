import type {Labels, SeriesSource} from '../../../src/sandbox/traffic/series.ts';

const histogramPart = /_(?:bucket|sum|count)$/;

/**
 * What can be measured at a moment, in Prometheus' text format. `up` is left out: a scraper makes its own.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function exposition(source: SeriesSource, nowMs: number): string {
	const families = new Map<string, string[]>();
	const names = new Set<string>();
	for (const {labels, from, until, at} of source(() => true)) {
		const {__name__: name = '', ...rest} = labels;
		if (name === 'up' || nowMs < from || nowMs > until) continue;
		names.add(name);
		const lines = families.get(name) ?? [];
		lines.push(`${name}${labelText(rest)} ${at(nowMs)}`);
		families.set(name, lines);
	}
	const isHistogram = (name: string) => histogramPart.test(name) && names.has(name.replace(histogramPart, '_bucket'));
	const typeOf = (name: string) => (name.endsWith('_total') ? 'counter' : 'gauge');
	const bases = Map.groupBy(names, name => (isHistogram(name) ? name.replace(histogramPart, '') : name));
	const sections = [...bases].map(([base, members]) => {
		const type = members.some(isHistogram) ? 'histogram' : typeOf(base);
		return [`# TYPE ${base} ${type}`, ...members.flatMap(name => families.get(name) ?? [])].join('\n');
	});
	return `${sections.join('\n')}\n`;
}

const escapes: Readonly<Record<string, string>> = {'\\': '\\\\', '"': '\\"', '\n': '\\n'};

function labelText(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, found => escapes[found] ?? found)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
