import {ownKinds, sharedKinds, wideKinds} from '../../src/analysis/detection/snapshot-kinds.ts';
import {type Case, sideOf} from './case.ts';
import type {CommandLine} from './launcher.ts';

/** What the cases need of the machine and of the cluster. */
export type Bench = {
	readonly mkcoa: CommandLine;
	readonly kubectl: string;
	readonly pods: number;
	/** Pods of one namespace among them. */
	readonly podsPerNamespace: number;
	/** Manifest of a Deployment that stands otherwise in the cluster. */
	readonly wantedFile: string;
	readonly fiftyFile: string;
	/** Makes a namespace that nothing has used, and answers its name. */
	readonly freshNamespace: () => Promise<string>;
};

/** Every question that mkcoa and kubectl are asked side by side. The goals are mkcoa's promises. */
export function benchCases(bench: Bench): readonly Case[] {
	return [...starting(bench), ...listing(bench), ...looking(bench), ...detecting(bench), ...changing(bench)];
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

/** Kinds that a control plane has without add-ons. */
const addOnKinds = new Set(['HTTPRoute', 'GRPCRoute', 'Gateway', 'ReferenceGrant', 'GatewayClass']);
const detectedKinds = [...ownKinds, ...sharedKinds, ...wideKinds].filter(kind => !addOnKinds.has(kind));

function detecting(bench: Bench): readonly Case[] {
	const {mkcoa, kubectl} = sides(bench);
	const [all, few] = [bench.pods, bench.podsPerNamespace].map(count => count.toLocaleString('en'));
	const remark =
		'kubectl reads the same kinds and judges nothing. Requests are one for each kind, and one more for every 500 objects of it.';
	return [
		{
			name: 'detect',
			title: `Detect what is wrong among ${all} pods`,
			remark,
			sides: [
				mkcoa('incident', 'detect'),
				{...kubectl('get', detectedKinds.join(','), '-A', '-o', 'json'), title: 'kubectl get KIND,KIND,… -A -o json'},
			],
		},
		{
			name: 'detect-few',
			title: `Detect what is wrong in a namespace of ${few} pods`,
			remark,
			sides: [
				mkcoa('-n', 'load-00', 'incident', 'detect'),
				{...kubectl('-n', 'load-00', 'get', detectedKinds.join(','), '-o', 'json'), title: 'kubectl -n load-00 get KIND,KIND,… -o json'},
			],
		},
		{
			name: 'detect-large',
			title: 'Detect what is wrong in the large embedded cluster',
			remark: 'Both make its 5,100 pods first, in the same process; the second lists them, and judges nothing.',
			sides: [mkcoa('incident', 'detect', '--sandbox', 'large'), mkcoa('k8s', 'list', 'pods', '-A', '--all', '--sandbox', 'large')],
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
