const unitMs: {readonly [unit: string]: number} = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000,
};

/** Milliseconds of a duration as Prometheus writes it (`1h30m`, `4d`), or of a number of seconds; undefined for what is computed. */
export function durationMs(text: string): number | undefined {
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
	return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitMs[unit] ?? 0), 0);
}

/** The other way: `durationText(5_400_000)` is `1h30m`. */
export function durationText(ms: number): string {
	let left = Math.round(ms);
	let text = '';
	for (const unit of ['d', 'h', 'm', 's', 'ms']) {
		const each = unitMs[unit] ?? 1;
		const amount = Math.floor(left / each);
		left -= amount * each;
		if (amount > 0) text += `${amount}${unit}`;
	}
	return text === '' ? '0s' : text;
}
