/** One series of a rule's expression over the past: the times at which it gave a sample, in milliseconds, rising. Values do not matter to an alert. */
export type PastSeries = {readonly labels: {readonly [name: string]: string}; readonly atMs: Iterable<number>};

/** How a rule is evaluated, in milliseconds. */
export type Evaluation = {
	readonly fromMs: number;
	readonly toMs: number;
	readonly intervalMs: number;
	readonly forMs: number;
	readonly keepFiringMs: number;
};

/** A time during which an alert fired; `toMs` is the evaluation at which it ended, or undefined where it still fires at the end. */
export type Firing = {readonly labels: PastSeries['labels']; readonly fromMs: number; readonly toMs: number | undefined};

/**
 * What an alert would have done: its expression was asked for over the past at the interval of its group (`query_range`), and its state is followed as Prometheus
 * does. An evaluation that gave no sample ends what is pending at once, and what fires after `keep_firing_for`; a time at which Prometheus itself
 * was down looks the same. Samples between evaluations count for the next one; those before the last are left out.
 * @see https://github.com/prometheus/prometheus/blob/main/rules/alerting.go (Eval)
 */
export function replayRule({labels, atMs}: PastSeries, {fromMs, toMs, intervalMs, forMs, keepFiringMs}: Evaluation): readonly Firing[] {
	const firings: Firing[] = [];
	const samples = atMs[Symbol.iterator]();
	let next = samples.next();
	let activeSince: number | undefined;
	let firesSince: number | undefined;
	let goneSince: number | undefined;
	for (let now = fromMs; now <= toMs; now += intervalMs) {
		let isActive = false;
		for (; !next.done && next.value <= now; next = samples.next()) isActive ||= next.value > now - intervalMs;
		if (isActive) {
			activeSince ??= now;
			goneSince = undefined;
			if (now - activeSince >= forMs) firesSince ??= now;
			continue;
		}
		if (firesSince === undefined) activeSince = undefined;
		else {
			goneSince ??= now;
			if (keepFiringMs > 0 && now - goneSince < keepFiringMs) continue;
			firings.push({labels, fromMs: firesSince, toMs: now});
			[activeSince, firesSince, goneSince] = [undefined, undefined, undefined];
		}
	}
	return firesSince === undefined ? firings : [...firings, {labels, fromMs: firesSince, toMs: undefined}];
}
