import type {Case, Side} from './case.ts';
import type {Measure, Sample} from './launcher.ts';
import {type CaseResult, keepsGoal, pairedRatio, type Requests, type SideResult, spreadOfSamples} from './result.ts';

export type Running = {
	readonly measure: Measure;
	/** What `work` answers, and the requests that reached the server meanwhile. */
	readonly counting: <Result>(work: () => Promise<Result>) => Promise<readonly [Result, Requests]>;
	/** Where the time of one run of a command goes, one sentence each. */
	readonly explain: (command: Side['command']) => Promise<readonly string[]>;
	readonly runs: number;
};

/**
 * Runs the sides of a case in turn, so that what slows the machine for a while slows all alike. The first round warms caches and is
 * not counted.
 * @throws when a command fails, or prints less than the question asks for
 */
export async function runCase(asked: Case, running: Running): Promise<CaseResult> {
	const {name, title, remark, goal, sides} = asked;
	for (const side of sides) await sample(asked, side, running.measure);
	const rounds: (readonly Sample[])[] = [];
	for (let run = 1; run < running.runs; run++) {
		const round: Sample[] = [];
		for (const side of sides) round.push(await sample(asked, side, running.measure));
		rounds.push(round);
	}
	const last: (readonly [Sample, Requests])[] = [];
	for (const side of sides) last.push(await running.counting(() => sample(asked, side, running.measure)));
	rounds.push(last.map(([measured]) => measured));
	const results = sideResults(
		asked,
		rounds,
		last.map(([, requests]) => requests),
	);
	const ratio = results[1]?.ratio;
	const met = goal === undefined || ratio === undefined ? undefined : keepsGoal(ratio, goal);
	return {
		name,
		title,
		...(remark === undefined ? {} : {remark}),
		...(goal === undefined ? {} : {goal}),
		...(met === undefined ? {} : {met}),
		sides: results,
		...(met === false ? {reason: await running.explain(await commandFor(asked, sides[0]))} : {}),
	};
}

async function commandFor({before}: Case, {command}: Side): Promise<Side['command']> {
	return before === undefined ? command : [...command, '-n', await before()];
}

async function sample(asked: Case, side: Side, measure: Measure): Promise<Sample> {
	const command = await commandFor(asked, side);
	const measured = await measure(command, side.exits);
	const {atLeastLines = 0} = asked;
	if (measured.outputLines >= atLeastLines) return measured;
	throw new Error(`${side.title} printed ${measured.outputLines} lines, and at least ${atLeastLines} were asked for`);
}

function sideResults({sides}: Case, rounds: readonly (readonly Sample[])[], requests: readonly Requests[]): readonly SideResult[] {
	const samplesOf = (index: number) => rounds.flatMap(round => round[index] ?? []);
	const own = samplesOf(0);
	return sides.map(({title}, index) => {
		const samples = samplesOf(index);
		return {
			title,
			samples,
			spread: spreadOfSamples(samples),
			requests: requests[index] ?? {count: 0, serverMs: 0},
			...(index === 0 ? {} : {ratio: pairedRatio(own, samples)}),
		};
	});
}
