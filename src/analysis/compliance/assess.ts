import type {Ref} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import type {AnyCheck} from '../checks/check.ts';
import {runChecks, type Verdict} from '../checks/run-checks.ts';
import type {World} from '../checks/world.ts';
import {type Benchmark, type Control, controlsOf, type OnNodes} from './benchmark.ts';
import type {BenchResult} from './kube-bench.ts';

/** What a verdict rests on: one field of one object, or what kube-bench read on a node. */
export type Evidence =
	| {
			readonly from: 'api';
			readonly check: string;
			readonly resource: Ref;
			readonly path: string;
			readonly detail: string;
			readonly platform?: string | undefined;
	  }
	| {readonly from: 'kube-bench'; readonly node: string; readonly status: BenchResult['status']; readonly detail: string};

export type ControlResult = {
	readonly control: Control;
	readonly status: 'pass' | 'fail' | 'not-applicable' | 'not-checked';
	/** Why it was not checked, wholly or in part. */
	readonly why?: string | undefined;
	/** What was found in the cluster's own programs: told as evidence, and no failure. */
	readonly platform: number;
	/** Objects that passed all of its checks. */
	readonly passed: readonly Ref[];
	readonly evidence: readonly Evidence[];
};

export type Nodes = {readonly [on in OnNodes]: number};

type Question = {
	readonly checks: readonly AnyCheck[];
	readonly world: World;
	readonly unread: ReadonlyMap<string, string>;
	readonly kubeBench: readonly BenchResult[];
	/** What of Kubernetes itself an object is; undefined for what people installed. */
	readonly platformOf: (resource: Ref) => string | undefined;
	/** How many nodes a report has to cover; undefined where nobody could count them. */
	readonly nodes: Nodes | undefined;
};

/** What one source says of a control: nothing, where it has not looked. */
type Said = Omit<ControlResult, 'control'>;
const none = {platform: 0, passed: [], evidence: []} as const;
const silent = (why: string): Said => ({status: 'not-checked', why, ...none});

const missing: {readonly [needs in Control['needs']]: string} = {
	api: 'no check of mkcoa proves it yet',
	node: 'it needs a look at the node: give the report of kube-bench with --kube-bench FILE',
	cloud: "it needs the provider's own API",
	person: 'a person has to judge it',
};

/** A control plane that shows no pods, as a provider's does, was not looked at: its checks apply to nothing. */
const isUnseen = ({check, status}: Verdict) => check.family === 'control-plane' && status === 'not-applicable';

/** Components of the control plane are what its controls are about. */
const platformIn = (question: Question, {family}: AnyCheck, resource: Ref) =>
	family === 'control-plane' || family === 'node' ? undefined : question.platformOf(resource);

function evidenceOf(verdict: Verdict, question: Question): readonly (Evidence & {readonly from: 'api'})[] {
	if (verdict.status !== 'fail') return [];
	const {check, resource, faults} = verdict;
	const platform = platformIn(question, check, resource);
	return faults.flatMap(({paths, evidence: detail}) =>
		(paths.length === 0 ? [''] : paths).map(path => ({
			...{from: 'api' as const, check: check.id, resource, path, detail},
			...(platform === undefined ? {} : {platform}),
		})),
	);
}

