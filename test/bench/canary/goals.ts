import type {CellResult, Outcome} from './result.ts';

export type Goal = {readonly goal: string; readonly measured: string; readonly met: boolean};

const percent = (part: number) => `${(part * 100).toFixed(2)} %`;

/** What was to be shown, and what was. */
export function goalsOf(results: readonly CellResult[]): readonly Goal[] {
	return [falseAborts(results), caughtInTime(results), nearTheBest(results)];
}

const ofProduct = ({outcomes}: CellResult): readonly Outcome[] => outcomes.filter(({judge}) => judge.startsWith('mkcoa'));

function falseAborts(results: readonly CellResult[]): Goal {
	const good = results
		.filter(({cell}) => cell.is === 'no change')
		.flatMap(result => ofProduct(result).map(({by60, judge}) => ({by60, judge, result})));
	const worst = good.reduce((most, one) => (one.by60 > most.by60 ? one : most));
	return {
		goal: 'false aborts at any look within 60 minutes ≤ 1 % in every no-change cell',
		measured: `${percent(worst.by60)} at worst (${worst.result.cell.name}, stable ${worst.result.cell.traffic.stable} a minute), of ${good.length} cells`,
		met: good.every(({by60}) => by60 <= 0.01),
	};
}

const tenfold = (results: readonly CellResult[], stable: number): readonly Outcome[] =>
	results.find(({cell}) => cell.name === '0.1 % → 1 %' && cell.traffic.stable === stable)?.outcomes ?? [];

function caughtInTime(results: readonly CellResult[]): Goal {
	const part = tenfold(results, 1900).find(({judge}) => judge === 'mkcoa')?.by10 ?? 0;
	return {goal: '0.1 → 1 % caught within 10 minutes in ≥ 95 % of runs at 1:19', measured: percent(part), met: part >= 0.95};
}

function nearTheBest(results: readonly CellResult[]): Goal {
	const outcomes = tenfold(results, 100);
	const own = outcomes.find(({judge}) => judge === 'mkcoa')?.medianMinutes ?? Number.POSITIVE_INFINITY;
	const best = outcomes.find(({judge}) => judge.startsWith('best'))?.medianMinutes ?? Number.NaN;
	return {
		goal: '0.1 → 1 % at 1:1: median within 1.3 × of the best test for that alternative at the same error rate',
		measured: `${own.toFixed(1)} minutes against ${best.toFixed(1)}: ${(own / best).toFixed(2)} ×`,
		met: own <= 1.3 * best,
	};
}
