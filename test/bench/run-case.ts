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
	const samples: Sample[][] = sides.map(() => []);
	for (let run = 1; run < running.runs; run++) {
		// Whoever is second finds the server's caches warmer, so it is not always the same one.
		const order = run % 2 === 0 ? [...sides.keys()] : [...sides.keys()].reverse();
		for (const index of order) samples[index]?.push(await sample(asked, sides[index] ?? sides[0], running.measure));
	}
	const requests: Requests[] = [];
	for (const [index, side] of sides.entries()) {
		const command = await commandFor(asked, side);
		const [measured, made] = await running.counting(() => answered(asked, side, command, running.measure));
		samples[index]?.push(measured);
		requests.push(made);
	}
	const results = sideResults(asked, samples, requests);
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
	return answered(asked, side, await commandFor(asked, side), measure);
}

async function answered(asked: Case, side: Side, command: Side['command'], measure: Measure): Promise<Sample> {
	const measured = await measure(command, side.exits);
	const {atLeastLines = 0} = asked;
	if (measured.outputLines >= atLeastLines) return measured;
	throw new Error(`${side.title} printed ${measured.outputLines} lines, and at least ${atLeastLines} were asked for`);
}

function sideResults({sides}: Case, all: readonly (readonly Sample[])[], requests: readonly Requests[]): readonly SideResult[] {
	const own = all[0] ?? [];
	return sides.map(({title}, index) => {
		const samples = all[index] ?? [];
		return {
			title,
			samples,
			spread: spreadOfSamples(samples),
			requests: requests[index] ?? {count: 0, serverMs: 0},
			...(index === 0 ? {} : {ratio: pairedRatio(own, samples)}),
		};
	});
}
