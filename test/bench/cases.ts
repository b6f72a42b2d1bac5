import {type Case, sideOf} from './case.ts';
import type {CommandLine} from './launcher.ts';

/** What the cases need of the machine and of the cluster. */
export type Bench = {
	readonly mkcoa: CommandLine;
	readonly kubectl: string;
	readonly pods: number;
	/** Manifest of a Deployment that stands otherwise in the cluster. */
	readonly wantedFile: string;
	readonly fiftyFile: string;
	/** Makes a namespace that nothing has used, and answers its name. */
	readonly freshNamespace: () => Promise<string>;
};

/** Every question that mkcoa and kubectl are asked side by side. The goals are mkcoa's promises. */
export function benchCases(bench: Bench): readonly Case[] {
	return [...starting(bench), ...listing(bench), ...looking(bench), ...changing(bench)];
}

const sides = ({mkcoa, kubectl}: Bench) => ({
	mkcoa: (...words: string[]) => sideOf('mkcoa', mkcoa, words),
	kubectl: (...words: string[]) => sideOf('kubectl', [kubectl], words),
});

function starting(bench: Bench): readonly Case[] {
	const {mkcoa, kubectl} = sides(bench);
	const goal = {wallMs: 1};
	return [
		{name: 'version', title: 'Start: the version', goal, sides: [mkcoa('--version'), kubectl('version', '--client')]},
		{name: 'help', title: 'Start: the help', goal, sides: [mkcoa('--help'), kubectl('--help')]},
	];
}

function listing(bench: Bench): readonly Case[] {
	const {mkcoa, kubectl} = sides(bench);
	const count = bench.pods.toLocaleString('en');
	const atLeastLines = bench.pods;
	const own = 'custom-columns=NAME:.metadata.name,SCHEDULER:.spec.schedulerName';
	return [
		{
			name: 'list',
			title: `List ${count} pods`,
			goal: {wallMs: 0.33, peakRssMb: 0.5},
			atLeastLines,
			sides: [mkcoa('k8s', 'list', 'pods', '-A', '--all'), kubectl('get', 'pods', '-A')],
		},
		{
			name: 'list-columns',
			title: `List ${count} pods by a column of one's own`,
			remark: 'Both read every object whole.',
			atLeastLines,
			sides: [mkcoa('k8s', 'list', 'pods', '-A', '--all', '--columns', '.spec.schedulerName'), kubectl('get', 'pods', '-A', '-o', own)],
		},
		{
			name: 'list-json',
			title: `List ${count} pods as JSON`,
			remark:
				"mkcoa prints the rows of the table as JSON, kubectl every object whole: not the same answer, but each one's answer for scripts.",
			atLeastLines,
			sides: [mkcoa('k8s', 'list', 'pods', '-A', '--all', '-o', 'json'), kubectl('get', 'pods', '-A', '-o', 'json')],
		},
	];
}

function looking(bench: Bench): readonly Case[] {
	const {mkcoa, kubectl} = sides(bench);
	return [
		{
			name: 'describe',
			title: 'Describe a Deployment',
			remark: 'mkcoa also says what points at it: Services, budgets, autoscalers, routes.',
			sides: [mkcoa('-n', 'shop', 'k8s', 'describe', 'deployment', 'web'), kubectl('-n', 'shop', 'describe', 'deployment', 'web')],
		},
	];
}

function changing(bench: Bench): readonly Case[] {
	const {mkcoa, kubectl} = sides(bench);
	const {wantedFile, fiftyFile, freshNamespace} = bench;
	return [
		{
			name: 'plan',
			title: 'Plan the change of a Deployment',
			goal: {wallMs: 0.5},
			atLeastLines: 5,
			remark: 'Both ask for the object and for its dry run; mkcoa also asks what kinds there are, and what else the change touches.',
			sides: [mkcoa('k8s', 'apply', '-f', wantedFile, '--dry-run'), {...kubectl('diff', '-f', wantedFile), exits: [1]}],
		},
		{
			name: 'apply',
			title: 'Apply 50 new manifests',
			remark: 'mkcoa has the server compute every change twice, before and after the yes, and journals each write; kubectl sends.',
			before: freshNamespace,
			sides: [
				mkcoa('k8s', 'apply', '-f', fiftyFile, '--yes'),
				kubectl('apply', '-f', fiftyFile),
				kubectl('apply', '--server-side', '-f', fiftyFile),
			],
		},
	];
}
