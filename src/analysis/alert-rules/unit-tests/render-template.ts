import type {Labels} from '../rule.ts';

/**
 * What Prometheus makes of an annotation, of the templates that our rules use: `$labels.NAME`, braces as `"{{"`, and `$value` through `humanize`, `humanizePercentage` or
 * `humanizeDuration`.
 * @throws RangeError for any other template
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
export const renderTemplate = (text: string, labels: Labels, value: number): string =>
	text.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, inside: string) => {
		if (inside === '"{{"') return '{{';
		const label = /^\$labels\.(\w+)$/.exec(inside)?.[1];
		if (label !== undefined) return labels[label] ?? '';
		const write = writers[inside.replace(/\s*\|\s*/, ' | ')];
		if (write === undefined) throw new RangeError(`no template of ours: {{ ${inside} }}`);
		return write(value);
	});

const writers: {readonly [template: string]: (value: number) => string} = {
	'$value | humanize': humanize,
	'$value | humanizePercentage': value => `${short(value * 100)}%`,
	'$value | humanizeDuration': humanizeDuration,
};

/** `%.4g` of Go and C: four digits, without zeros at the end. */
const short = (value: number) => {
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
	const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(value.toPrecision(4)))));
	if (exponent >= -4 && exponent < 4) return `${Number(value.toPrecision(4))}`;
	const [digits, power = '0'] = value.toExponential(3).split('e');
	const sign = power.startsWith('-') ? '-' : '+';
	return `${Number(digits)}e${sign}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
};

function humanize(value: number): string {
	if (value === 0 || !Number.isFinite(value)) return short(value);
	const isLarge = Math.abs(value) >= 1;
	let left = value;
	let prefix = '';
	for (const next of isLarge ? ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'] : ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']) {
		if (isLarge ? Math.abs(left) < 1000 : Math.abs(left) >= 1) break;
		prefix = next;
		left = isLarge ? left / 1000 : left * 1000;
	}
	return `${short(left)}${prefix}`;
}

function humanizeDuration(value: number): string {
	if (!Number.isFinite(value)) return short(value);
	if (value === 0) return '0s';
	if (Math.abs(value) < 1) return `${humanize(value)}s`;
	const sign = value < 0 ? '-' : '';
	const whole = Math.trunc(Math.abs(value));
	const [days, hours, minutes] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
	if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${whole % 60}s`;
	if (hours > 0) return `${sign}${hours}h ${minutes}m ${whole % 60}s`;
	if (minutes > 0) return `${sign}${minutes}m ${whole % 60}s`;
	return `${sign}${short(Math.abs(value))}s`;
}