function byChecks({checks, needs}: Control, question: Question, verdictsOf: (id: string) => readonly Verdict[] | undefined): Said {
	if (checks.length === 0) return silent(missing[needs]);
	const absent = checks.filter(id => verdictsOf(id) === undefined);
	const verdicts = checks.flatMap(id => verdictsOf(id) ?? []);
	const evidence = verdicts.flatMap(verdict => evidenceOf(verdict, question));
	const failing = new Set(evidence.map(({resource}) => keyOf(resource)));
	const looked = new Map(verdicts.flatMap(verdict => (verdict.status === 'pass' ? [[keyOf(verdict.resource), verdict.resource]] : [])));
	const passed = [...looked].filter(([key]) => !failing.has(key)).map(([, resource]) => resource);
	const why = [
		...(absent.length === 0 ? [] : [absent.length === checks.length ? missing.api : 'some of its checks do not exist in mkcoa yet']),
		...new Set(verdicts.flatMap(verdict => (verdict.status === 'not-checked' ? [verdict.why] : []))),
		...(verdicts.some(isUnseen) ? ['no pod of the control plane is seen here: its arguments stand on its nodes'] : []),
	];
	const open = evidence.filter(({platform}) => platform === undefined);
	const said = {...(why.length === 0 ? {} : {why: someOf(why, 3)}), platform: evidence.length - open.length, passed, evidence};
	if (open.length > 0) return {status: 'fail', ...said};
	if (why.length > 0) return {status: 'not-checked', ...said};
	return {status: evidence.length > 0 || verdicts.some(({status}) => status === 'pass') ? 'pass' : 'not-applicable', ...said};
}

const keyOf = ({apiVersion, kind, namespace = '', name}: Ref) => `${apiVersion}/${kind}/${namespace}/${name}`;

/** What reports of nodes say: one failure is enough, and a pass takes every node that the control is about. */
function byNodes({id, on = 'every'}: Control, {kubeBench, nodes}: Question): Said | undefined {
	const results = kubeBench.filter(({control}) => control === id);
	if (results.length === 0) return undefined;
	const evidence = results.map(({nodeType, status, detail}) => ({from: 'kube-bench' as const, node: nodeType, status, detail}));
	if (results.some(({status}) => status === 'FAIL')) return {status: 'fail', ...none, evidence};
	const open = results.filter(({status}) => status !== 'PASS');
	if (open.length > 0)
		return {...silent(`kube-bench left it to a person (${[...new Set(open.map(({status}) => status))].join(', ')})`), evidence};
	const wanted = nodes?.[on];
	if (wanted === undefined)
		return {...silent(`kube-bench passed it on ${count(results.length, 'node')}, of how many nobody could count`), evidence};
	if (results.length < wanted)
		return {...silent(`kube-bench passed it on ${results.length} of ${count(wanted, 'node')}: the others were not looked at`), evidence};
	return {status: 'pass', ...none, evidence};
}

/** A failure that anybody saw counts; what one source could not look at, another may have. */
function together(objects: Said, onNodes: Said | undefined): Said {
	if (onNodes === undefined) return objects;
	const evidence = [...objects.evidence, ...onNodes.evidence];
	if (objects.status === 'fail') return {...objects, evidence};
	if (onNodes.status === 'fail' || objects.status === 'not-checked' || objects.status === 'not-applicable')
		return {...onNodes, platform: objects.platform, passed: objects.passed, evidence};
	return {...objects, evidence};
}

/** What only a person judges never passes here: settings are evidence, no verdict. */
function attested({needs}: Control, benchmark: Benchmark, said: Said): Said {
	if ((needs !== 'person' && benchmark.attested !== true) || said.status === 'fail' || said.status === 'not-checked') return said;
	const supports = said.status === 'pass' ? `; what was checked supports it on ${count(said.passed.length, 'object')}` : '';
	return {...said, status: 'not-checked', why: `${missing.person}${supports}`};
}

/**
 * Judges every control of a benchmark. Silence is no pass: a control passes where all that it rests on was looked at, and nothing was found.
 * @param checks those that there are, by whose ids controls are proven
 */
export function assess(benchmark: Benchmark, question: Question): readonly ControlResult[] {
	const {checks, world, unread} = question;
	const wanted = new Set(controlsOf(benchmark).flatMap(control => control.checks));
	const chosen = checks.filter(({id}) => wanted.has(id));
	const known = new Map(chosen.map(check => [check.id, runChecks([check], world, {unread})]));
	return controlsOf(benchmark).map(control => {
		const said = together(
			byChecks(control, question, id => known.get(id)),
			byNodes(control, question),
		);
		return {control, ...attested(control, benchmark, said)};
	});
}
