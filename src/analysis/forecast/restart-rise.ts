import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Survey} from '../detection/survey.ts';
import type {Forecast, Forecasts, LabelledSeries} from './forecast.ts';
import type {Point} from './theil-sen.ts';

/** What a counter grew by from one moment to the next; one that fell began anew. */
const growthsOf = (points: readonly Point[]) =>
	points.slice(1).map(({atMs, value}, index) => {
		const before = points[index]?.value ?? value;
		return {atMs, grown: value < before ? value : value - before};
	});

/** Less likely than this by chance: seven restarts after none are the fewest that are told. */
const chance = 0.01;

/** How likely so many of `all` restarts fall into the later half where the rate is the same in both. */
function tailOfHalves(all: number, later: number): number {
	let [choose, tail] = [1, 0];
	for (let hits = 0; hits <= all; hits += 1) {
		if (hits > 0) choose = (choose * (all - hits + 1)) / hits;
		if (hits >= later) tail += choose;
	}
	return tail / 2 ** all;
}

/** Whether restarts came more often in the later half of a time, and no coin says so. */
export function isRising(earlier: number, later: number): boolean {
	// Above that the powers of two leave the numbers that a computer has; half as many tell as much.
	const scale = Math.max(1, (earlier + later) / 500);
	const [all, hits] = [Math.round((earlier + later) / scale), Math.round(later / scale)];
	return later > earlier && tailOfHalves(all, hits) < chance;
}

/** Workloads whose containers are started anew more and more often. */
export function restartRise(series: readonly LabelledSeries[], survey: Survey, hours: number): Forecasts {
	const owned = series.flatMap(({labels: {namespace = '', pod: name = ''}, points}) => {
		const pod = survey.find('Pod', namespace, name);
		return pod === undefined || points.length < 2 ? [] : [{owner: survey.topOf(pod), growths: growthsOf(points)}];
	});
	const times = owned.flatMap(({growths}) => growths.map(({atMs}) => atMs));
	const middle = times.length === 0 ? 0 : (times.reduce((a, b) => Math.min(a, b)) + times.reduce((a, b) => Math.max(a, b))) / 2;
	const sum = (rows: readonly {readonly atMs: number; readonly grown: number}[]) =>
		Math.round(rows.reduce((all, {grown}) => all + grown, 0));
	const byOwner = Map.groupBy(owned, ({owner}) => owner);
	return {
		found: [...byOwner].flatMap(([owner, own]): readonly Forecast[] => {
			const growths = own.flatMap(each => each.growths);
			const [earlier, later] = [sum(growths.filter(({atMs}) => atMs <= middle)), sum(growths.filter(({atMs}) => atMs > middle))];
			if (!isRising(earlier, later)) return [];
			const name = refText(refOf(owner));
			return [
				{
					id: 'restarts-rising',
					severity: 'medium',
					resource: refOf(owner),
					cause: `Containers of ${name} are started anew more and more often: ${later} times in the last ${hours / 2} hours, ${earlier} times in those before`,
					evidence: [
						{
							source: 'kube_pod_container_status_restarts_total',
							detail: `${earlier} and ${later} restarts; by chance that is so in less than one of 100 times`,
						},
					],
					remedies: [],
				},
			];
		}),
		looked: byOwner.size,
		notChecked: [],
	};
}
